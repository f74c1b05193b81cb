"""Pages about what is paid: the person's own, the officer's, and those about everybody."""
