"""Arranging support: what providers and brokers see of a plan, and add to it, with consent."""
