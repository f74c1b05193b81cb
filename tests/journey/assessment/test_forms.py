"""The two forms that ship: they read, they suit the rules, and they are plain English."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from ownway.design.questionnaire.model import Coding, Questionnaire, Subject
from ownway.design.questionnaire.reading import parse_with_notes
from ownway.design.questionnaire.second_check import second_check
from ownway.design.questionnaire.words import label
from ownway.foundation.forms.models import Form
from ownway.journey.assessment import actions, queries
from ownway.policy import domains
from tests.journey.assessment.conftest import SCREENED
from tests.policy import readability

NAMES = ("about-you", "caring-life")
WORDS_NEVER_SAID = ("domain", "indicative", "contribution", "deflator", "eligib", "assessment")


def _text(name: str) -> str:
    return (queries.SHIPPED / f"{name}.json").read_text("utf-8")


def _form(name: str) -> Questionnaire:
    return parse_with_notes(_text(name))[0]


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_form_is_fhir_and_keeps_nothing_we_do_not_act_on(name: str) -> None:
    form, notes = parse_with_notes(_text(name))

    assert not notes
    assert not second_check(_text(name))
    assert form.name == name


@pytest.mark.parametrize(
    ("name", "parts", "levels"),
    [
        ("about-you", domains.NINE, domains.LEVELS),
        ("caring-life", domains.CARER_NINE, domains.CARER_LEVELS),
    ],
)
def test_it_asks_the_nine_parts_in_the_words_and_levels_of_the_rules(
    name: str, parts: tuple[domains.Domain, ...], levels: tuple[str, ...]
) -> None:
    form = _form(name)
    asked = [item for item in form.items if item.subject]

    assert [(item.link_id, item.text) for item in asked] == [(one.key, one.name) for one in parts]
    for one in parts:
        options = form.by_link_id[f"{one.key}.level"].options
        codes = [o.value.code for o in options if isinstance(o.value, Coding)]
        assert codes == [str(n) for n in range(len(levels))]
        assert [option.words for option in options] == list(levels)


def test_help_is_offered_in_the_amounts_of_the_rules() -> None:
    form = _form("about-you")

    for key in domains.KEYS:
        options = form.by_link_id[f"{key}.help"].options
        assert {o.value.code for o in options if isinstance(o.value, Coding)} == set(domains.HELP)


def test_a_question_is_put_to_a_carer_by_name_and_to_the_person_as_you() -> None:
    item = _form("about-you").by_link_id["washing.level"]

    assert label(item, {Subject.PERSON: "Harold"}) == (
        "How much help does Harold need to wash and dress?"
    )
    assert label(item, {}) == "How much help do you need to wash and dress?"


def _words(raw: Any) -> Iterator[str]:
    if isinstance(raw, dict):
        for key, value in raw.items():
            if key in ("text", "display", "valueString") and isinstance(value, str):
                yield value
            else:
                yield from _words(value)
    elif isinstance(raw, list):
        for one in raw:
            yield from _words(one)


@pytest.mark.parametrize("name", NAMES)
def test_it_is_written_for_a_tired_person(name: str) -> None:
    sentences = [w.replace("{person}", "Harold") for w in _words(json.loads(_text(name))["item"])]
    text = " ".join(w if w[-1] in ".?!" else f"{w}." for w in sentences if "asked" not in w)

    assert readability.grade(text) <= 6
    assert not [word for word in WORDS_NEVER_SAID if word in text.lower()]


def test_bringing_the_forms_in_again_changes_nothing(db: None) -> None:
    first = actions.bring_forms_in(at=SCREENED)

    assert actions.bring_forms_in(at=SCREENED) == first
    assert Form.objects.count() == 2
    assert {form.status for form in first} == {"live"}
