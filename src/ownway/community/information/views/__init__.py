"""Pages of information: for everybody, for the panel, and for staff."""
