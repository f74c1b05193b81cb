"""The money: ways to take a budget, payments, and the ledger that shows where each pound is."""
