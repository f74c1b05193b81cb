"""The directory from the command line: import, export, validate, postcodes."""

import argparse
import sys
from pathlib import Path

from ownway.commands.directory import bringing_in, checking, postcodes, taking_out

PLACE = "FILE|FOLDER|URL"


def main(argv: list[str]) -> int:
    """Run one of the directory's commands. Exit: 0 done, 1 something was refused, 2 wrong usage."""
    try:
        given = _parser().parse_args(argv)
    except SystemExit as stop:
        return int(stop.code or 0)
    from ownway.community.directory.forms import CannotRead

    try:
        return int(given.run(given))
    except CannotRead as problem:
        print(f"Refused, nothing was taken: {problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped. What is in stays in; run it again to go on.", file=sys.stderr)
        return 1
    except OSError as problem:
        print(f"Refused: {problem.filename}: {problem.strerror}", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="ownway directory", description="Bring a directory in, take it out, check a feed."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _import_words(commands.add_parser("import", help="bring in a feed or a sheet"))
    out = commands.add_parser("export", help="write the directory as Open Referral UK 3.0 JSON")
    out.add_argument("file", metavar="FILE", help="where to write it, or - for the screen")
    out.add_argument("--source", default="", help="only the entries of this source")
    out.set_defaults(run=taking_out.run)
    _validate_words(commands.add_parser("validate", help="say all that is wrong with a feed"))
    codes = commands.add_parser("postcodes", help="load where postcodes lie (ONSPD columns)")
    codes.add_argument("path", type=Path, metavar="FILE")
    codes.add_argument(
        "--keep-good", action="store_true", help="load the good rows of a file with bad ones"
    )
    codes.add_argument("--dry-run", action="store_true", help="read it all and change nothing")
    codes.set_defaults(run=postcodes.run)
    return parser


def _import_words(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Bring in an Open Referral UK 3.0 or Outpost feed (a file, a folder with a file an "
        "endpoint, or the web address of an API), or a CSV sheet. A file with a bad item in it is "
        "refused whole, and all that is bad is listed with its line; --keep-good takes the good "
        "items and lists the bad. The same feed twice changes nothing; a stopped run goes on when "
        "it is run again. Entries that a whole feed holds no more are taken out of sight, and kept."
    )
    parser.add_argument("path", metavar=PLACE)
    parser.add_argument(
        "--source", metavar="NAME", help="what to call where it comes from (default: its name)"
    )
    parser.add_argument(
        "--keep-good", action="store_true", help="take the good items of a file with bad ones"
    )
    parser.add_argument(
        "--most-are-gone",
        action="store_true",
        help="it is right that more than half of what came before is in the feed no more",
    )
    parser.add_argument("--dry-run", action="store_true", help="say what it would do, do nothing")
    parser.add_argument("--json", action="store_true", help="answer in JSON")
    parser.set_defaults(run=bringing_in.run)


def _validate_words(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Check a feed against Open Referral UK 3.0. Exit: 0 nothing is wrong, 1 something is, "
        "2 wrong usage. A feed passes with warnings when its root, its services and each service "
        "are right and other things are not."
    )
    parser.add_argument("path", metavar=PLACE)
    parser.add_argument(
        "--schemas",
        type=Path,
        metavar="FOLDER",
        help="the publisher's own schemas (not shipped), instead of our telling of them",
    )
    parser.add_argument("--json", action="store_true", help="answer in JSON")
    parser.set_defaults(run=checking.run)
