"""Pages of prevention: for everybody, for residents, for staff, and for shops."""
