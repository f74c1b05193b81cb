"""Pages of carers, and of staff who help them."""
