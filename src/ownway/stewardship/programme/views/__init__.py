"""Pages of the rules: reading them, drafting a change, its effect, and publishing it."""
