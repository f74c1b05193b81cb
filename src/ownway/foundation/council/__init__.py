"""The council: staff, teams, roles, organisations, settings, the clock, and who sees whom."""
