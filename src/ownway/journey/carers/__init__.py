"""Carers in their own right: what they will do, their own wishes, and a plan for emergencies."""
