"""The one plan, begun at first contact, and its lines."""
