"""Our whole demonstration, read as any other council would read it, against the standard."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from ownway.commands import directory
from ownway.demo.directory import fill_directory
from tests.community.directory.conftest import NOON

BASE = "/api/oruk/v3/"
SCHEMAS = {
    "services": "service",
    "service_at_locations": "service_at_location",
    "taxonomies": "taxonomy",
    "taxonomy_terms": "taxonomy_term",
}


def official(oruk: Path, name: str) -> Draft202012Validator:
    """The publisher's schema of an object, format and all."""

    def find(uri: str) -> Resource[Any]:
        file = oruk / "schema" / uri.rsplit("/", 1)[-1]
        return DRAFT202012.create_resource(json.loads(file.read_text()))

    registry: Registry[Any] = Registry(retrieve=find)  # type: ignore[call-arg]
    schema = json.loads((oruk / f"schema/{name}.json").read_text())
    return Draft202012Validator(schema, registry=registry, format_checker=FormatChecker())


def pages(client: Client, what: str, **asked: str) -> Iterator[dict[str, Any]]:
    number, is_last = 1, False
    while not is_last:
        query = {"page": number, "per_page": 100} | asked
        page = client.get(f"{BASE}{what}?{urlencode(query)}").json()
        is_last, number = page["last_page"], number + 1
        yield page


def bodies(client: Client, what: str) -> Iterator[dict[str, Any]]:
    """All of a list, as it is listed and as each is by itself."""
    for page in pages(client, what):
        yield from page["contents"]
        if what.startswith("taxonom"):
            for one in page["contents"]:
                yield client.get(f"{BASE}{what}/{one['id']}").json()
    if what.startswith("service"):
        for page in pages(client, what, full="true"):
            yield from page["contents"]
        yield client.get(f"{BASE}{what}/{page['contents'][-1]['id']}").json()


def test_all_of_it_keeps_the_published_standard_and_our_own_telling_of_it(
    db: None, oruk: Path, client: Client, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    many = fill_directory(at=NOON)
    (tmp_path / "api_details.json").write_text(client.get(BASE).content.decode())
    page_of = json.loads((oruk / "openapi/oruk-3.0-openapi.json").read_text())
    page_schema = page_of["components"]["schemas"]["Page"]
    wrong: list[str] = []

    for what, name in SCHEMAS.items():
        validator = official(oruk, name)
        for told in bodies(client, what):
            wrong += [f"{e.json_path}: {e.message}" for e in validator.iter_errors(told)]
            assert "null" not in json.dumps(told)
        for number, page in enumerate(pages(client, what), 1):
            assert not list(Draft202012Validator(page_schema).iter_errors(page))
            assert set(page_schema["properties"]) <= page.keys()
            (tmp_path / f"{what}-{number}.json").write_text(json.dumps(page))

    assert wrong == []
    assert directory.main(["validate", str(tmp_path)]) == 0
    assert f"Passes: {many:,} services can be read, 0 errors" in capsys.readouterr().out
