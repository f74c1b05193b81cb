"""A feed against the standard: our own telling of it, or the schemas its publisher gives."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import SchemaError, ValidationError
from referencing import Registry, Resource
from referencing.exceptions import NoSuchResource, Unresolvable
from referencing.jsonschema import DRAFT202012

from ownway.community.directory.forms import standard
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
# A feed passes when these are right; what is wrong with the others is a warning.
MUST: Final = frozenset({"entry", "about", "outpost", ""})
ADVICE: Final = "advice"
# The official verdicts do not turn on how a link or a moment is written: that is only advice.
ONLY_ADVISED: Final = ("uri", "date-time")
MOST_FAULTS: Final = 10_000
Validators = dict[str, Draft202012Validator]


def faults_by_schema(path: Path, schemas: Path | None = None) -> list[Fault]:
    """Everything in a feed that the standard does not allow, with its line and path.

    Raises:
        CannotRead: a file is not whole JSON, or a schema is missing.
    """
    validators = _validators(schemas)
    faults: list[Fault] = []
    for file in files_of(path):
        for fault in _file_faults(file, validators):
            faults.append(fault)
            if len(faults) >= MOST_FAULTS:
                return faults
    return faults


def _validators(schemas: Path | None) -> Validators:
    """The publisher's where they are given; of the page and the root it gives none."""
    own = {role: _own(name) for role, name in {**SCHEMAS, "about": "about", "page": "page"}.items()}
    if schemas is None:
        return own
    return own | {role: _published(schemas, name) for role, name in SCHEMAS.items()}


def _own(name: str) -> Draft202012Validator:
    return Draft202012Validator(standard.schema(name), format_checker=FormatChecker())


def _published(folder: Path, name: str) -> Draft202012Validator:
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


def _file_faults(file: FeedFile, validators: Validators) -> Iterator[Fault]:
    walk, role = Walk(file), ""
    for span, value in walk.objects():
        if not isinstance(value, dict):
            yield Fault(file.name, span.line, span.label, "this is not an object", refused=True)
            continue
        role = role_of(value, file, role)
        if role == "outpost":
            told = "this is in the Outpost format: it can be brought in, but is not the standard's"
            yield Fault(file.name, span.line, span.label, told, refused=True)
        if role in validators:
            yield from _object_faults(file, span, role, validators[role])
    if walk.is_page:
        for error in validators["page"].iter_errors(walk.header):
            steps = ".".join(str(step) for step in error.absolute_path)
            yield Fault(file.name, 1, steps, _page_words(error), refused=True, kind=role)


def _object_faults(
    file: FeedFile, span: Span, role: str, validator: Draft202012Validator
) -> Iterator[Fault]:
    try:
        origin = origin_of(file, span)
    except NotJson as problem:
        line = span.line - 1 + problem.line
        yield Fault(file.name, line, span.label, problem.reason, refused=True, kind=role)
        return
    # The schemas know numbers as JSON has them, not decimals.
    value = json.loads(file.read(span.start, span.end))
    try:
        for error in validator.iter_errors(value):
            fault = origin.fault(tuple(error.absolute_path), _words(error), refused=True)
            yield replace(fault, kind=ADVICE if _is_advice(error) else role)
    except (NoSuchResource, Unresolvable) as missing:
        raise CannotRead("schemas", 0, f"A schema is missing: {missing}") from missing


def _is_advice(error: ValidationError) -> bool:
    return error.validator == "format" and error.validator_value in ONLY_ADVISED


def _words(error: ValidationError) -> str:
    return error.message if len(error.message) <= 200 else error.message[:199] + "…"


def _page_words(error: ValidationError) -> str:
    if error.validator == "required":
        return f"the list page has no {error.message.split(chr(39))[1]}"
    return f"of the list page, {_words(error)}"
