"""What is open to everybody and needs no record."""
