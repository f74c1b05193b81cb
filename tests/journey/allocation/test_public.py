"""The rules as anybody reads and tries them: every figure from the pack in force, nothing kept."""

import csv
import io
import json
import re
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from ownway.foundation.council.models import SettingsVersion
from ownway.journey.allocation import queries
from ownway.journey.allocation.models import IndicativeBudget
from ownway.policy import packs, units
from tests.journey.allocation.joneses import CARER_LEVELS, HELPS, LEVELS
from tests.policy.readability import grade

TRIED = {key: str(level) for key, level in LEVELS.items()}
TRIED |= {f"{key}_help": helped for key, helped in HELPS.items()}
CARER_TRIED = {key: str(level) for key, level in CARER_LEVELS.items()}
TRADE = ("indicative", "contribution", "deflator", "domain")

PRICE = packs.load("alderbrook", on=date(2026, 1, 6))
TABLE = packs.load("facs-2010", on=date(2010, 10, 1))
BUSY = TABLE.with_settings(
    {"night_waking_year_pence": 500_000, "night_sleep_in_year_pence": 200_000,
     "living_alone_factor": 1.1, "two_person_uplift": 0.5, "floor_year_pence": 50_000,
     "cap_year_pence": 1_000_000, "factor": 0.9}
)  # fmt: skip
HOURS = PRICE.with_settings({"ras_method": "component"})
EVERY = pytest.mark.parametrize(
    "pack", [PRICE, TABLE, BUSY, HOURS], ids=["price", "table", "busy", "component"]
)


def _words(page: Any) -> str:
    main = re.search(r"<main.*?</main>", page.content.decode(), re.DOTALL)
    assert main is not None
    # A table and a button hold names and figures, not sentences to read.
    plain = re.sub(r"<(table|button|label|select|script).*?</\1>", " ", main[0], flags=re.DOTALL)
    plain = re.sub(r"</(p|li|h\d|dt|dd|legend|strong|summary|div)>", ". ", plain)
    return re.sub(r"(\s*\.)+", ".", unescape(re.sub(r"<[^>]+>", " ", plain)))


def _under(monkeypatch: pytest.MonkeyPatch, pack: packs.Pack) -> None:
    for name in ("rules", "told_rules"):
        monkeypatch.setattr(f"ownway.foundation.council.queries.{name}", lambda on: pack)


# -- The page of the rules ------------------------------------------------------------------------


def test_anybody_may_read_the_rules_in_force(client: Client, council: None) -> None:
    text = client.get(reverse("how-a-budget-is-worked-out")).content.decode()

    for words in ("£12.00", "£8.00", "0.95", "rules version 1", "Lena Marchbank"):
        assert words in text


@EVERY
def test_every_figure_in_use_is_on_the_page_with_its_date_and_source(
    client: Client, council: None, monkeypatch: pytest.MonkeyPatch, pack: packs.Pack
) -> None:
    _under(monkeypatch, pack)

    text = unescape(client.get(reverse("how-a-budget-is-worked-out")).content.decode())

    for who in ("person", "carer"):
        told = queries.explained(pack, who)
        used = {number.name for number in told.example.numbers}
        for number in map(pack.number, used):
            if number.unit in units.TABLES or number.unit in units.CURVES:
                continue
            assert number.label in text
            assert number.shown in text
            is_sample = number.source.startswith("Sample")
            assert ("An example figure" if is_sample else number.source) in text


def test_a_new_price_is_on_the_page_without_a_word_changed_here(
    client: Client, council: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    _under(monkeypatch, PRICE.with_settings({"point_price_pence": 1_437}))

    text = client.get(reverse("how-a-budget-is-worked-out")).content.decode()

    assert "£14.37" in text
    assert "£12.00" not in text


@EVERY
def test_a_step_that_can_change_nothing_is_not_told(pack: packs.Pack) -> None:
    named = {step.name for step in queries.explained(pack, "person").steps}

    assert ("night_help" in named) == (pack is BUSY)
    assert ("living_factor" in named) == (pack is BUSY)
    assert ("factor" in named) == (pack is not TABLE)
    assert len(named & {"need_points", "need_minutes"}) == 1
    assert "weekly" in named


@EVERY
def test_no_number_of_the_rules_is_left_out(pack: packs.Pack) -> None:
    for who in ("person", "carer"):
        told = queries.explained(pack, who)
        names = {one.name for one in (*told.figures, *told.at_rest)}
        names |= {curve.figure.name for curve in told.curves}
        read = {number.name for number in told.example.numbers}
        tables = {name for name in read if pack.number(name).unit in units.TABLES}
        assert read - tables <= names
        assert bool(tables) == bool(told.scales)


def test_hours_of_help_are_told_as_time_at_a_price_an_hour() -> None:
    told = queries.explained(HOURS, "person")

    assert told.scales[0].head == ("Answer", "Minutes a week")
    assert "What an hour of help costs" in {one.label for one in told.figures}
    price = next(step for step in told.steps if step.name == "base")
    assert [one.shown for one in price.figures] == [HOURS.number("component_price_pence").shown]


def test_a_part_of_life_with_points_of_its_own_has_a_line_of_its_own() -> None:
    pack = PRICE.with_settings({"level_points_eating": [0, 1, 2, 3, 4]})

    scale = queries.explained(pack, "person").scales[0]

    assert len(scale.rows) == 9
    assert scale.rows[0] == ("Eating and drinking", "0", "1", "2", "3", "4")


@EVERY
def test_the_example_is_the_rules_own_sum(pack: packs.Pack) -> None:
    told = queries.explained(pack, "person")

    assert told.rungs[-1].end
    assert told.rungs[-1].figure == told.example.steps[-1].figure


# -- The calculator -------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["post", "get"])
def test_anybody_may_try_the_rules_and_nothing_is_kept(
    client: Client, council: None, way: str
) -> None:
    page = getattr(client, way)(reverse("try-a-budget"), TRIED)

    text = page.content.decode()
    assert "about <strong>£171.00 a week</strong>" in text
    assert "(40 − 25) × £12.00 × 0.95 = £171.00" in text
    assert "The help you need" in text
    assert not IndicativeBudget.objects.exists()
    assert not client.cookies
    assert not Session.objects.exists()


def test_a_carer_may_try_too(client: Client, council: None) -> None:
    page = client.post(reverse("try-a-carer-budget"), CARER_TRIED)

    assert "about <strong>£38.00 a week</strong>" in page.content.decode()


def test_the_link_leads_to_the_same_sum(client: Client, council: None) -> None:
    page = client.post(reverse("try-a-budget"), TRIED).content.decode()
    link = re.search(r'href="(\?eating=[^"]+)"', page)
    assert link is not None

    again = client.get(reverse("try-a-budget") + unescape(link[1]))

    assert "about <strong>£171.00 a week</strong>" in again.content.decode()


def test_only_what_the_rules_use_is_asked(
    client: Client, council: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = client.get(reverse("try-a-budget")).content.decode()
    _under(monkeypatch, BUSY)
    busy = client.get(reverse("try-a-budget")).content.decode()

    for name in ("night", "living", "eating_two_people"):
        assert f'name="{name}"' not in plain
        assert f'name="{name}"' in busy


def test_nights_and_living_alone_count_where_the_rules_use_them(
    client: Client, council: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    _under(monkeypatch, BUSY.with_settings({"cap_year_pence": "none"}))
    both = {f"{key}_two_people": "no" for key in LEVELS} | {"living": "with_others"}
    sums = [
        re.search(r"<strong>£([\d,.]+) a week", client.post(
            reverse("try-a-budget"), TRIED | both | changed
        ).content.decode())
        for changed in ({"night": "none"}, {"night": "sleep_in"}, {"night": "waking"},
                        {"night": "waking", "living": "alone"})
    ]  # fmt: skip

    amounts = [float(one[1].replace(",", "")) for one in sums if one]
    assert len(amounts) == 4
    assert amounts == sorted(set(amounts))


@pytest.mark.parametrize("typed", [{"eating": "9"}, {"eating": ""}, {"eating": "😀"}, {}])
def test_an_answer_that_is_none_of_the_choices_is_refused_and_the_rest_stays(
    client: Client, council: None, typed: dict[str, str]
) -> None:
    sent = {**TRIED, **typed} if typed else {"washing": "3"}

    page = client.post(reverse("try-a-budget"), sent)

    text = page.content.decode()
    assert page.status_code == 422
    assert "choose one of the answers" in text
    assert re.search(r'name="washing".*?<option value="3" selected>', text, re.DOTALL)


def test_above_the_line_says_that_it_is_no_limit(
    client: Client, council: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    _under(monkeypatch, PRICE.with_settings({"cap_week_pence": 5_000}))

    text = client.post(reverse("try-a-budget"), TRIED).content.decode()

    assert "It is not a limit." in text


# -- The transparency record ----------------------------------------------------------------------


def test_the_record_says_what_who_why_data_risks_proofs_and_versions(
    client: Client, council: None
) -> None:
    text = unescape(client.get(reverse("transparency-record")).content.decode())

    for words in (
        "Who answers for it",
        "Who decides",
        "What does it read?",
        "Risks, and what we do",
        "claims hold",
        "Version 1",
        "Lena Marchbank",
        PRICE.hash[:16],
    ):
        assert words in text


def test_the_record_as_data_is_the_record_that_is_read(client: Client, council: None) -> None:
    made = json.loads(client.get(reverse("transparency-json")).content)
    rows = list(csv.reader(io.StringIO(client.get(reverse("transparency-csv")).content.decode())))

    questions = {one["question"] for part in made["parts"] for one in part["answers"]}
    assert questions <= {row[1] for row in rows}
    assert made["pack_hash"]
    assert all(claim["holds"] for claim in made["proved"])
    assert [one["number"] for one in made["versions"]] == [1]
    assert rows[0] == ["Part", "Question", "Answer"]


def test_the_record_of_a_new_version_is_a_new_record(client: Client, council: None) -> None:
    SettingsVersion.objects.filter(number=1).update(because="Prices went up with pay.")

    assert "Prices went up with pay." in client.get(reverse("transparency-record")).content.decode()


def test_the_rules_lead_to_the_record(client: Client, council: None) -> None:
    text = client.get(reverse("how-a-budget-is-worked-out")).content.decode()

    assert f'href="{reverse("transparency-record")}"' in text


@EVERY
@pytest.mark.parametrize(
    "name",
    ["how-a-budget-is-worked-out", "try-a-budget", "try-a-carer-budget", "transparency-record"],
)
def test_each_public_page_reads_at_grade_seven_without_words_of_the_trade(
    client: Client, council: None, monkeypatch: pytest.MonkeyPatch, name: str, pack: packs.Pack
) -> None:
    _under(monkeypatch, pack)

    words = _words(client.get(reverse(name)))

    assert grade(words) <= 7
    for word in TRADE:
        assert word not in words.lower()
