"""Sharing a plan and stopping at once; what providers and brokers add to it."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from ownway.foundation.council.models import Organisation, OrganisationMember, SignIn
from ownway.foundation.people import actions as people
from ownway.foundation.plan import actions as plans
from ownway.foundation.plan.access import PART, WHOLE, consent_scope
from ownway.foundation.plan.models import Plan, PlanLine
from ownway.foundation.record import actions as record
from ownway.journey.arranging import access, queries


class NotInThePlan(Exception):
    """An organisation that has no part in this plan cannot be shown any of it."""


@transaction.atomic
def share(plan: Plan, *, organisation: Organisation, by: SignIn, at: datetime) -> None:
    """Let an organisation see its part of a plan, or a broker the whole.

    Raises:
        PermissionDenied: `by` is not the person, nor acts for them.
        NotInThePlan: the organisation has no part in it.
    """
    access.require_may_share(by, plan, at=at)
    what = _what(plan, organisation)
    scope = consent_scope(what, organisation.pk)
    given = people.give_consent(plan.person, scope=scope, given_to=organisation.name, by=by, at=at)
    if given.given_at == at:
        part = "your whole plan" if what == WHOLE else "their part of your plan"
        _tell("plan.shared", plan, f"You let {organisation.name} see {part}", by=by, at=at)


@transaction.atomic
def stop_sharing(plan: Plan, *, organisation: Organisation, by: SignIn, at: datetime) -> bool:
    """Stop an organisation from seeing anything of a plan, from this moment.

    Raises:
        PermissionDenied: `by` is not the person, nor acts for them.
    """
    access.require_may_share(by, plan, at=at)
    ended = [
        people.withdraw_consent(plan.person, scope=consent_scope(what, organisation.pk), at=at)
        for what in (PART, WHOLE)
    ]
    if any(ended):
        words = f"You stopped sharing your plan with {organisation.name}"
        _tell("plan.sharing_stopped", plan, words, by=by, at=at)
    return any(ended)


def _what(plan: Plan, organisation: Organisation) -> str:
    if plan.broker_id == organisation.pk:
        return WHOLE
    if PlanLine.objects.filter(plan=plan, organisation=organisation, not_found=False).exists():
        return PART
    raise NotInThePlan(f"{organisation.name} has no part in this plan")


@transaction.atomic
def say_how(line: PlanLine, *, words: str, by: OrganisationMember, at: datetime) -> PlanLine:
    """Write how a provider will support what the person wants, on its own line.

    Raises:
        PermissionDenied: the line is not shared with them now.
    """
    shared = queries.part(by.sign_in, line.pk, at=at)
    if shared is None:
        raise PermissionDenied("This part of the plan is not shared with you")
    if shared.provider_words == words:
        return shared
    line = PlanLine.objects.select_for_update(of=("self",)).get(pk=shared.pk)
    line.provider_words, line.provider_words_at = words, at
    line.save(update_fields=["provider_words", "provider_words_at"])
    told = f"{by.organisation.name} wrote how they will help: {line.wish}"
    _tell("plan.provider_wrote", shared.plan, told, by=by.sign_in, at=at, line=line.pk)
    return line


@transaction.atomic
def suggest(
    plan: Plan, *, wish: str, support: str, by: OrganisationMember, at: datetime
) -> PlanLine:
    """Suggest support for the person to take up or leave; it costs nothing until they do.

    Raises:
        PermissionDenied: the plan is not shared with them now.
    """
    shared = queries.whole_plan(by.sign_in, plan.pk, at=at)
    if shared is None:
        raise PermissionDenied("This plan is not shared with you")
    same = PlanLine.objects.filter(plan=shared, wish=wish, support=support).first()
    if same:
        return same
    line = plans.add_line(
        shared,
        wish=wish,
        support=support,
        paid_from="",
        not_found=True,
        by=by.sign_in,
        at=at,
    )
    told = f"{by.organisation.name} suggests for your plan: {support}"
    _tell("plan.suggested", shared, told, by=by.sign_in, at=at, line=line.pk)
    return line


def _tell(
    kind: str, plan: Plan, words: str, *, by: SignIn, at: datetime, line: int | None = None
) -> None:
    record.write(kind, about=plan.person, by=by, at=at, words=words, plan=plan.pk, line=line)
