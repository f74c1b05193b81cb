"""JSON Schemas (2020-12) of the facts each decision reads, and of the answer it gives.

Facts are described by the same declarations that read them, so the two cannot drift.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ownway.policy import allocation, charging, eligibility
from ownway.policy.facts import Group
from ownway.policy.packs import Pack

Schema = dict[str, Any]
KINDS = ("eligibility", "allocate", "charge", "defer")
_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_INTEGER, _TEXT, _FLAG = {"type": "integer"}, {"type": "string"}, {"type": "boolean"}


def document(kind: str, packs: Iterable[Pack]) -> Schema:
    """Describe the facts of one decision under these packs; the answer is at #/$defs/answer."""
    shapes: dict[str, Schema] = {}
    for pack in packs:
        for group in groups(kind, pack):
            shape = group.schema() | {"type": "object"}
            shapes.setdefault(str(shape), shape | {"title": f"{group.words} ({pack.name})"})
    return {
        "$schema": _DRAFT,
        "title": f"Facts for `ownway policy {kind}`",
        "description": (
            "Amounts are whole pence in fields ending _pence, a week unless the name says "
            "otherwise. A fact left out, or null, is unknown; it is asked for when it is needed. "
            "The answer is described at #/$defs/answer."
        ),
        "anyOf": list(shapes.values()),
        "$defs": {"answer": answer()},
    }


def groups(kind: str, pack: Pack) -> tuple[Group, ...]:
    """The shapes that facts for this decision may have, one for each kind of person."""
    if kind == "allocate":
        return allocation.PERSON, allocation.CARER
    if kind in ("charge", "defer"):
        return (charging.fields(pack),)
    return eligibility.fields(pack, "adult"), eligibility.fields(pack, "carer")


def answer() -> Schema:
    """Describe a decision, as `Decision.as_json` gives it."""
    row = _object(key=_TEXT, label=_TEXT, said=_TEXT, value=_INTEGER, shown=_TEXT)
    step = _object(
        name=_TEXT, label=_TEXT, sign={"enum": ["", "−", "×", "=", "+", "÷"]}, value=_INTEGER,
        unit=_TEXT, shown=_TEXT, figure=_TEXT, after=_TEXT, note=_TEXT, source=_TEXT,
        inputs=_list(_TEXT), caption=_TEXT, rows=_list(row),
    )  # fmt: skip
    worked = _object(
        name=_TEXT, kind=_TEXT, value=_INTEGER, unit=_TEXT, shown=_TEXT, inputs=_list(_TEXT),
        numbers=_list(_TEXT),
    )  # fmt: skip
    used = _object(
        name=_TEXT, label=_TEXT, shown=_TEXT, unit=_TEXT, source=_TEXT, confirmed=_FLAG,
        given=_FLAG, since={"type": ["string", "null"], "format": "date"},
    )  # fmt: skip
    return _object(
        kind={"enum": ["eligibility", "allocation", "charging", "deferral"]},
        result={"type": "object"},
        steps=_list(step), formula=_TEXT, trace=_list(worked), numbers=_list(used),
        facts={"type": "object"}, pack=_TEXT, profile={"type": ["string", "null"]},
        pack_version=_TEXT, pack_hash={"type": "string", "pattern": "^[0-9a-f]{64}$"},
        on={"type": "string", "format": "date"},
    )  # fmt: skip


def _object(**properties: Schema) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}
