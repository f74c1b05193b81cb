"""The Quality Mark, what people say who used it, and the Quality of Life Standards."""
