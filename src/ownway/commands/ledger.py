"""`ownway ledger`: prove that the ledger balances, over everything in it."""

import argparse
import json
import sys


def main(argv: list[str]) -> int:
    """Run `ledger check`: 0 when all balances, 1 and the transactions when not."""
    words = _words().parse_args(argv)
    from ownway.journey.budgets import queries

    proof = queries.prove()
    if words.json:
        faults = [{"what": fault.what, "why": fault.why} for fault in proof.faults]
        print(
            json.dumps(
                {
                    "transactions": proof.transactions,
                    "entries": proof.entries,
                    "people": proof.people,
                    "faults": faults,
                }
            )
        )
        return 1 if faults else 0
    for fault in proof.faults:
        print(f"{fault.what} {fault.why}", file=sys.stderr)
    if proof.faults:
        print(f"The ledger does not balance: {len(proof.faults)} to look at.", file=sys.stderr)
        return 1
    print(
        f"The ledger balances: {proof.transactions} transactions, {proof.entries} entries; for each"
        f" of {proof.people} people, granted = left + promised + spent."
    )
    return 0


def _words() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="ownway ledger",
        description="Prove that every transaction balances, that each person's budget is what is"
        " left, promised and spent, and that each payment sent is in the ledger once.",
    )
    parser.add_argument("what", choices=["check"], help="check: prove it over everything")
    parser.add_argument("--json", action="store_true", help="answer as JSON")
    return parser
