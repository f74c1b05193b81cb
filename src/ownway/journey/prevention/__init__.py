"""Small things done early: equipment, telecare, and the five points before any budget."""
