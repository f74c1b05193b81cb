"""Age, and pension age by date of birth, to the day."""

from datetime import date

import pytest

from ownway.policy import charging, packs
from ownway.policy.refusals import FactsMissing, FactsRefused


def on(day, name="careact-2014"):
    return packs.load(name, on=date.fromisoformat(day))


@pytest.mark.parametrize(
    ("born_on", "day", "reached"),
    [
        ("1959-06-01", "2025-05-31", False),
        ("1959-06-01", "2025-06-01", True),
        ("1960-04-05", "2026-04-05", True),
        ("1960-04-06", "2026-05-05", False),
        ("1960-04-06", "2026-05-06", True),
        ("1961-03-05", "2028-02-05", True),
        ("1961-03-06", "2028-03-05", False),
        ("1961-03-06", "2028-03-06", True),
        ("1960-07-31", "2026-11-29", False),
        ("1960-07-31", "2026-11-30", True),
    ],
)
def test_pension_age_is_reached_on_its_very_day(born_on, day, reached):
    assert charging.is_pension_age({"born_on": born_on}, on(day)) is reached


@pytest.mark.parametrize(
    ("age", "day", "reached"),
    [(65, "2025-06-01", False), (66, "2025-06-01", True), (66, "2026-11-24", None),
     (67, "2026-11-24", True), (65, "2026-11-24", False), (59, "2010-10-01", False),
     (60, "2010-10-01", None), (61, "2010-10-01", True)],
)  # fmt: skip
def test_an_age_alone_settles_it_only_where_every_birthday_of_that_year_agrees(age, day, reached):
    name = "facs-2010" if day < "2015" else "careact-2014"

    assert charging.is_pension_age({"age": age}, on(day, name)) is reached


def test_where_an_age_does_not_settle_it_the_date_of_birth_is_asked_for(at_home):
    with pytest.raises(FactsMissing) as missing:
        charging.decide(at_home(age=66), on("2026-11-24"))

    assert missing.value.names == ("born_on",)


def test_the_pension_rate_is_kept_from_the_birthday_itself(at_home, pays):
    facts = at_home(born_on="1959-06-01")
    del facts["age"]

    assert pays(facts, on("2025-05-31")) == 20_000 - 11_250
    assert pays(facts, on("2025-06-01")) == 0


@pytest.mark.parametrize(("age", "kept"), [(18, 8_915), (24, 8_915), (25, 11_250)])
def test_the_full_adult_rate_is_kept_from_25(age, kept, at_home):
    decision = charging.decide(at_home(age=age, lone_parent=False), on("2025-06-01"))

    assert decision.step("mig").value == kept


@pytest.mark.parametrize("facts", [{"age": 17}, {"age": None, "born_on": "2008-06-01"}])
def test_somebody_under_18_is_refused(facts, at_home):
    with pytest.raises(FactsRefused) as refused:
        charging.decide(at_home(**facts), on("2025-06-01"))

    assert {problem.place for problem in refused.value.problems} <= {"age", "born_on"}


def test_an_age_that_is_not_that_of_the_date_of_birth_is_refused(at_home):
    with pytest.raises(FactsRefused, match="age: is 40, but by date of birth it is 41"):
        charging.decide(at_home(age=40, born_on="1984-01-01"), on("2025-06-01"))


@pytest.mark.parametrize("born_on", ["1984-02-30", "01/02/1984", "1884-01-01", 19840101, True])
def test_a_day_that_never_was_is_refused(born_on, at_home):
    with pytest.raises(FactsRefused, match="born_on: must be a day such as"):
        charging.decide(at_home(born_on=born_on), on("2025-06-01"))


def test_somebody_born_on_the_29th_of_february_has_a_birthday_each_year(at_home):
    facts = at_home(born_on="2000-02-29", age=None, lone_parent=False)

    for day, kept in (("2025-02-28", 11_060 - 2_295), ("2025-03-01", 11_060)):
        assert charging.decide(facts, on(day)).step("mig").value == kept
