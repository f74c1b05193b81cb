"""What the person pays towards a budget: the same however it is spent, and never more than it."""
