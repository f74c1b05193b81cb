"""A calibrated formula written as a council's profile: a draft that a person can read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from ownway.policy import domains, money
from ownway.policy.calibration.report import Report


def profile(report: Report, *, name: str, on: date) -> str:
    """The profile's TOML, in force from a day. `packs.read_file` reads it as it stands."""
    settings = report.formula.settings()
    factor = report.deflator.ratio if report.deflator else 1
    source = f"Calibrated from {report.name}, {report.people:,} people, {on.isoformat()}"
    return "\n".join([
        *_head(report, name),
        *_numbers({**settings, "factor": factor}, source=source, on=on),
        *_questions(report),
        "",
    ])  # fmt: skip


def _head(report: Report, name: str) -> Iterator[str]:
    score = report.across
    yield "# A draft. Somebody must read it, and another person must publish it."
    yield "#"
    yield "# On people it had not seen:"
    yield f"#   it explains {score.explained:.1%} of how costs differ;"
    yield f"#   it is off by {money.pounds(score.far)} a week on average;"
    yield f"#   {score.within_20:.0%} of plans are within 20% of it."
    yield "# It learns what was spent, which is not the same as what was needed."
    yield f"name = {_text(name)}"
    yield f"title = {_text(f'Draft calibrated from {report.name}')}"
    yield 'version = "draft"'
    yield f"base = {_text(report.pack)}"


def _numbers(settings: Mapping[str, Any], *, source: str, on: date) -> Iterator[str]:
    for name, value in settings.items():
        yield ""
        yield f"[numbers.{name}]"
        yield f"source = {_text(source)}"
        yield "confirmed = false"
        if name == "points_table":
            yield f"values = [{{ from = {on.isoformat()}, value = ["
            yield from (f"  [{at}, {amount}]," for at, amount in value)
            yield "] }]"
        else:
            yield f"values = [{{ from = {on.isoformat()}, value = {_value(value)} }}]"


def _questions(report: Report) -> Iterator[str]:
    """Where a part of life has several questions, their points, to add up beside the pack."""
    if report.by_level:
        return
    yield ""
    yield "# Each part of life has several questions. Their points add up, and the facts give them"
    yield "# as points and help_points, for none, a reminder, some help, most times, every time:"
    for column, table in report.points_json().items():
        yield f"#   {column:<24}{', '.join(map(str, table))}"
    for key in domains.KEYS:
        whole = sum(t[-1] for c, t in report.points_json().items() if c.split(".")[1] == key)
        yield f"#   {key}: at most {whole} points"


def _value(value: Any) -> str:
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    return str(value)


def _text(words: str) -> str:
    """Words as TOML has them, whatever a file is called."""
    safe = "".join(one if one.isprintable() else "?" for one in words)
    return '"' + safe.replace("\\", "\\\\").replace('"', '\\"') + '"'
