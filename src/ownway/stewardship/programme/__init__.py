"""The council's policy: what the rules say, how they change, and who answers for them."""
