"""Figures the council answers for, counted from the record itself."""
