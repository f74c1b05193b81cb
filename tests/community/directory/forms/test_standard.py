"""Our telling of the standard beside its publisher's own."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from ownway.community.directory.forms import standard

TOLD = ("type", "format", "enum", "$ref")


def published(oruk: Path, name: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((oruk / f"schema/{name}.json").read_text())
    compiled = oruk / f"schema/compiled/{name}.json"
    if compiled.exists() and name == "service_at_location":
        told["properties"]["service"] = {"$ref": "service.json"}
    return told


def alike(told: dict[str, Any]) -> dict[str, Any]:
    """A field with only what is checked, its references by name."""
    found = {name: told[name] for name in TOLD if name in told}
    if "$ref" in found:
        found = {"$ref": found["$ref"].rsplit("/", 1)[-1].removesuffix(".json")}
    if "items" in told:
        found["items"] = alike(told["items"])
    return found


@pytest.mark.parametrize("name", sorted(set(standard.OBJECTS) - {"about", "page"}))
def test_every_object_asks_what_the_published_schema_asks(oruk: Path, name: str) -> None:
    theirs, ours = published(oruk, name), standard.shapes("")[name]

    assert set(ours.get("required", [])) == set(theirs.get("required", []))
    assert {field: alike(told) for field, told in ours["properties"].items()} == {
        field: alike(told) for field, told in theirs["properties"].items()
    }


def test_no_published_object_is_left_out(oruk: Path) -> None:
    theirs = {file.stem for file in (oruk / "schema").glob("*.json")} - {"openapi"}

    assert theirs <= set(standard.OBJECTS)


@pytest.mark.parametrize("name", sorted(standard.OBJECTS))
def test_every_object_is_a_schema_that_stands_by_itself(name: str) -> None:
    Draft202012Validator.check_schema(standard.schema(name))

    assert list(Draft202012Validator(standard.schema(name)).iter_errors("text"))
