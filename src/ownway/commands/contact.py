"""`ownway contact email FILE…`: take e-mails, saved as .eml, into the access desk's list."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any


def main(argv: list[str]) -> int:
    """Take each file; 1 when any of them was not an e-mail, and why."""
    parser = argparse.ArgumentParser(prog="ownway contact", description=__doc__)
    does = parser.add_subparsers(dest="what", required=True)
    email = does.add_parser("email", help="take e-mails saved as .eml; - reads one from stdin")
    email.add_argument("files", nargs="+", metavar="FILE")
    email.add_argument("--json", action="store_true", help="one line of JSON a file")
    email.add_argument("--dry-run", action="store_true", help="read them, and take nothing")
    wanted = parser.parse_args(argv)
    results = [_take(name, dry_run=wanted.dry_run) for name in wanted.files]
    for name, result in zip(wanted.files, results, strict=True):
        print(json.dumps({"file": name, **result}) if wanted.json else f"{name}: {_words(result)}")
    return 1 if any("refused" in result for result in results) else 0


def _take(name: str, *, dry_run: bool) -> dict[str, Any]:
    from ownway.foundation.council import queries as council
    from ownway.journey.contact import actions, queries

    try:
        raw = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        mail = queries.read_mail(raw)
    except OSError as wrong:
        return {"refused": f"This file cannot be read: {wrong.strerror}"}
    except queries.NotAMail as wrong:
        return {"refused": str(wrong)}
    if dry_run:
        return {"would_take": mail.subject or "(No subject)"}
    contact, how = actions.take_mail(mail, at=council.now())
    return {"contact": contact.number, "how": how}


def _words(result: dict[str, Any]) -> str:
    if "refused" in result:
        return f"not taken. {result['refused']}"
    if "would_take" in result:
        return f"would be taken: {result['would_take']}"
    return f"contact {result['contact']}, {result['how']}"
