"""Pages of arranging."""
