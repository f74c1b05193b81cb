"""The indicative budget, and why: the gate before it, the sum, the letter, and looking again."""
