"""The pages of a plan: they work without scripts, keep what was typed, and 404 for strangers."""

from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ownway.community.directory.models import Cost, Entry, Owner, Source
from ownway.foundation.council import queries as council
from ownway.foundation.council.models import Organisation, SignIn, Staff
from ownway.foundation.people import actions as people
from ownway.foundation.people.models import Person
from ownway.foundation.plan import actions as plan_actions
from ownway.foundation.plan.models import Plan, PlanLine, Risk, Status
from ownway.foundation.record.models import AccessLog, Task
from ownway.journey.contact import actions as contacts
from tests.conftest import NOON
from tests.journey.contact.conftest import TEAPOT
from tests.journey.planning.conftest import FRIDAY_6_FEB, TUESDAY_3_FEB, AddLine, again

As = Callable[[Staff | SignIn], Client]
REFUSED = 422


@pytest.fixture(autouse=True)
def _tuesday(the_time: Callable[[datetime], None]) -> None:
    the_time(TUESDAY_3_FEB)


@pytest.fixture
def stranger(council: None) -> SignIn:
    return SignIn.objects.create_user(email="stranger@alderbrook.example", name="A Stranger")


def words(plan: Plan, about: str) -> str:
    return reverse("plan-words", args=[plan.pk, about])


# The plan page


def test_somebody_without_a_plan_may_start_one(edith: Person, edith_in: SignIn, as_: As) -> None:
    client = as_(edith_in)
    assert "You have no plan yet" in client.get("/my/plan/").content.decode()

    page = client.post("/my/plan/start/", follow=True)

    assert "Edith, this plan is yours" in page.content.decode()


def test_a_couples_plans_are_shown_together(written: list[Plan], edith_in: SignIn, as_: As) -> None:
    page = as_(edith_in).get("/my/plan/").content.decode()

    for text in (
        "It goes hand in hand with Harold’s",
        "For you",
        "For Harold",
        "£38.00 a week",
        "£171.00 a week",
        "Not from the budget",
        "£209.00",
        "Dev Marlowe",
    ):
        assert text in page


def test_a_wish_that_is_not_met_stays_on_the_page(
    couple: list[Plan], add: AddLine, edith_in: SignIn, as_: As
) -> None:
    add(couple[0], 0, "", wish="a night’s break", not_found=True)

    assert "Not found yet: a night’s break" in as_(edith_in).get("/my/plan/").content.decode()


def test_an_agreed_plan_says_what_may_change_and_when_the_review_is(
    agreed: list[Plan], edith_in: SignIn, as_: As
) -> None:
    page = as_(edith_in).get("/my/plan/").content.decode()

    for text in (
        "You may change this by up to £6.80 a week",
        "up to 10% of any line",
        "Your first review",
        "2026-03-30",
        "Checked that it is legal, will work and can be paid for, and agreed it.",
        "Not for gambling",
    ):
        assert text in page


def test_the_plan_and_the_first_page_say_the_same_of_what_comes_next(
    agreed: list[Plan], edith_in: SignIn, as_: As, the_time: Callable[[datetime], None]
) -> None:
    the_time(FRIDAY_6_FEB)
    her = as_(edith_in)

    for page in ("/my/", "/my/plan/"):
        told = her.get(page).text
        assert told.index("Choose how you take the money") < told.index("Dev Marlowe")


def test_what_has_a_price_in_the_directory_is_not_called_free(
    couple: list[Plan], add: AddLine, edith_in: SignIn, as_: As
) -> None:
    source = Source.objects.create(name="test")
    cafe = Entry.objects.create(
        name="Teapot Café", slug="teapot", source=source, key=uuid4(), changed_at=NOON
    )
    Cost.objects.create(entry=cafe, key=uuid4(), pence=200, each="each")
    add(couple[0], 0, "community", wish="Tea together", entry_key=str(cafe.key))
    add(couple[0], 0, "community", wish="A walk by the river")

    text = as_(edith_in).get("/my/plan/").text

    assert "£2.00 each" in text
    assert text.count(">Free<") == 1


def test_what_does_not_suit_is_marked_when_it_cannot_be_taken_out(
    couple: list[Plan], add: AddLine, edith: Person, edith_in: SignIn, gwen: Staff, as_: As
) -> None:
    add(couple[0], 0, "community", wish="Tea together", entry_key=TEAPOT.key, version=2)
    call = contacts.begin(by=gwen, at=NOON)
    contacts.use_person(call, edith, side="caller", by=gwen, at=NOON)
    contacts.keep(call, by=gwen, at=NOON, reason="alone", said="Lonely")
    told = contacts.pick(call, TEAPOT, by=gwen, at=NOON)
    contacts.settle_by_signpost(call, by=gwen, at=NOON)
    assert "does not suit" not in as_(edith_in).get("/my/plan/").text

    unfit = contacts.Result("does_not_suit", "transport")
    contacts.record_results(call, {told.pk: unfit}, by=gwen, at=NOON)

    text = as_(edith_in).get("/my/plan/").text
    assert "Tea together" in text
    assert "You told us that this does not suit: no transport." in text


def test_a_risk_can_be_written_in_either_of_two_plans(
    couple: list[Plan], edith_in: SignIn, as_: As
) -> None:
    her = as_(edith_in)
    text = her.get("/my/plan/").text

    for plan, whose in zip(couple, ("your", "Harold’s"), strict=True):
        address = reverse("new-risk", args=[plan.pk])
        assert f'href="{address}">Write down a risk, in {whose} plan</a>' in text
        her.post(address, {"what": f"In {whose} plan", "good": "a", "worry": "b", "fallback": "c"})
    assert {risk.plan_id for risk in Risk.objects.all()} == {plan.pk for plan in couple}


def test_looking_at_her_husbands_plan_is_logged_and_at_her_own_is_not(
    couple: list[Plan], edith_in: SignIn, as_: As
) -> None:
    as_(edith_in).get("/my/plan/")

    assert [look.person for look in AccessLog.objects.all()] == [couple[1].person]


def test_the_plan_page_asks_the_database_as_often_however_long_the_plan(
    written: list[Plan], add: AddLine, edith_in: SignIn, as_: As
) -> None:
    client = as_(edith_in)
    client.get("/my/plan/")
    with CaptureQueriesContext(connection) as few:
        client.get("/my/plan/")
    for number in range(12):
        add(written[0], 100, wish=f"More {number}")
        add(written[1], 0, "family", wish=f"More {number}")
    with CaptureQueriesContext(connection) as many:
        client.get("/my/plan/")

    assert len(many) == len(few) <= 26


# Writing


def test_words_are_saved_in_both_plans_when_she_says_so(
    couple: list[Plan], edith_in: SignIn, as_: As
) -> None:
    typed = {"seen": 1, "strengths": "I swim", "also": [couple[1].pk]}

    page = as_(edith_in).post(words(couple[0], "strengths"), typed, follow=True)

    assert "What is strong in our lives" in page.content.decode()
    assert {plan.strengths for plan in again(couple)} == {"I swim"}


def test_a_clash_shows_both_texts_and_a_second_save_keeps_what_she_wrote(
    couple: list[Plan], edith_in: SignIn, as_: As
) -> None:
    plan_actions.write_words(couple[0], {"matters": "Dev’s words"}, seen=1, by=edith_in, at=NOON)
    client = as_(edith_in)

    page = client.post(words(couple[0], "matters"), {"seen": 1, "matters": "My words"})

    assert page.status_code == REFUSED
    text = page.content.decode()
    assert "It now says: “Dev’s words”" in text
    assert "My words</textarea>" in text
    assert 'name="seen" value="2"' in text
    client.post(words(couple[0], "matters"), {"seen": 2, "matters": "My words"})
    assert again(couple)[0].matters == "My words"


def test_what_he_wrote_meanwhile_is_shown_before_both_plans_say_the_same(
    couple: list[Plan], edith_in: SignIn, as_: As
) -> None:
    plan_actions.write_words(couple[1], {"strengths": "Dev’s words"}, seen=1, by=edith_in, at=NOON)
    both = [couple[1].pk]
    typed = {"seen": 1, "strengths": "I swim", "also": both, f"also_seen_{couple[1].pk}": 1}
    client = as_(edith_in)

    page = client.post(words(couple[0], "strengths"), typed)

    assert page.status_code == REFUSED
    assert "“Dev’s words”" in page.content.decode()
    assert [plan.strengths for plan in again(couple)] == ["I swim", "Dev’s words"]
    typed |= {"seen": 2, f"also_seen_{couple[1].pk}": 2}
    assert f'name="also_seen_{couple[1].pk}" value="2"' in page.content.decode()
    client.post(words(couple[0], "strengths"), typed)
    assert {plan.strengths for plan in again(couple)} == {"I swim"}


@pytest.mark.parametrize("seen", ["", "x", "999999999999", "-4"])
def test_a_lost_version_overwrites_nothing(
    couple: list[Plan], edith_in: SignIn, as_: As, seen: str
) -> None:
    plan_actions.write_words(couple[0], {"matters": "First"}, seen=1, by=edith_in, at=NOON)

    page = as_(edith_in).post(words(couple[0], "matters"), {"seen": seen, "matters": "Second"})

    assert page.status_code == REFUSED
    assert "Second" in page.content.decode()
    assert again(couple)[0].matters == "First"


def test_too_many_words_are_refused_and_kept(couple: list[Plan], edith_in: SignIn, as_: As) -> None:
    page = as_(edith_in).post(
        words(couple[0], "network"), {"seen": 1, "network": "wörds 🌱 " * 700}
    )

    text = page.content.decode()
    assert page.status_code == REFUSED
    assert "This is longer than 4,000 letters" in text
    assert text.count("wörds 🌱") >= 700


@pytest.mark.parametrize("link", ["not a link", "javascript:alert(1)", "ftp://x y"])
def test_a_film_has_a_web_address(couple: list[Plan], edith_in: SignIn, as_: As, link: str) -> None:
    page = as_(edith_in).post(words(couple[0], "film"), {"seen": 1, "media_link": link})

    assert page.status_code == REFUSED
    assert again(couple)[0].media_link == ""


def test_a_page_of_the_plan_that_is_not_there_is_404(
    couple: list[Plan], edith_in: SignIn, as_: As
) -> None:
    assert as_(edith_in).get(words(couple[0], "secrets")).status_code == 404


def test_a_line_is_written_in_three_steps(budgets: list[Plan], edith_in: SignIn, as_: As) -> None:
    client, his = as_(edith_in), budgets[1]

    first = client.post(reverse("new-line", args=[his.pk]), {"wish": "A clean home"})
    line = PlanLine.objects.get()
    assert first["Location"] == reverse("line-support", args=[line.pk])
    second = client.post(first["Location"], {"seen": 1, "support": "Brightsteps, home help"})
    assert second["Location"] == reverse("line-cost", args=[line.pk])
    typed = {"seen": 2, "paid_from": "budget", "hours": "4", "price_pence": "£17.00"}
    third = client.post(second["Location"], typed, follow=True).content.decode()

    assert "£68.00 a week is planned, of £171.00. £103.00 is still to plan." in third
    assert "Brightsteps, home help: 4 hours at £17.00" in third


def test_a_wish_for_which_nobody_is_found_is_kept(
    couple: list[Plan], edith_in: SignIn, as_: As
) -> None:
    client = as_(edith_in)
    client.post(reverse("new-line", args=[couple[0].pk]), {"wish": "A night’s break"})
    line = PlanLine.objects.get()

    page = client.post(
        reverse("line-support", args=[line.pk]), {"seen": 1, "do": "not-found"}, follow=True
    )

    assert "Not found yet: A night’s break" in page.content.decode()


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({}, "Choose who pays for it"),
        ({"paid_from": "budget"}, "Enter what it costs"),
        ({"paid_from": "budget", "cost_pence": "lots"}, "Enter an amount in pounds and pence"),
        ({"paid_from": "budget", "cost_pence": "-5"}, "Enter an amount in pounds and pence"),
        ({"paid_from": "budget", "cost_pence": "123456789"}, "more than £100,000"),
        ({"paid_from": "budget", "price_pence": "17"}, "Enter the hours a week"),
        ({"paid_from": "budget", "price_pence": "17", "hours": "x"}, "Enter the hours as a number"),
        ({"paid_from": "budget", "price_pence": "17", "hours": "169"}, "A week has 168 hours"),
        ({"paid_from": "budget", "price_pence": "17", "hours": "1000"}, "A week has 168 hours"),
        (
            {"paid_from": "budget", "price_pence": "17", "hours": "4", "often": "once"},
            "Give one amount for once",
        ),
        ({"paid_from": "family", "cost_pence": "5"}, "Choose who pays it, or leave this empty"),
        ({"paid_from": "nobody"}, "Select a valid choice"),
    ],
)
def test_a_cost_that_cannot_be_right_is_refused_and_kept(
    couple: list[Plan],
    add: AddLine,
    edith_in: SignIn,
    as_: As,
    typed: dict[str, str],
    error: str,
) -> None:
    line = add(couple[0], 0, "", wish="Swim", not_found=True)

    page = as_(edith_in).post(reverse("line-cost", args=[line.pk]), {"seen": 1, **typed})

    text = page.content.decode()
    assert page.status_code == REFUSED
    assert text.count(error) == 2
    line.refresh_from_db()
    assert (line.not_found, line.cost_pence) == (True, 0)


def test_money_is_put_by(budgets: list[Plan], edith_in: SignIn, as_: As) -> None:
    page = as_(edith_in).post(
        reverse("put-by", args=[budgets[0].pk]),
        {"seen": 0, "cost_pence": "10", "support": "A bad week"},
        follow=True,
    )

    assert "Put by, just in case" in page.content.decode()
    assert "£28.00 is still to plan" in page.content.decode()


def test_a_risk_has_three_sides(couple: list[Plan], edith_in: SignIn, as_: As) -> None:
    client = as_(edith_in)
    address = reverse("new-risk", args=[couple[1].pk])
    refused = client.post(address, {"what": "Alone in the garden", "good": "He is happy"})
    assert refused.status_code == REFUSED
    assert "Answer: What worries you?" in refused.content.decode()
    assert "He is happy</textarea>" in refused.content.decode()

    typed = {"what": "Alone in the garden", "good": "Happy", "worry": "Lost", "fallback": "Sensor"}
    page = client.post(address, typed, follow=True).content.decode()

    assert Risk.objects.get().plan == couple[1]
    assert all(title in page for title in ("What is good about it", "What worries us"))


def test_past_the_limit_she_is_shown_how_to_ask(
    agreed: list[Plan], edith_in: SignIn, as_: As, dev: Staff
) -> None:
    line = PlanLine.objects.get(plan=agreed[1], cost_pence=6800)
    client = as_(edith_in)

    page = client.post(
        reverse("line-cost", args=[line.pk]),
        {"seen": line.version, "paid_from": "budget", "cost_pence": "85.00"},
    )
    assert page.status_code == REFUSED
    assert "up to £6.80 a week without asking" in page.content.decode()
    assert reverse("line-ask", args=[line.pk]) in page.content.decode()

    client.post(reverse("line-ask", args=[line.pk]), {"words": "£17.00 more for an hour"})
    assert Task.objects.get(kind="plan.change_asked").owner == dev


def test_a_second_wish_about_a_line_is_asked_too_and_the_same_one_only_once(
    agreed: list[Plan], edith_in: SignIn, as_: As
) -> None:
    line = PlanLine.objects.get(plan=agreed[1], cost_pence=6800)
    client = as_(edith_in)

    for wish in ("An hour more", "On Fridays, please", "An hour more"):
        client.post(reverse("line-ask", args=[line.pk]), {"words": wish})

    asked = Task.objects.filter(kind="plan.change_asked").order_by("pk")
    assert [task.words.split(": ")[-1] for task in asked] == ["An hour more", "On Fridays, please"]


def test_a_line_is_taken_out(couple: list[Plan], add: AddLine, edith_in: SignIn, as_: As) -> None:
    line = add(couple[0], 100, wish="Swim")

    page = as_(edith_in).post(reverse("line-remove", args=[line.pk]), follow=True)

    assert "Taken out of the plan: Swim" in page.content.decode()
    assert not PlanLine.objects.exists()


@pytest.fixture
def millrace(council: None) -> Entry:
    """The council's own day service, as the directory lists it: £52.00 a session."""
    source = Source.objects.create(name="ours")
    owner = Owner.objects.create(
        key=uuid4(),
        source=source,
        name="Millrace",
        organisation=Organisation.objects.get(name="Millrace"),
    )
    entry = Entry.objects.create(
        key=uuid4(),
        slug="millrace",
        source=source,
        source_key="m",
        owner=owner,
        name="Millrace",
        what="day service",
        domains=["people"],
    )
    Cost.objects.create(key=uuid4(), entry=entry, pence=5200, each="a session")
    return entry


def test_support_is_picked_from_the_directory_with_its_price(
    budgets: list[Plan], add: AddLine, millrace: Entry, edith_in: SignIn, as_: As
) -> None:
    line = add(budgets[1], 0, "", wish="Good company", not_found=True)
    client, address = as_(edith_in), reverse("line-support", args=[line.pk])
    assert "1 found" in client.get(address, {"q": "day service"}).content.decode()

    to_cost = client.post(address, {"seen": 1, "entry": str(millrace.key)})

    line.refresh_from_db()
    assert (line.support, line.domain, line.at_source) == ("Millrace, day service", "people", True)
    assert line.organisation == Organisation.objects.get(name="Millrace")
    assert 'value="52.00"' in client.get(to_cost["Location"]).content.decode()


@pytest.mark.parametrize("key", ["nothing", "00000000-0000-0000-0000-000000000000", "' OR 1"])
def test_an_entry_that_is_not_there_is_refused_and_the_words_are_kept(
    couple: list[Plan], add: AddLine, edith_in: SignIn, as_: As, key: str
) -> None:
    line = add(couple[0], 0, "", wish="Swim", not_found=True)

    page = as_(edith_in).post(
        reverse("line-support", args=[line.pk]), {"seen": 1, "entry": key, "support": "My words"}
    )

    assert page.status_code == REFUSED
    assert "no longer in the list" in page.content.decode()
    assert 'value="My words"' in page.content.decode()


# Choosing and sending


def test_five_ways_to_plan_and_help_for_the_money(
    couple: list[Plan], edith_in: SignIn, as_: As, dev: Staff
) -> None:
    client = as_(edith_in)
    page = client.get("/my/plan/how/").content.decode()
    assert page.count('type="radio"') == 5

    after = client.post("/my/plan/how/", {"how": "myself", "money_help": "on"}, follow=True)

    assert "Dev will help you with the money part" in after.content.decode()
    assert Task.objects.get().owner == dev


def test_a_broker_is_chosen_on_a_page_of_its_own(
    couple: list[Plan], edith_in: SignIn, as_: As
) -> None:
    client = as_(edith_in)
    page = client.post("/my/plan/how/", {"how": "broker"}, follow=True).content.decode()
    assert "Many Voices" in page
    voices = page.split('name="broker" type="radio" value="')[1].split('"')[0]

    after = client.post("/my/plan/how/broker/", {"broker": voices}, follow=True)

    assert "Many Voices can now read your plan" in after.content.decode()


def test_sending_says_what_is_still_missing_and_sends_all_the_same(
    written: list[Plan], edith_in: SignIn, as_: As
) -> None:
    client = as_(edith_in)
    page = client.get("/my/plan/send/").content.decode()
    days = council.rules(TUESDAY_3_FEB.date()).value("plan_approval_days")
    assert f"you hear within {days} working days" in page
    assert "How support will grow the network: Harold" in page
    assert words(written[1], "network") in page

    client.post("/my/plan/send/")
    again_page = client.post("/my/plan/send/")

    assert {plan.status for plan in again(written)} == {Status.OFFERED}
    assert again_page.status_code == REFUSED
    assert "sent already" in again_page.content.decode()


# The desk


def judge(chosen: list[Plan], do: str, **typed: object) -> dict[str, object]:
    seen = {f"seen_{plan.pk}": plan.version for plan in chosen}
    met = {"legal": "met", "effective": "met", "affordable": "met"}
    return {"do": do, **met, **seen, **typed}


def test_plans_wait_longest_first_in_one_query_however_many(
    offered: list[Plan], ruth: Staff, as_: As, gwen: Staff, dev: Staff
) -> None:
    client = as_(ruth)
    client.get("/desk/plans/")
    with CaptureQueriesContext(connection) as few:
        page = client.get("/desk/plans/").content.decode()
    assert page.index("Edith Jones") < page.index("Harold Jones")
    for number in range(5):
        person = people.add_person(
            first_name=f"Una{number}", last_name=f"Quell{number}", by=gwen.sign_in, at=NOON
        )
        people.name_worker(person, staff=dev, at=NOON)
        plan = plan_actions.open_plan(person, by=None, at=NOON)
        Plan.objects.filter(pk=plan.pk).update(status=Status.OFFERED, offered_at=FRIDAY_6_FEB)
    with CaptureQueriesContext(connection) as many:
        page = client.get("/desk/plans/").content.decode()

    assert "Una4 Quell4" in page
    assert len(many) == len(few)


def test_an_empty_list_of_plans_explains_itself(ruth: Staff, as_: As) -> None:
    assert "No plan waits to be agreed" in as_(ruth).get("/desk/plans/").content.decode()


def test_the_approve_page_sets_evidence_beside_each_judgement(
    offered: list[Plan], ruth: Staff, as_: As
) -> None:
    page = as_(ruth).get(reverse("approve", args=[offered[0].pk])).content.decode()

    for text in (
        "Approve the plans of Harold and Edith Jones",
        "How will support grow the network? is empty",
        "£171.00 a week planned against £171.00 worked out",
        "Approve both plans",
        "Return to Mrs Jones",
        "Ask the risk panel",
        "Due Tue 10 Feb",
    ):
        assert text.lower() in page.lower()


def test_every_unmet_check_is_told_at_once_linked_to_its_field(
    offered: list[Plan], ruth: Staff, as_: As
) -> None:
    Plan.objects.update(long_goals="")
    address = reverse("approve", args=[offered[0].pk])

    page = as_(ruth).post(address, judge(again(offered), "approve", reasons="My reasons"))

    text = page.content.decode()
    assert page.status_code == REFUSED
    for plan in offered:
        assert f'href="#id_network_{plan.pk}"' in text
        assert f'id="id_network_{plan.pk}"' in text
    assert text.count("Write a goal for soon and one for later") == 2
    assert "My reasons</textarea>" in text
    assert {plan.status for plan in again(offered)} == {Status.OFFERED}


def test_both_plans_are_approved_in_one_press(ready: list[Plan], ruth: Staff, as_: As) -> None:
    client, address = as_(ruth), reverse("approve", args=[ready[0].pk])

    page = client.post(address, judge(ready, "approve"), follow=True)
    twice = client.post(address, judge(ready, "approve"), follow=True)

    assert "The plans were agreed" in page.content.decode()
    assert "not waiting to be agreed: agreed" in twice.content.decode()
    assert {plan.status for plan in again(ready)} == {Status.AGREED}


def test_what_is_typed_for_the_person_is_kept_when_the_page_refuses(
    offered: list[Plan], ruth: Staff, as_: As
) -> None:
    typed = {f"network_{offered[0].pk}": "Number 12"}

    page = as_(ruth).post(
        reverse("approve", args=[offered[0].pk]), judge(offered, "approve", **typed)
    )

    assert "Number 12</textarea>" in page.content.decode()
    assert again(offered)[0].network == ""


def test_a_plan_that_changed_meanwhile_is_read_again(
    ready: list[Plan], ruth: Staff, as_: As
) -> None:
    typed = judge(ready, "approve") | {f"seen_{ready[0].pk}": ready[0].version - 1}

    page = as_(ruth).post(reverse("approve", args=[ready[0].pk]), typed)

    assert "changed while you were reading" in page.content.decode()
    assert f'name="seen_{ready[0].pk}" value="{ready[0].version}"' in page.content.decode()


def test_returning_needs_a_reason_and_then_tells_her(
    offered: list[Plan], ruth: Staff, as_: As, edith_in: SignIn
) -> None:
    client, address = as_(ruth), reverse("approve", args=[offered[0].pk])
    refused = client.post(address, judge(offered, "return"))
    assert refused.status_code == REFUSED
    assert "Write what is missing" in refused.content.decode()

    client.post(address, judge(offered, "return", reasons="How does he meet people?"))

    assert "How does he meet people?" in as_(edith_in).get("/my/plan/").content.decode()


def test_the_panel_is_asked_and_its_answer_written_down(
    ready: list[Plan], ruth: Staff, as_: As
) -> None:
    client, address = as_(ruth), reverse("approve", args=[ready[0].pk])
    page = client.post(address, judge(ready, "panel", reasons="Is it safe?"), follow=True)
    assert "Write down the panel’s answer" in page.content.decode()
    waits = client.post(address, judge(ready, "approve"))
    assert "Wait for the risk panel’s answer" in waits.content.decode()

    client.post(reverse("panel-answer", args=[ready[0].pk]), {"answer": "Yes"})
    client.post(address, judge(ready, "approve"))

    assert {plan.status for plan in again(ready)} == {Status.AGREED}


def test_a_risk_that_is_marked_for_the_panel_keeps_a_plan_from_being_agreed(
    ready: list[Plan], edith_in: SignIn, ruth: Staff, as_: As
) -> None:
    said = {"what": "The garden gate", "good": "Out alone", "worry": "Roads", "fallback": "A tag"}
    risk = plan_actions.add_risk(ready[0], said, by=edith_in, at=NOON)
    ready = again(ready)
    client, address = as_(ruth), reverse("approve", args=[ready[0].pk])

    page = client.post(address, judge(ready, "approve", panel_risks=[risk.pk]))

    assert "Wait for the risk panel’s answer" in page.content.decode()
    assert "The garden gate" in page.content.decode()
    assert Risk.objects.get().needs_panel
    assert {plan.status for plan in again(ready)} == {Status.OFFERED}
    client.post(address, judge(ready, "approve"))
    assert {plan.status for plan in again(ready)} == {Status.AGREED}


def test_a_panel_answer_that_is_too_long_is_refused_and_kept(
    ready: list[Plan], ruth: Staff, as_: As
) -> None:
    client, address = as_(ruth), reverse("approve", args=[ready[0].pk])
    client.post(address, judge(ready, "panel", reasons="Is it safe?"))

    page = client.post(reverse("panel-answer", args=[ready[0].pk]), {"answer": "y" * 4001})

    assert page.status_code == REFUSED
    assert 'href="#id_answer"' in page.content.decode()
    assert "y" * 4001 in page.content.decode()


def test_the_worker_reads_the_plan_and_writes_down_their_help(
    couple: list[Plan], edith_in: SignIn, dev: Staff, as_: As
) -> None:
    as_(edith_in).post("/my/plan/how/", {"how": "myself", "money_help": "on"})
    client = as_(dev)
    page = client.get(reverse("plan", args=[couple[0].pk])).content.decode()
    assert "I have helped with the money part" in page

    client.post(reverse("money-helped", args=[couple[0].pk]))

    assert Task.objects.get().done_at is not None


def test_the_worker_helps_to_write_in_the_frame_of_the_desk(
    couple: list[Plan], dev: Staff, as_: As
) -> None:
    client, address = as_(dev), words(couple[0], "views")
    page = client.get(address).content.decode()
    assert 'class="govuk-template__body ow-staff"' in page

    after = client.post(address, {"seen": 1, "views": "She likes it"})

    assert after["Location"] == reverse("plan", args=[couple[0].pk])


def test_a_social_worker_may_not_open_the_approve_page(
    offered: list[Plan], dev: Staff, as_: As
) -> None:
    address = reverse("approve", args=[offered[0].pk])

    assert as_(dev).get(address).status_code == 403
    assert as_(dev).post(address, judge(offered, "approve")).status_code == 403


# Strangers


def addresses(plan: Plan, line: PlanLine, risk: Risk) -> list[str]:
    return [
        words(plan, "strengths"),
        reverse("new-line", args=[plan.pk]),
        reverse("put-by", args=[plan.pk]),
        reverse("new-risk", args=[plan.pk]),
        reverse("line", args=[line.pk]),
        reverse("line-wish", args=[line.pk]),
        reverse("line-support", args=[line.pk]),
        reverse("line-cost", args=[line.pk]),
        reverse("line-ask", args=[line.pk]),
        reverse("risk", args=[risk.pk]),
    ]


def test_nothing_of_a_plan_is_there_for_strangers(
    couple: list[Plan], add: AddLine, edith_in: SignIn, stranger: SignIn, as_: As
) -> None:
    line = add(couple[0], 100)
    risk = plan_actions.add_risk(couple[0], {"what": "x"}, by=edith_in, at=NOON)
    imogen = Staff.objects.get(name="Imogen Strand")
    here = addresses(couple[0], line, risk)

    for somebody in (stranger, imogen):
        client = as_(somebody)
        assert {client.get(address).status_code for address in here} == {404}
        assert client.post(reverse("line-remove", args=[line.pk])).status_code == 404
        assert client.post(reverse("risk-remove", args=[risk.pk])).status_code == 404
    desk = [reverse(name, args=[couple[0].pk]) for name in ("plan", "approve")]
    assert {as_(imogen).get(address).status_code for address in desk} == {404}
    assert {as_(stranger).get(address).status_code for address in desk} == {403}
    assert PlanLine.objects.exists()


def test_every_page_of_writing_opens_for_the_person(
    couple: list[Plan], add: AddLine, edith_in: SignIn, as_: As
) -> None:
    line = add(couple[0], 100)
    risk = plan_actions.add_risk(couple[0], {"what": "x"}, by=edith_in, at=NOON)
    client = as_(edith_in)

    for address in addresses(couple[0], line, risk):
        page = client.get(address)
        assert page.status_code == 200
        assert page.content.decode().count("<h1") == 1
