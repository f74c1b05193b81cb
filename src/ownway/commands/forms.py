"""`ownway forms`: bring FHIR Questionnaires in, take them away, list them."""

import argparse
import io
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ownway.design.questionnaire.jsontext import MOST_BYTES
from ownway.design.questionnaire.reading import parse_with_notes
from ownway.design.questionnaire.refusals import Problem, Refused
from ownway.design.questionnaire.second_check import second_check

if TYPE_CHECKING:
    from ownway.foundation.forms.models import Form

DONE, REFUSED, WRONG_USAGE = 0, 1, 2


def main(argv: list[str]) -> int:
    """Run one of import, export and list; say what was done, or why not."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        words = _parser().parse_args(argv)
    except SystemExit as asked:
        return int(asked.code or 0)
    run = {"import": _import, "export": _export, "list": _list}[words.command]
    return run(words)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="ownway forms",
        description="Forms are FHIR R4 Questionnaires. Exit: 0 done, 1 refused, 2 wrong usage.",
    )
    commands = parser.add_subparsers(dest="command", required=True)
    bring = commands.add_parser(
        "import", help="bring forms in; what is outside the subset is refused by name"
    )
    bring.add_argument("file", nargs="+", type=Path, help="a Questionnaire as JSON")
    bring.add_argument("--name", default="", help="what to call the form here (one file only)")
    bring.add_argument("--draft", action="store_true", help="keep it without asking with it yet")
    bring.add_argument(
        "--dry-run", action="store_true", help="only say what is wrong; keep nothing"
    )
    bring.add_argument("--json", action="store_true", help="say it as JSON")
    out = commands.add_parser("export", help="take a form away, unchanged in meaning")
    out.add_argument("name")
    out.add_argument("out", nargs="?", type=Path, help="a file to write; else the screen")
    out.add_argument("--version", default="", help="the live version, unless named")
    listed = commands.add_parser("list", help="list the forms and their versions")
    listed.add_argument("--json", action="store_true", help="say it as JSON")
    return parser


def _import(words: argparse.Namespace) -> int:
    """Each file is taken or refused whole; one refused file does not stop the others."""
    if words.name and len(words.file) > 1:
        print("--name goes with one file", file=sys.stderr)
        return WRONG_USAGE
    results = [_import_one(path, words) for path in words.file]
    if words.json:
        print(json.dumps([result for result, _ in results], ensure_ascii=False, indent=2))
    else:
        for result, _ in results:
            _say(result)
    return max(code for _, code in results)


def _import_one(path: Path, words: argparse.Namespace) -> tuple[dict[str, object], int]:
    try:
        text = _text_of(path)
    except OSError as error:
        reason = f"cannot be read: {error.strerror}"
        return {"file": str(path), "done": reason, "problems": []}, REFUSED
    try:
        done, notes = _checked(text) if words.dry_run else _brought_in(text, path, words)
    except Refused as refusal:
        problems = [_as_json(problem) for problem in refusal.problems]
        return {"file": str(path), "done": "refused", "problems": problems}, REFUSED
    listed = [_as_json(note) for note in notes]
    return {"file": str(path), "done": done, "problems": [], "notes": listed}, DONE


def _text_of(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(MOST_BYTES + 1)


def _checked(text: bytes) -> tuple[str, tuple[Problem, ...]]:
    form, notes = parse_with_notes(text)
    if problems := second_check(text):
        raise Refused(problems)
    count = sum(item.is_question for item, _ in form.walk())
    return f"would be brought in: {form.shown_title}, {count} questions", notes


def _brought_in(
    text: bytes, path: Path, words: argparse.Namespace
) -> tuple[str, tuple[Problem, ...]]:
    from ownway.foundation.council.queries import now
    from ownway.foundation.forms.actions import bring_in

    done = bring_in(text, at=now(), name=words.name, source=path.name, make_live=not words.draft)
    form = done.form
    said = "brought in" if done.is_new else "here already"
    status = form.get_status_display().lower()
    return (
        f"{said}: {form.name} version {form.version}, {form.questions} questions, {status}",
        done.notes,
    )


def _as_json(problem: Problem) -> dict[str, object]:
    return {"line": problem.line, "item": problem.link_id, "reason": problem.reason}


def _say(result: dict[str, object]) -> None:
    problems = result["problems"]
    assert isinstance(problems, list)
    where = sys.stderr if problems or "notes" not in result else sys.stdout
    count = (
        f": {len(problems)} {'problem' if len(problems) == 1 else 'problems'}" if problems else ""
    )
    print(f"{result['file']}: {result['done']}{count}", file=where)
    notes = result.get("notes", [])
    assert isinstance(notes, list)
    for one in [*problems, *notes]:
        item = f"item {one['item']}" if one["item"] else "the form"
        print(f"  line {one['line']}, {item}: {one['reason']}", file=where)


def _export(words: argparse.Namespace) -> int:
    from ownway.foundation.forms import queries

    form = queries.form_called(words.name, words.version)
    if form is None:
        version = f" version {words.version}" if words.version else ""
        print(f"There is no form {words.name}{version}. See: ownway forms list", file=sys.stderr)
        return REFUSED
    text = queries.exported(form)
    if words.out is None:
        print(text, end="")
        return DONE
    try:
        words.out.write_text(text, encoding="utf-8")
    except OSError as error:
        print(f"{words.out} cannot be written: {error.strerror}", file=sys.stderr)
        return REFUSED
    print(f"{form.name} version {form.version} written to {words.out}")
    return DONE


def _list(words: argparse.Namespace) -> int:
    from ownway.foundation.forms import queries

    forms = list(queries.forms())
    if words.json:
        print(json.dumps([_row(form) for form in forms], ensure_ascii=False, indent=2))
    elif not forms:
        print("There are no forms. Bring one in: ownway forms import FILE")
    else:
        width = max(len(form.name) for form in forms)
        for form in forms:
            print(
                f"{form.name:<{width}}  {form.version:>7}  {form.get_status_display():<7}"
                f"  {form.questions:>4} questions  {form.title}"
            )
    return DONE


def _row(form: "Form") -> dict[str, object]:
    return {
        "name": form.name,
        "version": form.version,
        "title": form.title,
        "status": form.status,
        "questions": form.questions,
        "sha256": form.sha256,
    }
