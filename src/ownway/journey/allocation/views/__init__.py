"""Pages of a budget: the desk's, the resident's, and everybody's."""
