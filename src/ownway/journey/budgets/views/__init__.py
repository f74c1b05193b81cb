"""Pages about money: choosing how to take it, and the payments desk."""
