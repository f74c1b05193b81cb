"""Every figure we publish."""
