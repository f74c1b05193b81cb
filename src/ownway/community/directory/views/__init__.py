"""Pages of the directory: for everybody, for owners, for keepers and for volunteers."""
