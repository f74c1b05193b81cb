from datetime import date

import pytest

from ownway.design.questionnaire import extensions
from ownway.design.questionnaire.answers import Spot, squeezed, without_row
from ownway.design.questionnaire.facts import known_ids, with_known
from ownway.design.questionnaire.merging import merge
from ownway.design.questionnaire.model import Coding, Subject
from ownway.design.questionnaire.naming import name_of, spot_of
from ownway.design.questionnaire.pages import first_unanswered, page_after, page_before, pages
from ownway.design.questionnaire.reading import parse

from .conftest import COUNCIL, COUNCIL_FORMS, choice, question, standard, when

YES = Coding("Yes")


def keys(found):
    return [page.key for page in found]


def known(fact):
    return [{"url": extensions.KNOWN, "valueCode": fact}]


def test_each_question_has_its_page_in_order_and_only_when_it_is_asked(make):
    form = make(
        choice("1", "Yes", "No"),
        question("2", enableWhen=[when("1", answerCoding={"code": "Yes"})]),
        question("3"),
    )

    assert keys(pages(form, {})) == ["1", "3"]
    assert keys(pages(form, {Spot("1"): (YES,)})) == ["1", "2", "3"]


def test_words_to_read_stand_before_the_question_that_follows(make):
    form = make(
        question("g", "group", item=[question("d", "display"), question("1"), question("2")])
    )

    first, second = pages(form, {})

    assert [note.link_id for note in first.notes] == ["d"]
    assert second.notes == ()
    assert first.sections == ("Question g",)


def test_a_repeating_group_and_a_small_group_are_one_page_each(make):
    form = make(
        question("g", "group", repeats=True, item=[question("a"), question("b", "text")]),
        question("n", "group", item=[question("first"), question("last")]),
    )

    found = pages(form, {})

    assert keys(found) == ["g", "n"]
    assert found[1].link_ids == {"first", "last"}


def test_a_group_marked_so_is_asked_together(make):
    together = [{"url": extensions.TOGETHER, "valueBoolean": True}]
    form = make(
        question("g", "group", extension=together, item=[choice("1", "a"), question("2", "text")])
    )

    assert keys(pages(form, {})) == ["g"]


def test_nothing_the_record_knows_is_asked(make):
    form = make(
        question("1", extension=known("person.name")),
        question("2", "date", extension=known("person.date_of_birth")),
        question("3"),
        question(
            "h",
            "group",
            repeats=True,
            extension=known("household.members"),
            item=[question("who", extension=known("name"))],
        ),
    )
    facts = {
        "person.name": "Harold Jones",
        "person.date_of_birth": date(1951, 5, 14),
        "household.members": [{"name": "Edith"}, {"name": "Tom"}],
    }

    found = pages(form, {}, known=known_ids(form, facts))
    answers = with_known(form, {Spot("who", (4,)): ("stale",)}, facts)

    assert keys(found) == ["3"]
    assert answers[Spot("1")] == ("Harold Jones",)
    assert [answers.get(Spot("who", (row,))) for row in (0, 1, 4)] == [("Edith",), ("Tom",), None]


def test_a_fact_that_does_not_fit_the_question_is_asked_after_all(make):
    form = make(
        choice("1", "Yes", "No", extension=known("x")), question("2", "date", extension=known("y"))
    )

    assert known_ids(form, {"x": "Maybe", "y": "soon", "z": 1}) == frozenset()
    assert known_ids(form, {"x": "Yes"}) == {"1"}


def test_whom_a_page_is_about_comes_from_the_nearest_group(make):
    about = [{"url": extensions.SUBJECT, "valueCode": "carer"}]
    form = make(question("g", "group", extension=about, item=[question("1")]), question("2"))

    assert [page.subject for page in pages(form, {})] == [Subject.CARER, None]


def test_somebody_comes_back_to_where_they_left_off(make):
    form = make(question("1"), question("2"), question("3"))
    found = pages(form, {})

    assert first_unanswered(found, {}).key == "1"
    assert first_unanswered(found, {Spot("2"): ("x",)}).key == "3"
    assert first_unanswered(found, {Spot("3"): ("x",)}) is None
    assert page_after(found, "1").key == "2"
    assert page_before(found, "1") is None


@pytest.mark.parametrize("name", COUNCIL_FORMS)
def test_every_question_of_a_council_form_stands_on_exactly_one_page(name):
    form = parse(standard(COUNCIL / f"{name}.json"))
    answers = {
        Spot(item.link_id): tuple(o.value for o in item.options)
        for item, _ in form.walk()
        if item.options
    }

    shown = [link_id for page in pages(form, answers) for link_id in page.link_ids]

    asked = [item.link_id for item, _ in form.walk() if item.is_question]
    assert sorted(shown) == sorted(asked)


@pytest.mark.parametrize("link_id", ["1.1.2", "/44250-9", "a b_c~1!", "ß", "q-1"])
def test_any_link_id_has_a_safe_name_that_leads_back(make, link_id):
    form = make(question(link_id), question("other"))

    name = name_of(Spot(link_id))

    assert not set(name) & set(" ~!/_\"'") - {"_"}
    assert spot_of(form, name) == Spot(link_id)


@pytest.mark.parametrize("name", ["q-1~0", "q-9", "1", "", "q-", "q-1~x", "q-1~-1"])
def test_a_name_of_no_place_leads_nowhere(make, name):
    assert spot_of(make(question("1")), name) is None


def test_a_row_taken_out_closes_the_gap(make):
    form = make(question("g", "group", repeats=True, item=[question("a")]))
    answers = {Spot("a", (row,)): (str(row),) for row in range(3)}

    assert without_row(form, answers, Spot("g"), 1) == {
        Spot("a", (0,)): ("0",),
        Spot("a", (1,)): ("2",),
    }
    assert squeezed(form, {Spot("a", (4,)): ("x",), Spot("a", (2,)): ()}) == {
        Spot("a", (0,)): ("x",)
    }


def test_two_people_who_change_different_fields_lose_nothing():
    a, b = Spot("a"), Spot("b")

    merged = merge(base={}, stored={a: ("hers",)}, mine={a: (), b: ("mine",)})

    assert merged.answers == {a: ("hers",), b: ("mine",)}
    assert merged.clashes == {}


def test_two_people_who_change_the_same_field_keep_both_and_are_told():
    a = Spot("a")

    merged = merge(base={a: ("old",)}, stored={a: ("hers",)}, mine={a: ("mine",)})

    assert merged.answers == {a: ("hers",)}
    assert merged.clashes == {a: ("mine",)}


def test_the_same_save_twice_changes_nothing():
    a = Spot("a")

    merged = merge(base={}, stored={a: ("x",)}, mine={a: ("x",)})

    assert (merged.changed, merged.clashes) == ({}, {})
