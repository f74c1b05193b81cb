"""What comes next: nobody who was told no holds up the person they act for."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from ownway.foundation.council import queries as council
from ownway.foundation.council.models import SignIn, Staff
from ownway.foundation.people import actions as people
from ownway.foundation.people.models import Person
from ownway.foundation.plan import actions as plans
from ownway.foundation.plan.models import Plan, Status
from ownway.foundation.record import actions as record
from ownway.journey.allocation.models import IndicativeBudget
from ownway.journey.assessment import actions as assessment
from ownway.journey.assessment import queries as assessed
from ownway.journey.assessment.actions import Found
from ownway.journey.assessment.models import Assessment
from ownway.journey.budgets import actions as budgets
from ownway.journey.charging import actions as charging
from ownway.policy import allocation, domains
from tests.conftest import NOON
from tests.journey.budgets import joneses
from tests.journey.budgets.joneses import CHOSEN, HIS_LINES

As = Callable[[Staff | SignIn], Client]
NONE_OF_IT = dict.fromkeys(("autonomy", "daily_routines", "involvement"), "none")
TOO_FEW_HOURS = {
    "regular_and_substantial": False,
    "areas": NONE_OF_IT | {"health_and_safety": "substantial"},
}


@pytest.fixture
def refused(edith: Person, harold: Person, dev: Staff) -> Assessment:
    """Her own assessment, with a high need, and a no."""
    people.name_worker(edith, staff=dev, at=NOON)
    plans.open_plan(edith, by=dev.sign_in, at=NOON)
    opened = assessment.open_assessment(edith, kind="carer", by=dev.sign_in, at=NOON)
    found = {key: Found(level=0) for key in domains.CARER_KEYS}
    assessment.check_parts(opened, found, by=dev.sign_in, at=NOON)
    because = "You help for some hours a week"
    return assessment.decide(opened, TOO_FEW_HOURS, because=because, by=dev.sign_in, at=NOON)


@pytest.fixture
def his_plan(harold: Person, refused: Assessment, edith_in: SignIn, dev: Staff) -> Plan:
    """His plan with a budget, not sent yet; beside it hers, which never gets one."""
    people.name_worker(harold, staff=dev, at=NOON)
    facts = {"who": "person", "called": "Harold", "need_points": 40, "help_points": 25}
    worked = allocation.decide(facts, council.rules(NOON.date()))
    decision = record.keep_decision(worked, person=harold, by=dev.sign_in, at=NOON)
    IndicativeBudget.objects.create(
        person=harold,
        side="person",
        decision=decision,
        weekly_pence=worked.result["weekly_pence"],
        at=NOON,
        by=dev.sign_in,
    )
    return plans.open_plan(harold, by=edith_in, at=NOON)


@pytest.fixture
def his_agreed(his_plan: Plan) -> Plan:
    """The same, agreed."""
    Plan.objects.filter(pk=his_plan.pk).delete()
    return joneses.agree_plan(his_plan.person, HIS_LINES)


def test_a_plan_that_never_gets_a_budget_does_not_keep_its_owner_from_the_money(
    his_agreed: Plan, edith_in: SignIn, as_: As, the_time: Callable[[datetime], None]
) -> None:
    the_time(CHOSEN)
    her = as_(edith_in)

    choose = f"/my/plan/money/{his_agreed.person_id}/"
    for address in ("/my/", "/my/plan/"):
        text = her.get(address).text
        assert f'href="{choose}"' in text
        assert "Choose how you take the money" in text
        assert "Write your plan" not in text
    assert her.get(choose).status_code == 200


def test_once_the_money_is_chosen_nobody_is_asked_to_write_the_other_plan(
    his_agreed: Plan, edith_in: SignIn, as_: As, the_time: Callable[[datetime], None]
) -> None:
    the_time(CHOSEN)
    charging.give_finances(his_agreed.person, facts={"income_pence": 24500}, by=edith_in, at=CHOSEN)
    chosen = budgets.begin_with(his_agreed.person, way="council", by=edith_in, at=CHOSEN)
    budgets.agree(chosen, by=edith_in, at=CHOSEN)

    text = as_(edith_in).get("/my/").text

    assert "Your support starts" in text
    assert "Write your plan" not in text
    assert "Send it to be agreed" not in text


def test_only_the_plan_that_can_go_is_spoken_of_when_it_is_sent(
    his_plan: Plan, edith_in: SignIn, as_: As
) -> None:
    plans.add_line(
        his_plan, wish="A walk", paid_from="budget", cost_pence=17100, by=edith_in, at=NOON
    )
    her = as_(edith_in)

    text = her.get("/my/plan/send/").text

    assert "Send your plan to be agreed" in text
    assert "both" not in text
    her.post("/my/plan/send/", {})
    assert set(Plan.objects.values_list("person__first_name", "status")) == {
        ("Harold", Status.OFFERED),
        ("Edith", Status.OPEN),
    }


def test_somebody_who_was_told_no_is_told_so_and_what_they_can_do(
    refused: Assessment, edith_in: SignIn, as_: As
) -> None:
    her = as_(edith_in)

    text = her.get("/my/").text
    assert "Our answer is no, for now" in text
    assert 'href="/my/assessment/"' in text
    for address in ("/my/money/", f"/my/money/{refused.person_id}/"):
        text = her.get(address).text
        assert "we decided that we will not pay" in text
        assert "Read why we said no" in text
        assert 'href="/directory/"' in text
        assert "No budget yet" not in text


def test_why_it_is_no_comes_before_what_was_found_all_the_same(
    refused: Assessment, edith_in: SignIn, dev: Staff, as_: As
) -> None:
    first = "The rules ask that a carer gives regular and substantial care"
    desk = as_(dev).get(f"/desk/people/{refused.person_id}/assessment/").text
    assert "Band confirmed: substantial, not eligible" in desk
    assert desk.index("not found: Gives regular and substantial care") < desk.index(
        "What was found all the same"
    )
    hers = as_(edith_in).get("/my/assessment/").text
    assert hers.index(first) < hers.index("Your need is high")
    letter = refused.person.letters.get(kind="assessment.decision")
    said = [block["text"] for block in letter.body if block["kind"] == "text"]
    assert said[1].startswith(first)


def test_nobody_is_told_no_before_there_is_an_answer(edith: Person, dev: Staff) -> None:
    people.name_worker(edith, staff=dev, at=NOON)
    assessment.open_assessment(edith, kind="carer", by=dev.sign_in, at=NOON)

    assert assessed.found_not_eligible(edith) is None
