"""Pages that span stages: home, sign-in, a person's record, my work, my page."""
