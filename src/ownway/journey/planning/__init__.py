"""Writing a plan, costing it, sending it, and agreeing it: legal, effective and affordable."""
