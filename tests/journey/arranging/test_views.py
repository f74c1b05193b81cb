"""Pages of providers and brokers, and of who may see somebody's plan."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ownway.foundation.council.models import Organisation, OrganisationMember, SignIn, Staff
from ownway.foundation.people.models import Person
from ownway.foundation.plan import actions as plan_actions
from ownway.foundation.plan.models import Plan, PlanLine
from ownway.foundation.record.models import AccessLog
from ownway.journey.arranging import actions
from tests.conftest import NOON

As = Callable[[Staff | SignIn], Client]


@pytest.fixture(autouse=True)
def _noon(the_time: Callable[..., None]) -> None:
    the_time(NOON)


def press(plan: Plan, organisation: Organisation) -> str:
    return reverse("change-sharing", args=[plan.pk, organisation.pk])


def test_she_shares_one_part_and_stops_on_the_same_page(
    plan: Plan,
    her_line: PlanLine,
    edith_in: SignIn,
    brightsteps: OrganisationMember,
    as_: As,
) -> None:
    part = reverse("partner-part", args=[her_line.pk])
    shared = as_(edith_in).post(press(plan, brightsteps.organisation), {"do": "share"}, follow=True)
    assert "Brightsteps can see it now" in shared.content.decode()
    assert as_(brightsteps.sign_in).get(part).status_code == 200

    stopped = as_(edith_in).post(press(plan, brightsteps.organisation), {"do": "stop"}, follow=True)

    assert "Brightsteps can no longer see the plan" in stopped.content.decode()
    assert as_(brightsteps.sign_in).get(part).status_code == 404
    assert as_(brightsteps.sign_in).post(part, {"words": "x"}).status_code == 404


def test_the_sharing_page_says_what_each_would_see(plan: Plan, edith_in: SignIn, as_: As) -> None:
    page = as_(edith_in).get("/my/plan/sharing/").content.decode()

    for text in ("Brightsteps", "Millrace", "only this part of Harold’s plan", "Not shared."):
        assert text in page


def test_a_provider_sees_its_part_and_no_more_and_the_look_is_logged(
    plan: Plan,
    her_line: PlanLine,
    edith_in: SignIn,
    brightsteps: OrganisationMember,
    as_: As,
) -> None:
    actions.share(plan, organisation=brightsteps.organisation, by=edith_in, at=NOON)
    client = as_(brightsteps.sign_in)

    pages = (
        client.get("/partner/").content.decode()
        + client.get(reverse("partner-part", args=[her_line.pk])).content.decode()
    )

    assert "A clean home" in pages
    for hidden in ("Good company", "He has me", "His garden", "Copper Lane", "1951"):
        assert hidden not in pages
    assert [look.seen_as for look in AccessLog.objects.filter(person=plan.person)] == [
        "Brightsteps"
    ]


def test_what_a_provider_writes_is_read_by_the_person(
    plan: Plan,
    her_line: PlanLine,
    edith_in: SignIn,
    brightsteps: OrganisationMember,
    as_: As,
) -> None:
    actions.share(plan, organisation=brightsteps.organisation, by=edith_in, at=NOON)
    client, part = as_(brightsteps.sign_in), reverse("partner-part", args=[her_line.pk])
    refused = client.post(part, {"words": " "})
    assert refused.status_code == 422
    assert "Write how you will support this" in refused.content.decode()

    client.post(part, {"words": "Nell comes on Tuesdays"})

    her_page = as_(edith_in).get("/my/plan/").content.decode()
    assert "How they will help. They see this part only." in her_page
    line_page = as_(edith_in).get(reverse("line", args=[her_line.pk])).content.decode()
    assert "Nell comes on Tuesdays" in line_page


def test_empty_lists_explain_themselves(
    brightsteps: OrganisationMember, petra: OrganisationMember, as_: As
) -> None:
    provider = as_(brightsteps.sign_in).get("/partner/").content.decode()
    broker = as_(petra.sign_in).get("/partner/").content.decode()

    assert "Nobody shares a part of a plan with you just now" in provider
    assert "Nobody shares a plan with you just now" in broker


def test_a_broker_reads_the_plan_and_suggests(
    plan: Plan, edith_in: SignIn, petra: OrganisationMember, as_: As
) -> None:
    Plan.objects.update(broker=petra.organisation)
    plan.refresh_from_db()
    actions.share(plan, organisation=petra.organisation, by=edith_in, at=NOON)
    client, address = as_(petra.sign_in), reverse("partner-plan", args=[plan.pk])
    page = client.get(address).content.decode()
    assert "His garden" in page
    assert "Good company" in page

    client.post(address, {"wish": "More music", "support": "Choir"})

    assert "You thought of" not in as_(edith_in).get("/my/plan/").content.decode()
    assert "Many Voices suggests Choir" in as_(edith_in).get("/my/plan/").content.decode()


def test_others_find_no_door(
    plan: Plan,
    her_line: PlanLine,
    edith_in: SignIn,
    millrace: OrganisationMember,
    dev: Staff,
    as_: As,
) -> None:
    actions.share(
        plan, organisation=Organisation.objects.get(name="Millrace"), by=edith_in, at=NOON
    )
    part, whole = (
        reverse("partner-part", args=[her_line.pk]),
        reverse("partner-plan", args=[plan.pk]),
    )

    assert {as_(millrace.sign_in).get(address).status_code for address in (part, whole)} == {404}
    assert {as_(dev).get(address).status_code for address in ("/partner/", part, whole)} == {403}
    assert as_(millrace.sign_in).post(press(plan, millrace.organisation)).status_code == 404
    assert as_(millrace.sign_in).get(reverse("line", args=[her_line.pk])).status_code == 404


def test_the_list_of_parts_is_asked_once_however_long(
    plan: Plan, edith_in: SignIn, brightsteps: OrganisationMember, harold: Person, as_: As
) -> None:
    actions.share(plan, organisation=brightsteps.organisation, by=edith_in, at=NOON)
    client = as_(brightsteps.sign_in)
    client.get("/partner/")
    with CaptureQueriesContext(connection) as few:
        client.get("/partner/")
    for number in range(6):
        plan_actions.add_line(
            plan,
            wish=f"More {number}",
            paid_from="budget",
            organisation=brightsteps.organisation,
            by=edith_in,
            at=NOON,
        )
    with CaptureQueriesContext(connection) as many:
        page = client.get("/partner/").content.decode()

    assert "part 7 of 7" in page
    assert len(many) == len(few)


def test_a_providers_list_says_names_and_what_is_wanted_is_read_with_a_look(
    plan: Plan, her_line: PlanLine, edith_in: SignIn, brightsteps: OrganisationMember, as_: As
) -> None:
    actions.share(plan, organisation=brightsteps.organisation, by=edith_in, at=NOON)
    client = as_(brightsteps.sign_in)

    listed = client.get("/partner/").content.decode()

    assert plan.person.name in listed
    assert her_line.wish not in listed
    assert not AccessLog.objects.filter(sign_in=brightsteps.sign_in).exists()
    assert her_line.wish in client.get(reverse("partner-part", args=[her_line.pk])).content.decode()
    assert AccessLog.objects.filter(sign_in=brightsteps.sign_in, person=plan.person).count() == 1
