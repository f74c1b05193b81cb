"""Someone asks: who, what about, what they hope for, and what happens next, by when."""
