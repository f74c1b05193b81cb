"""Everybody who draws on care, cares, or both: known once."""
