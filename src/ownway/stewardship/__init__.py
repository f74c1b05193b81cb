"""What the council answers for."""
