"""Short help to get independence back, and the gate it makes before a budget."""
