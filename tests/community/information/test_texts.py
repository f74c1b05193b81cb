"""Every text that comes with Ownway: easy to read, true to the rules, and leading somewhere."""

from datetime import date

import pytest

from ownway.community.information.actions.shipped import NOT_PAGES, TEXTS, _read, shipped, texts_of
from ownway.community.information.models import ENGLISH, Audience, Group
from ownway.community.information.queries.markup import VALUES, bits, parse, plain
from ownway.community.information.queries.showing import PLACES, address, value_names
from tests.policy.readability import grade

DAY = date(2026, 1, 6)
PAGES = shipped()
ENGLISH_TEXTS = [
    (slug, form, said)
    for slug, written in PAGES.items()
    for language, form, said in texts_of(written)
    if language == ENGLISH.code
]
WORDS = _read("glossary")["words"]
QUESTIONS = _read("questions")["questions"]


@pytest.mark.parametrize(
    ("slug", "form", "said"), ENGLISH_TEXTS, ids=[f"{s} {f}" for s, f, _ in ENGLISH_TEXTS]
)
def test_a_page_reads_at_grade_seven_or_below_and_easy_read_at_five(
    slug: str, form: str, said: dict[str, str]
) -> None:
    text = f"{said['title']}. {said['summary']}\n{plain(said['body'])}"

    assert grade(text) <= (7 if form == "plain" else 5)
    assert grade(said["summary"]) <= 8.5


def test_the_glossary_and_the_questions_read_at_grade_seven_or_below() -> None:
    asked = " ".join(f"{q['title']} {q['hint']}" for q in QUESTIONS)

    assert len(WORDS) >= 30
    assert grade(" ".join(WORDS.values())) <= 7
    assert grade(asked) <= 7


@pytest.mark.parametrize("slug", PAGES)
def test_a_page_is_in_easy_read_too_and_says_where_it_stands(slug: str) -> None:
    page = PAGES[slug]

    assert "easy" in page
    assert page["group"] in Group.values
    assert set(page["audiences"]) <= set(Audience.values)
    assert all(page[form]["summary"] for form in ("plain", "easy"))


@pytest.mark.parametrize("slug", PAGES)
def test_numbers_links_and_words_of_a_page_are_there(slug: str) -> None:
    blocks = [block for _, _, said in texts_of(PAGES[slug]) for block in parse(said["body"])]
    terms = {term.lower() for term in WORDS}

    assert {bit.of for bit in bits(blocks, *VALUES)} <= value_names(DAY)
    assert {bit.of.lower() for bit in bits(blocks, "word")} <= terms
    for bit in bits(blocks, "link"):
        assert address(bit.of, live=PAGES), f"{slug} leads to {bit.of}"


@pytest.mark.parametrize("slug", PAGES)
def test_no_money_or_length_of_time_of_the_rules_is_typed_by_hand(slug: str) -> None:
    for _, _, said in texts_of(PAGES[slug]):
        assert "£" not in said["body"] + said["summary"]


def test_every_page_of_the_guide_is_reached_and_leads_on() -> None:
    led_to = {c["page"] for q in QUESTIONS for c in q["choices"] if "page" in c}
    answers = {slug for slug, page in PAGES.items() if page["group"] == Group.ANSWER}

    assert answers <= led_to <= set(PAGES)
    assert {c["to"] for q in QUESTIONS for c in q["choices"] if "to" in c} <= {
        q["key"] for q in QUESTIONS
    }
    for slug, page in PAGES.items():
        assert any(bits(parse(page["plain"]["body"]), "link")), f"{slug} is a dead end"


def test_the_five_open_policies_are_explained() -> None:
    fair_access, independence, budgets, planning, carers = (
        "who-can-get-support", "getting-stronger", "personal-budgets", "writing-your-plan",
        "if-you-care-for-someone",
    )  # fmt: skip

    assert {fair_access, independence, budgets, planning, carers} <= set(PAGES)
    assert set(NOT_PAGES) <= {file.stem for file in TEXTS.glob("*.toml")}
    assert "challenge" in PLACES
