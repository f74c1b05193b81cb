"""What is open data, whatever it tells of."""

import json
from typing import Any

import pytest
from django.test import Client
from jsonschema import Draft202012Validator

pytestmark = pytest.mark.django_db
SERVICES = "/api/oruk/v3/services"


@pytest.mark.parametrize("path", ["/api/", "/api/openapi.json", "/api/oruk/v3/", SERVICES])
def test_anybody_may_read_it_from_any_page(client: Client, path: str) -> None:
    answer = client.get(path, headers={"Origin": "https://elsewhere.example"})

    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/json"
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "ETag" in answer["Access-Control-Expose-Headers"]
    assert not answer.cookies


def test_a_browser_that_asks_first_is_told_what_it_may(client: Client) -> None:
    answer = client.options(SERVICES, headers={"Access-Control-Request-Headers": "If-None-Match"})

    assert (answer.status_code, answer.content) == (204, b"")
    assert "If-None-Match" in answer["Access-Control-Allow-Headers"]
    assert answer["Allow"] == "GET, HEAD, OPTIONS"


def test_its_head_is_that_of_the_whole(client: Client) -> None:
    whole, head = client.get(SERVICES), client.head(SERVICES)

    assert (head.status_code, head.content) == (200, b"")
    assert head["ETag"] == whole["ETag"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(method: str) -> None:
    strict = Client(enforce_csrf_checks=True)

    answer = getattr(strict, method)(SERVICES, {"name": "x"}, content_type="application/json")

    assert answer.status_code == 405
    assert answer["Allow"] == "GET, HEAD, OPTIONS"
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert json.loads(answer.content)["status"] == 405


@pytest.mark.parametrize("path", ["/api/none", "/api/oruk/v3/none", "/api/oruk/v1/services"])
def test_an_address_that_is_not_there_says_so_in_json(client: Client, path: str) -> None:
    answer = client.get(path)

    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "openapi.json" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("path", "to"),
    [
        ("/api/oruk/v3/services/?page=2", "/api/oruk/v3/services?page=2"),
        ("/api/oruk/v3", "/api/oruk/v3/"),
    ],
)
def test_a_stroke_too_many_or_too_few_leads_to_the_address(
    client: Client, path: str, to: str
) -> None:
    answer = client.get(path)

    assert (answer.status_code, answer["Location"]) == (301, to)


def test_the_root_leads_to_the_feed_and_its_description(client: Client) -> None:
    told = client.get("/api/").json()

    assert client.get(told["openapi_url"]).json()["openapi"] == "3.1.0"
    assert client.get(told["feeds"][0]["url"]).json()["version"] == "HSDS-UK-3.0"
    assert client.get(told["feeds"][0]["whole"])["Content-Type"] == "application/x-ndjson"


def _references(value: Any) -> list[str]:
    if isinstance(value, dict):
        own = [value["$ref"]] if isinstance(value.get("$ref"), str) else []
        return own + [one for inner in value.values() for one in _references(inner)]
    if isinstance(value, list):
        return [one for inner in value for one in _references(inner)]
    return []


def test_the_description_is_whole(client: Client) -> None:
    told = client.get("/api/openapi.json").json()

    assert set(told["paths"]) == {
        f"/api/oruk/v3/{rest}"
        for name in (
            *("services", "service_at_locations", "taxonomies", "taxonomy_terms"),
            "organizations",
        )
        for rest in (name, f"{name}/{{id}}")
    } | {"/api/oruk/v3/"}
    schemas = told["components"]["schemas"]
    for reference in _references(told):
        assert reference.removeprefix("#/components/schemas/") in schemas, reference
    for schema in schemas.values():
        Draft202012Validator.check_schema(schema)
