"""How a text is written and shown."""

from datetime import date

import pytest

from ownway.community.information.models import Word
from ownway.community.information.queries.markup import Bit, parse
from ownway.community.information.queries.showing import Around, address, show
from ownway.foundation.council.models import Identity
from ownway.policy import packs

DAY = date(2026, 1, 6)
COUNCIL = Identity(name="Alderbrook Council", phone="01632 960100", hours="", night_phone="")


def _around(*, live: tuple[str, ...] = ("your-plan",), **settings: object) -> Around:
    pack = packs.load("alderbrook", on=DAY).with_settings(settings)
    word = Word(term="reablement", meaning="Free help")
    return Around(pack, COUNCIL, frozenset(live), {"reablement": word})


def _said(text: str, around: Around | None = None) -> list[str]:
    shown = show(text, around or _around())
    return [
        "".join(bit.words for bit in line.bits) for block in shown.blocks for line in block.lines
    ]


def test_a_text_is_cut_into_headings_lists_paragraphs_and_what_matters() -> None:
    text = "One line\ngoes on.\n\n## Head\n- a\n- b\n1. c\n2) d\n> mind\n=> [Go](get-help)"

    kinds = [(block.kind, len(block.lines)) for block in parse(text)]

    assert kinds == [
        ("text", 1), ("heading", 1), ("bullets", 2), ("steps", 2), ("matters", 1), ("press", 1),
    ]  # fmt: skip


def test_html_is_shown_as_it_was_typed_and_makes_nothing() -> None:
    blocks = parse("<script>alert(1)</script> [x](get-help)")

    assert blocks[0].lines[0].bits[0] == Bit("plain", "<script>alert(1)</script> ")
    assert _said("[x](javascript:alert)") == ["x"]
    assert show("[x](javascript:alert)", _around()).blocks[0].lines[0].bits[0].kind == "plain"


def test_a_number_is_the_one_in_force() -> None:
    text = "Each point is {point_price_pence}, answered in {answer_days|number} working days."

    before, after = _said(text), _said(text, _around(point_price_pence=1350, answer_days=3))

    assert before == ["Each point is £12.00, answered in 5 working days."]
    assert after == ["Each point is £13.50, answered in 3 working days."]


def test_a_paragraph_with_a_number_nobody_knows_is_left_out_and_told_to_who_writes() -> None:
    shown = show("Savings over {capital_upper_pence} count.\n\nThe rest stays.", _around())

    assert _said("Savings over {capital_upper_pence} count.\n\nThe rest stays.") == [
        "The rest stays."
    ]
    assert shown.left_out == ("capital_upper_pence",)


def test_a_point_of_a_list_is_kept_only_where_its_rule_holds() -> None:
    text = (
        "1. always\n2. (only when ras_method is price) by price\n3. (only when carers_pay is x) no"
    )

    assert _said(text) == ["always", "by price"]
    assert _said("(only when ras_method is table) by table") == []


def test_a_link_leads_to_a_place_or_a_live_page_or_is_plain_words() -> None:
    assert address("directory?what=home+help", live=()) == "/directory/?what=home+help"
    assert address("directory?what=café", live=()) == "/directory/?what=caf%C3%A9"
    assert address("your-plan", live=("your-plan",)) == "/guide/your-plan/"
    assert address("your-plan", live=()) == ""
    assert address('directory?what="><b', live=()) == ""
    assert address("https://example.org/", live=()) == "https://example.org/"
    assert _said("See [your plan](your-plan) and [none](none).") == ["See your plan and none."]


def test_a_word_of_the_glossary_is_explained_and_another_is_plain() -> None:
    shown = show("We help with [[getting better|Reablement]] and [[nothing]].", _around())

    kinds = [bit.kind for bit in shown.blocks[0].lines[0].bits]
    assert kinds == ["plain", "word", "plain", "plain", "plain"]
    assert [word.meaning for word in shown.words] == ["Free help"]


@pytest.mark.parametrize(
    "text", ["", "\n\n", "[[", "{", "[a](", "**", "=>", "##", "- ", "1.", "🙂"]
)
def test_half_a_mark_is_only_words(text: str) -> None:
    assert [s for s in _said(text) if s.strip()] == [s for s in [text.strip()] if s]
