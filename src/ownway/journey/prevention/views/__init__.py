"""Pages of prevention: for everybody, and for staff."""
