"""What is proved of a pack, and how a fault of each kind turns it red."""

import copy
from datetime import date

import pytest

from ownway.policy import packs, proving
from ownway.policy.refusals import PackRefused
from tests.policy.test_packs import CARE_ACT, FACS, node

DAY = date(2026, 6, 1)
TABLE = "person_totals, then person_by_table"


@pytest.fixture
def pack():
    return copy.deepcopy(FACS)


def claims(pack, on=date(2010, 10, 1)):
    return proving.claims(packs.read_pack(pack, on=on))


def failed(found):
    return [claim for claim in found if not claim.holds]


def need_that_lowers(pack):
    """Points of need that are taken off a budget."""
    node(pack, "person_by_table", "left_points")["means"] = "need"
    node(pack, "person_totals", "over")["of"] = ["help_points", "need_points"]
    return pack


def test_more_need_that_lowers_a_budget_is_red_and_the_input_is_named(pack):
    found = failed(claims(need_that_lowers(pack)))

    assert {claim.kind for claim in found} == {"need"}
    assert all("cannot be shown for need_points" in claim.because for claim in found)


def test_keeping_more_that_raises_a_charge_is_red(pack):
    node(pack, "fairer_keeps", "spare").update(kind="sum")

    found = [claim for claim in failed(claims(pack)) if claim.kind == "keeps"]

    assert any("housing" in claim.inputs for claim in found)


def test_a_result_that_could_be_below_nothing_is_red(pack):
    fee = node(pack, "fee", "cost_left")
    fee.update(kind="difference", of=["cost", "nhs_pays"])
    node(pack, "fee", "nhs_pays").update(kind="greatest")

    assert {claim.kind for claim in failed(claims(pack))} >= {"least"}


def test_a_graph_without_a_result_is_red(pack):
    pack["graphs"]["spare"] = [{"name": "x", "kind": "constant", "unit": "points"}]

    (claim,) = failed(claims(pack))

    assert (claim.kind, claim.graph) == ("result", "spare")


@pytest.mark.parametrize(
    "name", ["ethnic_group", "sex", "religion_or_belief", "disability_type", "partner_age"]
)
def test_a_protected_characteristic_without_a_reason_is_red(name, pack):
    add_to_the_budget(pack, {"name": name})

    found = failed(claims(pack))

    assert {claim.kind for claim in found} == {"protected"}
    assert all(claim.inputs == (name,) for claim in found)


def test_an_input_by_another_name_is_protected_where_the_pack_says_so(pack):
    add_to_the_budget(pack, {"name": "client_group", "means": "protected"})

    assert {claim.kind for claim in failed(claims(pack))} == {"protected"}


def test_a_reason_turns_it_green_and_is_told(pack):
    because = "Sample: rent is dearer for older people here."
    add_to_the_budget(pack, {"name": "age_band", "because": because})

    found = claims(pack)

    assert failed(found) == []
    assert any(because in claim.because for claim in found if claim.kind == "protected")


def by_price(pack):
    pack["numbers"]["ras_method"]["values"][0]["value"] = "price"


def add_to_the_budget(pack, declared):
    """A new input, in pence a week, that is added to a budget worked out by price."""
    by_price(pack)
    nodes = pack["graphs"]["person_by_price"]
    nodes.insert(0, {"kind": "input", "unit": "pence a week", "most": 900, **declared})
    node(pack, "person_by_price", "with_extras")["of"].append(declared["name"])


def test_a_fault_that_only_starts_later_is_red_with_its_day(pack):
    # A night block that somebody awake at night loses from 2030.
    by_price(pack)
    pack["numbers"]["night_sleep_in_week_pence"]["values"] = [
        {"from": date(2003, 4, 7), "to": date(2030, 1, 1), "value": 0},
        {"from": date(2030, 1, 1), "value": 900},
    ]

    found = failed(claims(pack))

    assert found
    assert all(claim.because.startswith("from 2030-01-01: ") for claim in found)
    assert all("night" in claim.inputs for claim in found)


def test_a_sum_too_large_a_gap_and_an_overlap_are_refused_before_anything_is_proved(pack):
    pack["numbers"]["capital_lower_pence"]["values"].append(
        {"from": date(2012, 4, 9), "value": 1_425_000}
    )

    with pytest.raises(PackRefused, match="leaves a gap from 2011-04-11"):
        claims(pack)


def test_every_number_that_is_not_known_is_said():
    (known,) = [one for one in claims(copy.deepcopy(CARE_ACT), DAY) if one.kind == "known"]

    assert {"premium_carer_pence", "mig_couple_18_pence"} <= set(known.inputs)
    assert "pension_age_months" not in known.inputs


# -- Exceptions ----------------------------------------------------------------------------------

SIGNED = {
    "graph": TABLE, "input": "need_points", "claim": "need", "because": "A trial until June.",
    "signed_by": "A. Example, Director of Adult Care", "signed_on": date(2026, 5, 1),
}  # fmt: skip


def test_a_signed_exception_lets_one_claim_of_one_run_stand(pack):
    need_that_lowers(pack)["exceptions"] = [SIGNED]

    found = claims(pack)

    (stands,) = [claim for claim in found if claim.signed]
    assert (stands.graph, stands.holds) == (TABLE, True)
    assert stands.signed == "A. Example, Director of Adult Care, 2026-05-01"
    assert "A trial until June." in stands.because
    assert failed(found) == []


def test_an_exception_of_another_run_lets_nothing_stand(pack):
    other = {"graph": "person_points, then person_by_table", "input": "needs"}
    need_that_lowers(pack)["exceptions"] = [SIGNED | other]

    assert [claim.graph for claim in failed(claims(pack))] == [TABLE]


def test_an_exception_changes_the_hash(pack):
    plain = packs.read_pack(pack, on=DAY).hash

    assert packs.read_pack(pack | {"exceptions": [SIGNED]}, on=DAY).hash != plain


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"signed_by": " "}, r"exceptions\[0\]\.signed_by: is not given"),
        ({"signed_on": "soon"}, r"exceptions\[0\]\.signed_on: is not a date"),
        ({"because": None}, r"exceptions\[0\]\.because: is not given"),
        ({"claim": "size"}, r"exceptions\[0\]\.claim: is 'size'\. Use one of: need, keeps"),
        ({"graph": "person"}, r"exceptions\[0\]\.graph: is not a run of this pack"),
        ({"input": "neeed"}, r"exceptions\[0\]\.input: is not an input of"),
        ({"signd": 1}, r"exceptions\[0\]\.signd: is an unknown key"),
    ],
)
def test_an_exception_nobody_signed_or_of_nothing_there_is_refused(change, said, pack):
    with pytest.raises(PackRefused, match=said):
        packs.read_pack(pack | {"exceptions": [SIGNED | change]}, on=DAY)


@pytest.mark.parametrize("exceptions", [{}, [1], "none", [[]]])
def test_exceptions_that_are_no_list_of_tables_are_refused(exceptions, pack):
    with pytest.raises(PackRefused, match="exceptions"):
        packs.read_pack(pack | {"exceptions": exceptions}, on=DAY)
