"""The stages of a person's way, in the order they are met."""
