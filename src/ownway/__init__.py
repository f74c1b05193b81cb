"""Self-directed support in adult social care: one contact, one record, one plan, one budget."""
