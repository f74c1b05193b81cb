"""Each sees only its own part, while the person consents, and not a moment longer."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from ownway.foundation.council.models import OrganisationMember, SignIn, Staff
from ownway.foundation.plan.models import Plan, PlanLine, Status
from ownway.foundation.record.models import Event
from ownway.journey.arranging import actions, queries
from tests.conftest import NOON

SOON = NOON + timedelta(minutes=1)


def seen_by(member: OrganisationMember) -> list[str]:
    return [line.wish for line in queries.parts(member.sign_in, at=SOON)]


def test_nothing_is_seen_before_the_person_consents(
    plan: Plan, brightsteps: OrganisationMember, petra: OrganisationMember
) -> None:
    assert seen_by(brightsteps) == []
    assert not queries.whole_plans(petra.sign_in, at=SOON)


def test_each_provider_sees_its_own_part_only(
    plan: Plan, edith_in: SignIn, brightsteps: OrganisationMember, millrace: OrganisationMember
) -> None:
    for member in (brightsteps, millrace):
        actions.share(plan, organisation=member.organisation, by=edith_in, at=NOON)

    assert (seen_by(brightsteps), seen_by(millrace)) == (["A clean home"], ["Good company"])


def test_consent_taken_back_ends_it_at_once_for_that_one_and_may_be_given_again(
    plan: Plan, edith_in: SignIn, brightsteps: OrganisationMember, millrace: OrganisationMember
) -> None:
    for member in (brightsteps, millrace):
        actions.share(plan, organisation=member.organisation, by=edith_in, at=NOON)

    actions.stop_sharing(plan, organisation=brightsteps.organisation, by=edith_in, at=SOON)
    assert (seen_by(brightsteps), seen_by(millrace)) == ([], ["Good company"])

    actions.share(plan, organisation=brightsteps.organisation, by=edith_in, at=SOON)
    assert seen_by(brightsteps) == ["A clean home"]


def test_sharing_twice_is_told_once(
    plan: Plan, edith_in: SignIn, brightsteps: OrganisationMember
) -> None:
    for at in (NOON, SOON):
        actions.share(plan, organisation=brightsteps.organisation, by=edith_in, at=at)

    assert Event.objects.filter(kind="plan.shared").count() == 1


def test_a_plan_that_is_still_being_written_is_not_shown_to_providers(
    plan: Plan, edith_in: SignIn, brightsteps: OrganisationMember
) -> None:
    actions.share(plan, organisation=brightsteps.organisation, by=edith_in, at=NOON)
    Plan.objects.filter(pk=plan.pk).update(status=Status.RETURNED)

    assert seen_by(brightsteps) == []


def test_an_organisation_without_a_part_is_shown_nothing(
    plan: Plan, edith_in: SignIn, petra: OrganisationMember
) -> None:
    with pytest.raises(actions.NotInThePlan):
        actions.share(plan, organisation=petra.organisation, by=edith_in, at=NOON)


def test_only_the_person_or_who_acts_for_them_shares(
    plan: Plan, dev: Staff, brightsteps: OrganisationMember
) -> None:
    for somebody in (dev.sign_in, brightsteps.sign_in):
        with pytest.raises(PermissionDenied):
            actions.share(plan, organisation=brightsteps.organisation, by=somebody, at=NOON)
        with pytest.raises(PermissionDenied):
            actions.stop_sharing(plan, organisation=brightsteps.organisation, by=somebody, at=NOON)


def test_a_provider_says_how_it_will_help_once(
    plan: Plan, her_line: PlanLine, edith_in: SignIn, brightsteps: OrganisationMember
) -> None:
    actions.share(plan, organisation=brightsteps.organisation, by=edith_in, at=NOON)

    for _ in range(2):
        actions.say_how(her_line, words="Nell comes on Tuesdays", by=brightsteps, at=SOON)

    her_line.refresh_from_db()
    assert (her_line.provider_words, her_line.provider_words_at) == ("Nell comes on Tuesdays", SOON)
    event = Event.objects.get(kind="plan.provider_wrote")
    assert (event.by_as, event.person) == ("Brightsteps", plan.person)


def test_a_provider_writes_on_nobody_elses_line_nor_after_consent_ends(
    plan: Plan,
    her_line: PlanLine,
    edith_in: SignIn,
    brightsteps: OrganisationMember,
    millrace: OrganisationMember,
) -> None:
    for member in (brightsteps, millrace):
        actions.share(plan, organisation=member.organisation, by=edith_in, at=NOON)
    actions.stop_sharing(plan, organisation=brightsteps.organisation, by=edith_in, at=NOON)

    for member in (brightsteps, millrace):
        with pytest.raises(PermissionDenied):
            actions.say_how(her_line, words="x", by=member, at=SOON)

    her_line.refresh_from_db()
    assert her_line.provider_words == ""


def chosen(plan: Plan, petra: OrganisationMember, edith_in: SignIn) -> Plan:
    Plan.objects.filter(pk=plan.pk).update(broker=petra.organisation)
    plan.refresh_from_db()
    actions.share(plan, organisation=petra.organisation, by=edith_in, at=NOON)
    return plan


def test_a_broker_sees_the_whole_plan_of_who_chose_them_until_they_stop(
    plan: Plan, edith_in: SignIn, petra: OrganisationMember, brightsteps: OrganisationMember
) -> None:
    chosen(plan, petra, edith_in)
    assert list(queries.whole_plans(petra.sign_in, at=SOON)) == [plan]
    assert not queries.whole_plans(brightsteps.sign_in, at=SOON)

    actions.stop_sharing(plan, organisation=petra.organisation, by=edith_in, at=SOON)

    assert not queries.whole_plans(petra.sign_in, at=SOON)


def test_a_broker_suggests_support_that_costs_nothing_until_it_is_taken_up(
    plan: Plan, edith_in: SignIn, petra: OrganisationMember
) -> None:
    chosen(plan, petra, edith_in)

    for _ in range(2):
        actions.suggest(plan, wish="More music", support="Choir", by=petra, at=SOON)

    line = PlanLine.objects.get(wish="More music")
    assert (line.not_found, line.cost_pence, line.support) == (True, 0, "Choir")
    assert Event.objects.filter(kind="plan.suggested").count() == 1


def test_a_broker_nobody_chose_suggests_nothing(plan: Plan, petra: OrganisationMember) -> None:
    with pytest.raises(PermissionDenied):
        actions.suggest(plan, wish="More music", support="Choir", by=petra, at=SOON)

    assert not PlanLine.objects.filter(wish="More music").exists()
