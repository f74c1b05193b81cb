"""The invented council of Alderbrook."""
