"""Pages of the access desk and the public doors."""
