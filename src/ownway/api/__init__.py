"""The API root: versions, the shape of errors, and what is open to everybody."""
