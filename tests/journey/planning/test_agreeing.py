"""A plan is agreed on three tests, by a manager, never one's own; a refusal changes nothing."""

import re
from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db.utils import DatabaseError
from django.test import Client
from django.urls import reverse

from ownway.foundation.council.models import SignIn, Staff
from ownway.foundation.letters.models import Letter, Outbox
from ownway.foundation.people import actions as people
from ownway.foundation.people.models import Person
from ownway.foundation.plan import actions as plan_actions
from ownway.foundation.plan.models import Plan, PlanLine, Status
from ownway.foundation.record.models import Clock, Event, Task
from ownway.journey.allocation.models import IndicativeBudget
from ownway.journey.charging import actions as charging
from ownway.journey.planning import actions, queries
from ownway.journey.planning.actions import Judged
from ownway.journey.planning.models import Judgement
from tests.conftest import LONDON
from tests.journey.planning.conftest import (
    ALL_MET,
    FRIDAY_6_FEB,
    TUESDAY_3_FEB,
    AddLine,
    again,
)


def nothing_changed(chosen: list[Plan]) -> bool:
    return (
        {plan.status for plan in again(chosen)} == {Status.OFFERED}
        and not Judgement.objects.exists()
        and not Letter.objects.exists()
        and not Event.objects.filter(kind__in=["plan.agreed", "plan.returned"]).exists()
        and not Clock.objects.exclude(stopped_at=None).exists()
    )


def test_an_empty_network_question_refuses_both_plans_and_changes_nothing(
    offered: list[Plan], ruth: Staff
) -> None:
    with pytest.raises(actions.CannotAgree) as refused:
        actions.agree(offered, judged=ALL_MET, by=ruth, at=FRIDAY_6_FEB)

    texts = [objection.text for _, objection in refused.value.found]
    assert texts == [
        f"“How will support grow the network?” is empty in {name}’s plan"
        for name in ("Mrs Jones", "Mr Jones")
    ]
    assert nothing_changed(offered)


def test_no_reason_overcomes_a_firm_objection(offered: list[Plan], ruth: Staff) -> None:
    with pytest.raises(actions.CannotAgree):
        actions.agree(offered, judged=ALL_MET, because="I know them", by=ruth, at=FRIDAY_6_FEB)

    assert nothing_changed(offered)


def test_agreeing_sets_the_budget_the_review_and_what_may_change(
    agreed: list[Plan], ruth: Staff
) -> None:
    hers, his = agreed

    assert (hers.agreed_weekly_pence, his.agreed_weekly_pence) == (3800, 17100)
    assert {(plan.agreed_by, plan.agreed_at) for plan in agreed} == {(ruth, FRIDAY_6_FEB)}
    assert {plan.starts_on for plan in agreed} == {date(2026, 2, 16)}
    assert {plan.review_on for plan in agreed} == {date(2026, 3, 30)}
    assert {plan.change_limit_percent for plan in agreed} == {10}
    lines = PlanLine.objects.filter(plan__in=agreed)
    assert all(line.agreed_pence == line.cost_pence for line in lines)


def test_agreeing_keeps_the_judgement_with_its_evidence(agreed: list[Plan], ruth: Staff) -> None:
    judgement = Judgement.objects.get(plan=agreed[1])

    assert (judgement.outcome, judgement.by) == ("agreed", ruth)
    assert (judgement.legal, judgement.effective, judgement.affordable) == (True, True, True)
    assert (judgement.planned_pence, judgement.worked_out_pence) == (17100, 17100)
    assert judgement.evidence
    assert all(check["met"] for check in judgement.evidence)


def test_agreeing_tells_everybody(agreed: list[Plan], dev: Staff) -> None:
    assert Event.objects.filter(kind="plan.agreed").count() == 2
    assert sorted(Letter.objects.values_list("title", flat=True)) == [
        "Harold’s plan is agreed",
        "Your plan is agreed",
    ]
    assert Outbox.objects.filter(channel="post").count() == 2
    assert not Clock.objects.filter(stopped_at=None).exists()
    review = Task.objects.filter(done_at=None, kind="plan.review")
    assert {(task.owner, task.due_at.date()) for task in review} == {(dev, date(2026, 3, 30))}
    assert not Task.objects.filter(done_at=None, kind="plan.approve").exists()


def test_the_agreed_budget_is_kept_beside_the_indicative_one(agreed: list[Plan]) -> None:
    newest = IndicativeBudget.objects.filter(person=agreed[1].person).first()

    assert newest is not None
    assert (newest.state, newest.weekly_pence, newest.side) == ("agreed", 17100, "person")


def test_agreeing_twice_agrees_once(agreed: list[Plan], ruth: Staff) -> None:
    with pytest.raises(actions.CannotAgree, match="is not waiting to be agreed"):
        actions.agree(agreed, judged=ALL_MET, by=ruth, at=FRIDAY_6_FEB)

    assert Judgement.objects.count() == 2
    assert Letter.objects.count() == 2


def test_a_social_worker_may_not_agree(ready: list[Plan], dev: Staff) -> None:
    with pytest.raises(PermissionDenied):
        actions.agree(ready, judged=ALL_MET, by=dev, at=FRIDAY_6_FEB)

    assert nothing_changed(ready)


def test_nobody_agrees_a_plan_they_sent(ready: list[Plan], ruth: Staff) -> None:
    Plan.objects.update(offered_by=ruth.sign_in)

    with pytest.raises(PermissionDenied, match="of their own"):
        actions.agree(again(ready), judged=ALL_MET, by=ruth, at=FRIDAY_6_FEB)

    assert nothing_changed(ready)


def test_nobody_agrees_a_plan_of_their_own_or_of_somebody_they_act_for(
    ready: list[Plan], ruth: Staff
) -> None:
    people.let_act_for(
        ruth.sign_in, person=ready[1].person, kind="attorney", authority="x", at=FRIDAY_6_FEB
    )

    with pytest.raises(PermissionDenied, match="of their own"):
        actions.agree(ready, judged=ALL_MET, by=ruth, at=FRIDAY_6_FEB)

    assert nothing_changed(ready)


def test_a_manager_of_another_team_may_not_agree(ready: list[Plan], ruth: Staff) -> None:
    Staff.objects.filter(pk=ruth.pk).update(team=Staff.objects.get(name="Priya Fenwick").team)

    with pytest.raises(PermissionDenied):
        actions.agree(ready, judged=ALL_MET, by=Staff.objects.get(pk=ruth.pk), at=FRIDAY_6_FEB)


def test_a_test_judged_not_met_refuses(ready: list[Plan], ruth: Staff) -> None:
    with pytest.raises(actions.CannotAgree, match="judged that it is not affordable"):
        actions.agree(
            ready, judged=Judged(True, True, False), because="x", by=ruth, at=FRIDAY_6_FEB
        )

    assert nothing_changed(ready)


def test_a_test_that_nobody_judged_refuses(ready: list[Plan], ruth: Staff) -> None:
    with pytest.raises(actions.CannotAgree, match="Choose whether it is legal"):
        actions.agree(ready, judged=Judged(None, True, True), by=ruth, at=FRIDAY_6_FEB)


def test_a_plan_of_budget_lines_only_is_refused(ready: list[Plan], ruth: Staff) -> None:
    PlanLine.objects.filter(plan=ready[1]).exclude(paid_from="budget").delete()

    with pytest.raises(actions.CannotAgree, match="budget lines only"):
        actions.agree(ready, judged=ALL_MET, because="x", by=ruth, at=FRIDAY_6_FEB)

    assert nothing_changed(ready)


def test_a_reason_that_is_kept_overcomes_what_is_not_firm(ready: list[Plan], ruth: Staff) -> None:
    Plan.objects.filter(pk=ready[0].pk).update(long_goals="")
    with pytest.raises(actions.CannotAgree) as refused:
        actions.agree(ready, judged=ALL_MET, by=ruth, at=FRIDAY_6_FEB)
    assert refused.value.gives_way

    actions.agree(ready, judged=ALL_MET, because="She will say in May", by=ruth, at=FRIDAY_6_FEB)

    assert Judgement.objects.filter(because="She will say in May").count() == 2


def test_a_departure_from_what_was_worked_out_is_agreed_with_its_reason(
    ready: list[Plan], add: AddLine, ruth: Staff
) -> None:
    add(ready[1], 2500, wish="Two nights")
    with pytest.raises(actions.CannotAgree, match="Say why they differ"):
        actions.agree(again(ready), judged=ALL_MET, by=ruth, at=FRIDAY_6_FEB)

    why = {ready[1].pk: "He walks at night"}
    actions.agree(again(ready), judged=ALL_MET, departure=why, by=ruth, at=FRIDAY_6_FEB)

    his = again(ready)[1]
    assert (his.agreed_weekly_pence, his.departure_because) == (19600, "He walks at night")
    budget = IndicativeBudget.objects.filter(person=his.person).first()
    assert budget is not None
    assert (budget.weekly_pence, budget.because) == (19600, "He walks at night")


def test_what_was_read_is_what_is_agreed(ready: list[Plan], edith_in: SignIn, ruth: Staff) -> None:
    seen = {plan.pk: plan.version for plan in ready}
    plan_actions.write_words(
        ready[0], {"matters": "New"}, seen=ready[0].version, by=edith_in, at=FRIDAY_6_FEB
    )

    with pytest.raises(actions.CannotAgree, match="changed while you were reading"):
        actions.agree(again(ready), judged=ALL_MET, seen=seen, by=ruth, at=FRIDAY_6_FEB)

    assert nothing_changed(ready)


def test_the_persons_words_are_taken_down_only_when_the_plan_is_agreed(
    offered: list[Plan], ruth: Staff
) -> None:
    one, both = {offered[0].pk: "Number 12"}, {plan.pk: "Number 12" for plan in offered}
    with pytest.raises(actions.CannotAgree):
        actions.agree(offered, judged=ALL_MET, network=one, by=ruth, at=FRIDAY_6_FEB)
    assert {plan.network for plan in again(offered)} == {""}

    actions.agree(offered, judged=ALL_MET, network=both, by=ruth, at=FRIDAY_6_FEB)

    assert {plan.network for plan in again(offered)} == {"Number 12"}


def test_a_judgement_is_never_changed(agreed: list[Plan]) -> None:
    with pytest.raises(DatabaseError, match="Cannot update"):
        Judgement.objects.update(because="Something else")


def test_returning_says_why_to_the_writer_and_the_worker(
    offered: list[Plan], ruth: Staff, dev: Staff
) -> None:
    actions.return_plans(offered, because="Say how he meets people", by=ruth, at=FRIDAY_6_FEB)

    assert {(p.status, p.returned_because) for p in again(offered)} == {
        (Status.RETURNED, "Say how he meets people")
    }
    letter = Letter.objects.get()
    assert letter.to == offered[0].person
    assert {"kind": "text", "text": "Say how he meets people"} in letter.body
    tasks = Task.objects.filter(done_at=None)
    assert {(task.owner, task.kind) for task in tasks} == {(dev, "plan.returned")}
    assert not Clock.objects.filter(stopped_at=None).exists()


def test_a_returned_plan_is_sent_again_and_its_task_is_done(
    offered: list[Plan], ruth: Staff, edith_in: SignIn
) -> None:
    actions.return_plans(offered, because="More", by=ruth, at=FRIDAY_6_FEB)

    later = FRIDAY_6_FEB + timedelta(hours=1)
    actions.send(again(offered), because={}, by=edith_in, at=later)

    assert {(p.status, p.returned_because) for p in again(offered)} == {(Status.OFFERED, "")}
    assert [t.kind for t in Task.objects.filter(done_at=None)] == ["plan.approve"]
    assert Clock.objects.filter(stopped_at=None).count() == 2


@pytest.mark.parametrize("because", ["", "  "])
def test_returning_without_a_reason_changes_nothing(
    offered: list[Plan], ruth: Staff, because: str
) -> None:
    for act in (actions.return_plans, actions.ask_panel):
        with pytest.raises(actions.NeedsReason):
            act(offered, because=because, by=ruth, at=FRIDAY_6_FEB)

    assert nothing_changed(offered)


def test_a_plan_that_went_to_the_panel_waits_for_its_answer(ready: list[Plan], ruth: Staff) -> None:
    actions.ask_panel(ready, because="Is the garden safe?", by=ruth, at=FRIDAY_6_FEB)
    with pytest.raises(actions.CannotAgree, match="risk panel"):
        actions.agree(ready, judged=ALL_MET, because="x", by=ruth, at=FRIDAY_6_FEB)

    later = datetime(2026, 2, 9, 9, 0, tzinfo=LONDON)
    actions.write_panel_answer(ready, answer="Yes, with the sensor", by=ruth, at=later)
    actions.agree(again(ready), judged=ALL_MET, by=ruth, at=later)

    assert {plan.status for plan in again(ready)} == {Status.AGREED}


def test_the_panel_answers_only_what_it_was_asked(ready: list[Plan], ruth: Staff) -> None:
    with pytest.raises(actions.CannotAnswer):
        actions.write_panel_answer(ready, answer="Yes", by=ruth, at=FRIDAY_6_FEB)


def test_a_plan_that_does_not_wait_is_not_returned(agreed: list[Plan], ruth: Staff) -> None:
    with pytest.raises(actions.CannotAgree, match="not waiting"):
        actions.return_plans(agreed, because="More", by=ruth, at=FRIDAY_6_FEB)

    assert {plan.status for plan in again(agreed)} == {Status.AGREED}


@pytest.fixture
def cheap(budgets: list[Plan], add: AddLine, edith_in: SignIn) -> list[Plan]:
    """His plan costs £25.00 a week, less than the £30.00 he would pay of his whole budget."""
    hers, his = budgets
    charging.give_finances(his.person, facts={"income_pence": 24500}, by=edith_in, at=TUESDAY_3_FEB)
    add(his, 2500)
    add(hers, 3800)
    for plan in budgets:
        add(plan, 0, "community")
    Plan.objects.update(
        strengths="A garden", matters="Home", short_goals="Swim", long_goals="Both", network="Ann"
    )
    actions.send(again(budgets), because={}, by=edith_in, at=TUESDAY_3_FEB)
    return again(budgets)


def test_nobody_pays_more_than_their_plan_costs(cheap: list[Plan], ruth: Staff) -> None:
    approval = queries.approval(cheap[1], on=FRIDAY_6_FEB.date())
    paid = {one.plan.person.first_name: approval.charges.get(one.plan.person_id)
            for one in approval.weighed}  # fmt: skip

    assert paid["Harold"] == 2500
    assert (approval.charge_pence, approval.council_pays_pence) == (2500, 3800)


def test_the_page_and_the_letter_say_what_is_paid_of_the_plan(
    cheap: list[Plan], ruth: Staff, edith_in: SignIn, client: Client
) -> None:
    client.force_login(ruth.sign_in)
    page = client.get(reverse("approve", args=[cheap[1].pk])).text
    why = {plan.pk: "It is all he wants" for plan in cheap}
    actions.agree(cheap, judged=ALL_MET, departure=why, by=ruth, at=FRIDAY_6_FEB)
    letter = Letter.objects.get(kind="plan.agreed", person=cheap[1].person)

    assert "They pay £25.00, the council £38.00" in page
    assert "−£" not in page
    said = [block["text"] for block in letter.body if block["kind"] == "text"]
    assert "Harold pays £25.00 of it a week, and the council pays £0.00." in said
    client.force_login(edith_in)
    assert "that counts the £25.00 that Harold pays" in client.get("/my/plan/").text


def test_two_of_one_name_are_told_apart_on_every_page_that_shows_both(
    offered: list[Plan], ruth: Staff, client: Client
) -> None:
    for plan, first in zip(offered, ("Rita", "Wanda"), strict=True):
        Person.objects.filter(pk=plan.person_id).update(
            title="Ms", first_name=first, last_name="Kelworth"
        )
    client.force_login(ruth.sign_in)
    his = offered[1]

    for address in (
        reverse("approve", args=[his.pk]),
        reverse("plan", args=[his.pk]),
    ):
        text = client.get(address).text
        assert "Wanda Kelworth" in text
        assert "Rita Kelworth" in text
        assert "Ms Kelworth" not in text
    headings = re.findall(
        r"<h2[^>]*>(.*?)</h2>", client.get(reverse("approve", args=[his.pk])).text
    )
    assert len(headings) == len(set(headings))
