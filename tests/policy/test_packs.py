"""A pack that is not fit to decide with is refused, with the place and the mend."""

import contextlib
import copy
import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest

from ownway.policy import allocation, charging, eligibility, numbers, packs, proving
from ownway.policy.packs import reading
from ownway.policy.refusals import FactsRefused, PackRefused, PolicyRefused
from tests.policy import strategies

DAY = date(2026, 6, 1)


def raw(name="careact-2014"):
    """A pack as it is written, all its parts in one."""
    whole = tomllib.loads((reading.PACKS / f"{name}.toml").read_text(), parse_float=Decimal)
    for part in whole.pop("parts"):
        more = tomllib.loads((reading.PARTS / f"{part}.toml").read_text(), parse_float=Decimal)
        for key in ("numbers", "lists", "graphs"):
            whole.setdefault(key, {}).update(more.get(key, {}))
        whole.setdefault("runs", []).extend(more.get("runs", []))
    return whole


CARE_ACT, FACS = raw(), raw("facs-2010")


def refusal(pack, over=None):
    with pytest.raises(PackRefused) as refused:
        packs.read_pack(pack, over, on=DAY)
    return refused.value


@pytest.fixture
def pack():
    return copy.deepcopy(CARE_ACT)


def node(pack, graph, name):
    return next(one for one in pack["graphs"][graph] if one["name"] == name)


def test_every_shipped_pack_and_profile_loads():
    assert packs.names() == ("careact-2014", "facs-2010")
    assert packs.profiles() == (
        "alderbrook", "alderbrook-care-act", "dudley-2013", "kingston-2010", "slough-2010"
    )  # fmt: skip
    for name in (*packs.names(), *packs.profiles()):
        assert packs.load(name, on=DAY).hash


@pytest.mark.parametrize("name", [*packs.names(), *packs.profiles()])
def test_every_claim_made_of_a_shipped_pack_is_proved(name):
    claims = proving.claims(packs.load(name, on=DAY))

    assert [claim for claim in claims if not claim.holds] == []
    assert any("more need never means less" in claim.words for claim in claims)


def test_a_profiles_name_alone_finds_the_pack_it_is_written_over():
    assert packs.load("alderbrook", on=DAY) is not None
    assert packs.load("alderbrook", on=DAY).hash == packs.load(
        "facs-2010", profile="alderbrook", on=DAY
    ).hash  # fmt: skip


def test_there_is_no_such_pack():
    with pytest.raises(PackRefused, match=r"no pack of this name\. Use one of: careact-2014"):
        packs.load("careact", on=DAY)


def test_the_care_act_is_not_in_force_before_2015():
    with pytest.raises(PackRefused, match="in force from 2015-04-01"):
        packs.load("careact-2014", on=date(2015, 3, 31))


def test_a_value_holds_from_its_day_up_to_the_next():
    before, after = date(2026, 4, 5), date(2026, 4, 6)

    assert packs.load("careact-2014", on=before).value("mig_single_pension_pence") == 23_260
    assert packs.load("careact-2014", on=after).value("mig_single_pension_pence") == 24_145


@pytest.mark.parametrize("name", [*packs.names(), *packs.profiles()])
def test_days_that_share_what_was_read_still_have_their_own_values(name):
    for day in (date(2026, 4, 5), date(2026, 4, 6), date(2026, 4, 7), date(2027, 4, 12)):
        quick = packs.load(name, on=day)
        base = quick.name
        over = reading._file(reading.PROFILES / f"{quick.profile}.toml") if quick.profile else None

        slow = packs.read_pack(reading._file(reading.PACKS / f"{base}.toml"), over, on=day)

        assert (quick.on, quick.hash) == (day, slow.hash)
        assert dict(quick.numbers) == dict(slow.numbers)


def test_what_the_reference_does_not_confirm_is_marked():
    pack = packs.load("careact-2014", on=DAY)

    assert not pack.number("mig_single_25_pence").confirmed
    assert pack.number("mig_single_pension_pence").confirmed


def test_every_number_of_every_pack_has_a_unit_words_and_a_source():
    for name in packs.names():
        for number in packs.load(name, on=DAY).numbers.values():
            assert number.unit
            assert number.label
            assert number.source


# -- Each way a pack may be wrong --------------------------------------------------------------


def test_a_wrong_unit_of_a_number_is_refused(pack):
    pack["numbers"]["point_price_pence"]["unit"] = "points"

    assert "numbers.point_price_pence.unit: 'points' does not suit this name." in str(refusal(pack))


def test_a_unit_nobody_knows_is_refused_with_those_there_are(pack):
    pack["numbers"]["factor"]["unit"] = "percent"

    assert "numbers.factor.unit: 'percent' is unknown. Use one of:" in str(refusal(pack))


def test_a_node_that_mixes_units_is_refused(pack):
    node(pack, "person_by_price", "with_extras")["of"] = ["base", "left_points"]

    said = str(refusal(pack))
    assert "with_extras: is a sum and cannot work on pence a week and points." in said
    assert "Give it nodes that are all in one unit." in said


def test_a_node_in_the_wrong_unit_is_refused(pack):
    node(pack, "person_by_price", "base")["unit"] = "pence a year"

    assert "base: is in pence a year. Make it pence a week." in str(refusal(pack))


def test_a_gap_in_dates_is_refused(pack):
    pack["numbers"]["mig_single_25_pence"]["values"][0]["to"] = date(2024, 4, 1)

    said = str(refusal(pack))
    assert "numbers.mig_single_25_pence.values[1]: leaves a gap from 2024-04-01." in said
    assert "Start it on 2024-04-01" in said


def test_an_overlap_in_dates_is_refused(pack):
    pack["numbers"]["mig_single_25_pence"]["values"][0]["to"] = date(2024, 5, 1)

    assert "values[1]: overlaps the one before. End the one before with to = 2024-04-08." in str(
        refusal(pack)
    )


def test_dates_that_run_backwards_are_refused(pack):
    pack["numbers"]["mig_single_25_pence"]["values"][-1]["to"] = date(2020, 1, 1)

    assert "ends before it starts" in str(refusal(pack))


def test_a_table_that_goes_down_as_need_goes_up_is_refused(pack):
    pack["numbers"]["level_points"]["values"][0]["value"] = [0, 2, 4, 3, 8]

    assert "goes down as the level goes up. Put it in order, least first." in str(refusal(pack))


def test_a_curve_that_gives_less_for_more_points_is_refused(pack):
    pack["numbers"]["points_table"]["values"][0]["value"] = [[0, 0], [20, 500], [40, 400]]

    assert "gives less money for more points." in str(refusal(pack))


def test_a_table_with_a_level_too_few_is_refused(pack):
    pack["numbers"]["level_points"]["values"][0]["value"] = [0, 2, 4, 6]

    assert "looks up 0 to 4 among 4 values. Give one value for each level." in str(refusal(pack))


def test_an_unknown_kind_of_node_is_refused_with_those_there_are(pack):
    node(pack, "person_by_price", "base")["kind"] = "multiply"

    assert "is of an unknown kind 'multiply'. Use one of: all, any," in str(refusal(pack))


def test_an_unknown_key_is_refused(pack):
    node(pack, "person_by_price", "base")["roundin"] = "down"
    pack["numbers"]["factor"]["valeus"] = []

    assert "has an unknown key 'roundin'" in str(refusal(pack)) or "valeus" in str(refusal(pack))


def test_a_node_that_uses_one_below_it_is_refused(pack):
    node(pack, "person_by_price", "base")["of"] = ["weekly", "point_price"]

    assert "uses 'weekly', which is not above it." in str(refusal(pack))


def test_a_node_that_reads_a_number_nobody_declared_is_refused(pack):
    node(pack, "person_by_price", "factor")["number"] = "deflator"

    assert "reads 'deflator', which is not a number of this pack." in str(refusal(pack))


def test_words_that_fill_in_nothing_are_refused(pack):
    node(pack, "person_by_price", "factor")["note"] = "It is {deflator}."

    assert "has words that fill in {deflator}. Name a node or {who}." in str(refusal(pack))


def test_a_division_without_a_rounding_is_refused(pack):
    del node(pack, "person_by_table", "weekly")["rounding"]

    assert "does not say how it is rounded. Use one of: half_up, down, up." in str(refusal(pack))


def test_a_sum_that_could_grow_too_large_is_refused(pack):
    for graph in ("carer_totals", "carer_by_price"):
        node(pack, graph, "need_points")["most"] = 10**17

    assert "could grow too large. Lower the most of its inputs." in str(refusal(pack))


TOGETHER_TOO_LARGE = (
    "factor", "help_shares", "level_points", "points_table", "two_person_more_points",
)  # fmt: skip


def dated(pack, **span):
    """Numbers that, none of them known, could grow too large: a draft before its first day."""
    for name in TOGETHER_TOO_LARGE:
        number = pack["numbers"][name]
        number["values"] = [{"value": number["values"][-1]["value"], **span}]


@pytest.mark.parametrize(
    ("span", "said"),
    [
        ({"from": date(2026, 11, 24)}, "it starts 2026-11-24."),
        ({"from": date(2020, 1, 1), "to": date(2021, 1, 1)}, "it ended 2021-01-01."),
    ],
)
def test_numbers_not_known_on_the_day_are_named_not_what_they_let_grow(pack, span, said):
    dated(pack, **span)

    (problem,) = refusal(pack).problems

    assert str(problem).startswith(f"numbers.factor: is not known on 2026-06-01; {said}")
    assert "4 more: help_shares, level_points, points_table, two_person_more_points." in str(
        problem
    )


def test_what_grows_too_large_on_any_day_is_named_beside_an_unknown_number(pack):
    dated(pack, **{"from": date(2026, 11, 24)})
    for graph in ("carer_totals", "carer_by_price"):
        node(pack, graph, "need_points")["most"] = 10**17

    assert "could grow too large. Lower the most of its inputs." in str(refusal(pack))


def test_every_fault_of_a_pack_is_said_at_once(pack):
    pack["numbers"]["level_points"]["values"][0]["value"] = [0, 2, 4, 3, 8]
    pack["numbers"]["factor"]["unit"] = "percent"
    del pack["numbers"]["callback_days"]["source"]

    assert {problem.place for problem in refusal(pack).problems} == {
        "numbers.level_points.values[0].value",
        "numbers.factor.unit",
        "numbers.callback_days.source",
    }


@pytest.mark.parametrize("part", ["alocation", "../facs-2010", "", "x" * 300, "\x00"])
def test_a_part_that_is_not_shipped_is_refused_with_those_that_are(part, pack):
    said = str(refusal(pack | {"parts": [part]}))

    assert "is not a part that is shipped. Use: allocation, " in said


def test_what_a_part_already_gives_may_not_be_given_again(pack):
    said = str(refusal(pack | {"parts": ["settings"]}))

    assert "numbers.callback_days: is given twice: in the part settings and here." in said


def test_a_cycle_of_nodes_is_refused(pack):
    node(pack, "person_by_price", "shared_out")["of"] = ["weekly", "factor"]

    assert "shared_out: uses 'weekly', which is not above it." in str(refusal(pack))


def test_two_nodes_of_one_name_are_refused(pack):
    nodes = pack["graphs"]["person_by_price"]
    nodes.append(copy.deepcopy(nodes[-1]))

    assert "takes the name 'four_weekly' again. Give each node a name of its own." in str(
        refusal(pack)
    )


def test_a_number_of_the_wrong_type_is_refused(pack):
    pack["numbers"]["callback_days"]["values"][0]["value"] = "fourteen"

    assert "numbers.callback_days.values[0].value: must be a whole number of days" in str(
        refusal(pack)
    )


def test_dates_of_birth_are_said_to_be_so_or_refused(pack):
    pack["numbers"]["callback_days"]["dated_by"] = "age"

    assert "numbers.callback_days.dated_by: is neither day nor birth." in str(refusal(pack))


def profile(**numbers):
    return {"name": "here", "title": "Here", "version": "1", "base": "x", "numbers": numbers}


def test_a_profile_may_not_name_a_number_the_pack_has_not(pack):
    over = profile(point_prize_pence={"values": []})

    said = str(refusal(pack, over))
    assert "profile here: numbers.point_prize_pence: is not a number of careact-2014." in said


def test_a_profile_may_not_change_a_unit(pack):
    over = profile(factor={"unit": "points", "values": []})

    assert "numbers.factor.unit: may not be changed by a profile." in str(refusal(pack, over))


def test_a_profile_may_not_speak_of_a_pack_that_is_not_there(pack):
    over = profile() | {"under": {"facs-2011": {"numbers": {}}}}

    assert "profile here: under.facs-2011: is not a pack. Use one of:" in str(refusal(pack, over))


def test_a_council_may_leave_people_more_than_fairer_charging_but_never_less():
    over = profile(
        protected_buffer={"values": [{"from": date(2010, 4, 1), "value": Decimal("1.2")}]}
    )

    said = str(refusal(copy.deepcopy(FACS), over))
    assert "profile here: numbers.protected_buffer.values[0]: is out of range: least 1.25." in said


def test_an_uplift_that_could_lower_a_budget_is_not_proved_and_the_inputs_are_named(facs):
    claims = proving.claims(facs.with_settings({"two_person_uplift": 0.5}))

    failed = [claim for claim in claims if not claim.holds]
    assert [claim.words.split(":")[0] for claim in failed] == [
        "person_levels, then person_by_table",
        "person_points, then person_by_table",
        "person_totals, then person_by_table",
    ]
    assert "cannot be shown for level.eating" in failed[0].because


def test_a_protected_characteristic_may_not_reach_a_result_without_a_reason():
    pack = copy.deepcopy(FACS)
    del node(pack, "status", "age")["because"]

    claims = proving.claims(packs.read_pack(pack, on=date(2010, 10, 1)))

    failed = [claim for claim in claims if not claim.holds and "from" not in claim.because]
    assert {claim.because for claim in failed} == {"not said why for age"}


# -- Numbers given with the facts --------------------------------------------------------------


def test_settings_change_the_hash_and_are_marked_given(alderbrook):
    changed = alderbrook.with_settings({"factor": 0.9})

    assert changed.value("factor") == 9_000
    assert changed.number("factor").given
    assert changed.hash != alderbrook.hash
    assert alderbrook.value("factor") == 9_500


def test_the_same_settings_always_give_the_same_hash(alderbrook):
    one = alderbrook.with_settings({"factor": 0.9, "point_price_pence": 1_100})
    other = alderbrook.with_settings({"point_price_pence": 1_100, "factor": 0.90})

    assert one.hash == other.hash


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"facto": 0.9}, r"settings\.facto: is not a number of this rule pack"),
        ({"factor": "0.9"}, r"settings\.factor: must be a ratio"),
        ({"factor": 0.12345}, "up to four decimals"),
        ({"factor": float("nan")}, "must be a ratio"),
        ({"point_price_pence": 12.5}, "must be whole pence"),
        ({"point_price_pence": True}, "must be whole pence"),
        ({"level_points": [0, 2]}, "must have 5 values, one for each level"),
        ({"level_points": [0, 2, 4, 3, 8]}, "goes down as the level goes up"),
        ({"points_table": [[0, 0], [10, 5], [20, 4]]}, "less money for more points"),
        ({"help_shares": [0, 0.5, 1, 2]}, "out of range"),
        ({"ras_method": "magic"}, "must be price or table"),
        ({"tariff_step_pence": 0}, "out of range"),
        ({"facs_threshold": "none"}, "out of range"),
    ],
)
def test_settings_that_cannot_be_are_refused_by_name(given, said, alderbrook):
    with pytest.raises(FactsRefused, match=said):
        alderbrook.with_settings(given)


# -- Packs with something changed -----------------------------------------------------------------

TOML = (
    *strategies.ODD, date(2024, 1, 1), date(2030, 1, 1), Decimal("0.95"), Decimal("NaN"), "points",
    "pence a week", "sum", "share", "input", "needs.*", "level.each", "{who}", "{x}", "domains",
)  # fmt: skip
PEOPLE = (
    (eligibility.decide, {"who": "carer", "regular_and_substantial": True}),
    (eligibility.decide, {"who": "adult", "risks": ["abuse"]}),
    (allocation.decide, {"who": "person", "need_points": 40, "help_points": 3}),
    (charging.decide, {"who": "person", "income_pence": 4_000, "budget_pence": 900}),
)


def spoiled(seed):
    """A shipped pack with one number, list or graph changed, or with anything changed."""
    chance = Random(seed)
    pack = chance.choice([CARE_ACT, FACS])
    section = chance.choice(["numbers", "lists", "graphs", "graphs", ""])
    if not section:
        return strategies.changed(pack, chance, odd=TOML)
    name = chance.choice(list(pack[section]))
    one = strategies.changed(pack[section][name], chance, odd=TOML)
    return {**pack, section: {**pack[section], name: one}}


def check_it_says_where_and_why(refused):
    assert refused.problems
    assert all(problem.place and problem.reason for problem in refused.problems)


def test_a_pack_with_anything_changed_is_refused_or_still_decides():
    """A thousand at full size: `ownway bench fuzz`."""
    for seed in range(150):
        try:
            pack = packs.read_pack(spoiled(seed), on=DAY)
            proving.claims(pack)
        except PolicyRefused as refused:
            check_it_says_where_and_why(refused)
            continue
        for decide, facts in PEOPLE:
            with contextlib.suppress(PolicyRefused):
                decide(facts, pack)


# -- Numbers that follow another ---------------------------------------------------------------


def test_a_part_of_life_has_the_usual_points_until_it_is_given_its_own():
    own = {"source": "Here", "values": [{"from": date(2010, 4, 1), "value": [0, 1, 3, 9, 20]}]}

    pack = packs.read_pack(CARE_ACT, profile(level_points_eating=own), on=DAY)

    assert pack.number("level_points_eating").table == (0, 1, 3, 9, 20)
    assert pack.number("level_points_washing").table == (0, 2, 4, 6, 8)


def test_a_what_if_on_the_usual_points_reaches_each_part_that_follows_them(alderbrook):
    changed = alderbrook.with_settings(
        {"level_points": [0, 1, 2, 3, 4], "level_points_work": [0, 0, 0, 0, 1]}
    )

    assert changed.number("level_points_eating").table == (0, 1, 2, 3, 4)
    assert changed.number("level_points_work").table == (0, 0, 0, 0, 1)


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ("points_of_old", "'points_of_old' is not a number of this pack"),
        ("factor", "'factor' is in ratio, not points by level"),
        ("level_points_work", "'level_points_work' has another to follow"),
        (3, "3 is not a number of this pack"),
    ],
)
def test_a_number_may_follow_only_one_alike_that_has_values(other, said):
    pack = copy.deepcopy(CARE_ACT)
    pack["numbers"]["level_points_eating"]["otherwise"] = other

    assert said in str(refusal(pack))


def test_what_the_help_is_for_reaches_a_budget_only_with_a_reason_given():
    pack = copy.deepcopy(CARE_ACT)
    dearer = {"source": "Here", "values": [{"from": date(2010, 4, 1), "value": 1.2}]}
    read = packs.read_pack(pack, profile(reason_learning_factor=dearer), on=DAY)

    claims = {claim.words: claim for claim in proving.claims(read)}

    words = "person_levels, then person_by_table: no protected characteristic reaches the result "
    claim = claims[words + "without a reason"]
    assert claim.holds
    assert "may stand for a disability" in claim.because


# -- A profile in a file of its own ------------------------------------------------------------


def test_a_profile_may_be_a_file(tmp_path):
    file = tmp_path / "here.toml"
    file.write_text(
        'name = "here"\ntitle = "Here"\nversion = "1"\nbase = "facs-2010"\n'
        '[numbers.factor]\nsource = "Here"\nvalues = [{ from = 2010-04-01, value = 0.9 }]\n'
    )

    pack = packs.read_file(file, on=DAY)

    assert (pack.name, pack.profile, pack.value("factor")) == ("facs-2010", "here", 9_000)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (None, "cannot be read"),
        ("name = ", "is not TOML that can be read"),
        ("\x00", "is not TOML that can be read"),
        ('name = "x"', "base: does not name a pack. Write base = one of: careact-2014"),
        ('base = ["facs-2010"]', "does not name a pack"),
        ('base = "facs-2010"', "profile.name: is not given"),
    ],
)
def test_a_file_that_is_no_profile_is_refused(written, said, tmp_path):
    file = tmp_path / "here.toml"
    if written is not None:
        file.write_text(written)

    with pytest.raises(PackRefused, match=said):
        packs.read_file(file, on=DAY)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (10**13, "from 0 to 1,000,000,000,000."),
        (Decimal("1e400"), "from 0 to 1,000,000,000,000."),
        (Decimal("Infinity"), "from 0 to 1,000,000,000,000."),
        (-1, "0 or more."),
        (Decimal("NaN"), "0 or more."),
        (float("nan"), "0 or more."),
    ],
)
def test_a_value_out_of_bounds_is_told_the_bound_it_broke(value, said):
    with pytest.raises(ValueError, match="must be whole pence, ") as wrong:
        numbers.whole(value, "pence")

    assert str(wrong.value).endswith(said)


def test_a_day_before_any_rate_is_refused_by_that_day() -> None:
    with pytest.raises(PackRefused, match="is not known on 1999-01-01"):
        packs.load("facs-2010", on=date(1999, 1, 1))


def test_a_table_that_is_there_twice_is_named_as_it_is_written(tmp_path: Path) -> None:
    path = tmp_path / "twice.toml"
    path.write_text("[numbers.garden]\n[numbers.garden]\n", "utf-8")

    with pytest.raises(PackRefused, match=r"\[numbers.garden\] is there twice \(at line 2"):
        packs.read_file(path, on=date(2026, 1, 6))
