"""A feed against the standard's own schemas, which a council fetches from its publisher."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import SchemaError, ValidationError
from referencing import Registry, Resource
from referencing.exceptions import NoSuchResource, Unresolvable
from referencing.jsonschema import DRAFT202012

from ownway.community.directory.forms.feeds import files_of, role_of
from ownway.community.directory.forms.jsonfeed import CannotRead, FeedFile, Span, Walk, origin_of
from ownway.community.directory.forms.reading import Fault
from ownway.design.questionnaire.jsontext import NotJson

# The objects of the nine endpoints; organizations have none of their own.
SCHEMAS: Final = {
    "entry": "service",
    "at": "service_at_location",
    "taxonomy": "taxonomy",
    "term": "taxonomy_term",
}
ENVELOPE: Final = (
    "total_items",
    "total_pages",
    "page_number",
    "size",
    "first_page",
    "last_page",
    "empty",
)
MOST_FAULTS: Final = 10_000


def faults_by_schema(path: Path, schemas: Path) -> list[Fault]:
    """Everything in a feed that the standard does not allow, with its line and path.

    Raises:
        CannotRead: a file is not whole JSON, or a schema is missing.
    """
    validators = {role: _validator(schemas, name) for role, name in SCHEMAS.items()}
    faults: list[Fault] = []
    for file in files_of(path):
        for fault in _file_faults(file, validators):
            faults.append(fault)
            if len(faults) >= MOST_FAULTS:
                return faults
    return faults


def _validator(folder: Path, name: str) -> Draft202012Validator:
    def find(uri: str) -> Resource[Any]:
        return DRAFT202012.create_resource(_schema(folder, uri.rsplit("/", 1)[-1]))

    registry: Registry[Any] = Registry(retrieve=find)  # type: ignore[call-arg]
    schema = _schema(folder, f"{name}.json")
    try:
        Draft202012Validator.check_schema(schema)
    except SchemaError as error:
        raise CannotRead(
            f"{name}.json", 1, f"This is not a JSON schema: {error.message}"
        ) from error
    return Draft202012Validator(schema, registry=registry, format_checker=FormatChecker())


def _schema(folder: Path, name: str) -> Any:
    file = folder / Path(name).name
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise CannotRead(folder.name, 0, f"There is no schema {file.name} in it") from error
    except ValueError as error:
        raise CannotRead(file.name, 1, "This is not a JSON schema") from error


def _file_faults(file: FeedFile, validators: dict[str, Draft202012Validator]) -> Iterator[Fault]:
    walk, role = Walk(file), ""
    for span, value in walk.objects():
        if not isinstance(value, dict):
            yield Fault(file.name, span.line, span.label, "this is not an object", refused=True)
            continue
        role = role_of(value, file, role)
        if role in validators:
            yield from _object_faults(file, span, validators[role])
    if walk.is_page:
        for name in ENVELOPE:
            if name not in walk.header:
                yield Fault(file.name, 1, "", f"the list page has no {name}", refused=True)


def _object_faults(file: FeedFile, span: Span, validator: Draft202012Validator) -> Iterator[Fault]:
    try:
        origin = origin_of(file, span)
    except NotJson as problem:
        line = span.line - 1 + problem.line
        yield Fault(file.name, line, span.label, problem.reason, refused=True)
        return
    # The schemas know numbers as JSON has them, not decimals.
    value = json.loads(file.text[span.start : span.end])
    try:
        for error in validator.iter_errors(value):
            yield origin.fault(tuple(error.absolute_path), _words(error), refused=True)
    except (NoSuchResource, Unresolvable) as missing:
        raise CannotRead("schemas", 0, f"A schema is missing: {missing}") from missing


def _words(error: ValidationError) -> str:
    return error.message if len(error.message) <= 200 else error.message[:199] + "…"
