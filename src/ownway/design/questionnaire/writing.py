"""A form out again as FHIR R4 JSON, meaning what it meant when it came in."""

from collections.abc import Mapping

from ownway.design.questionnaire.jsontext import Json, dump
from ownway.design.questionnaire.model import (
    Condition,
    Item,
    Option,
    Questionnaire,
    Value,
)
from ownway.design.questionnaire.values import write_value


def to_text(form: Questionnaire) -> str:
    """The form as the text of a file."""
    return dump(to_json(form)) + "\n"


def to_json(form: Questionnaire) -> dict[str, Json]:
    """The form as a FHIR Questionnaire."""
    words = {
        "url": form.url,
        "version": form.version,
        "name": form.name,
        "title": form.title,
        "status": form.status,
    }
    return {
        "resourceType": "Questionnaire",
        **form.kept,
        **{key: text for key, text in words.items() if text},
        "item": [_item(item) for item in form.items],
    }


def _item(item: Item) -> dict[str, Json]:
    """One item; keys that say nothing are left out unless they were written."""
    written: dict[str, Json] = {
        "extension": list(item.extensions),
        "linkId": item.link_id,
        "prefix": item.prefix,
        "text": item.text,
        "type": str(item.kind),
        "enableWhen": [_condition(condition) for condition in item.conditions],
        "enableBehavior": ("any" if item.any_condition else "all"),
        "required": item.required,
        "repeats": item.repeats,
        "readOnly": item.read_only,
        "maxLength": item.limits.length,
        "answerValueSet": item.value_set,
        "answerOption": [] if item.value_set else [_option(option) for option in item.options],
        "initial": [_named("value", value) for value in item.initial],
        "item": [_item(inner) for inner in item.items],
    }
    if len(item.conditions) < 2 and "enableBehavior" not in item.stated:
        del written["enableBehavior"]
    said = {key: value for key, value in written.items() if value or key in item.stated}
    return {**said, **item.kept}


def _condition(condition: Condition) -> Mapping[str, Json]:
    return condition.source or {
        "question": condition.question,
        "operator": condition.operator,
        **_named("answer", condition.answer),
    }


def _option(option: Option) -> Mapping[str, Json]:
    return option.source or _named("value", option.value)


def _named(prefix: str, value: Value) -> dict[str, Json]:
    kind, raw = write_value(value)
    return {prefix + kind: raw}
