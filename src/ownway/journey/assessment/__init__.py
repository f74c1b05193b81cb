"""Needs, in people's own words; eligibility with reasons; capacity."""
