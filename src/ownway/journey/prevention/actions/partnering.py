"""Sending somebody to a partner, as they agreed; the partner's answer, and what came of it."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Final

from django.db import IntegrityError, transaction
from django.urls import reverse

from ownway.design.dates import day_and_month
from ownway.foundation.council import access as council_access
from ownway.foundation.council import queries as council
from ownway.foundation.council.actions import working_days_after
from ownway.foundation.council.models import SignIn, Staff
from ownway.foundation.letters import actions as letters
from ownway.foundation.letters.models import Outbox
from ownway.foundation.people import actions as people
from ownway.foundation.people.models import Person
from ownway.foundation.plan import actions as plans
from ownway.foundation.plan.models import Often, PaidFrom
from ownway.foundation.record import actions as record
from ownway.journey.prevention.actions.giving import DO, day_of, due, setting
from ownway.journey.prevention.actions.linking import by_link
from ownway.journey.prevention.models import Answer, Offer, PartnerKind, PartnerReferral

TASK: Final = "partner.answer"
FOLLOW_UP: Final = "partner.outcome"
WISHES: Final[Mapping[str, str]] = {
    PartnerKind.EXTRA_CARE: "A home of my own, with care at hand",
    PartnerKind.SUPPORTED: "A home of my own, with support",
    PartnerKind.URGENT: "Help at home instead of hospital",
    PartnerKind.CRISIS: "Help in a crisis",
    PartnerKind.FALLS: "Steady on my feet",
    PartnerKind.FIRE: "Safe from fire at home",
    PartnerKind.HANDY_PERSON: "Small jobs done at home",
    PartnerKind.WARM_HOME: "A warm and dry home",
}


class CannotRefer(Exception):
    """What stops this: every reason, by the field that mends it."""

    def __init__(self, problems: list[tuple[str, str]]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(words for _, words in problems))


@transaction.atomic
def refer(
    person: Person,
    offer: Offer,
    *,
    because: str,
    consent_by: str,
    by: Staff,
    at: datetime,
    site: str = "",
) -> PartnerReferral:
    """Send somebody to a partner: they agreed, the partner is asked, an answer is due.

    With the address of our `site`, the partner is sent a link to answer by, without an account.

    Raises:
        PermissionDenied: `by` does not do prevention.
        CannotRefer: no reason, nobody agreed, the offer has ended, or it was asked already.
    """
    council_access.require(by.sign_in, DO)
    _refuse(offer, because=because, consent_by=consent_by)
    days = offer.answer_days
    days = setting("partner_answer_days", at=at) if days is None else days
    due_on = working_days_after(day_of(at), days)
    try:
        with transaction.atomic():
            made = PartnerReferral.objects.create(
                person=person,
                offer=offer,
                because=because.strip()[:500],
                consent_by=consent_by.strip()[:120],
                asked_at=at,
                asked_by=by,
                due_on=due_on,
            )
    except IntegrityError as same:
        raise CannotRefer([("because", f"{offer.name} was asked already")]) from same
    people.give_consent(
        person, scope=f"partner:{offer.key}"[:60], given_to=offer.name, by=by.sign_in, at=at
    )
    _await_answer(made, on=due_on, at=at)
    _ask_partner(made, site=site, by=by, at=at)
    _tell_person(made, by=by, at=at)
    record.write(
        "partner.asked", about=person, by=by.sign_in, at=at, is_key=True,
        words=f"We asked {offer.name} to help you", detail=made.because, referral=made.pk,
        partner=offer.kind,
    )  # fmt: skip
    return made


def _refuse(offer: Offer, *, because: str, consent_by: str) -> None:
    problems = []
    if not offer.is_offered:
        problems.append(("because", f"{offer.name} is not offered any more"))
    if len(because.strip()) < 5:
        problems.append(("because", "Say what they need, in a sentence"))
    if len(consent_by.strip()) < 2:
        problems.append(("consent_by", "Say who agreed that we share this"))
    if problems:
        raise CannotRefer(problems)


def _await_answer(referral: PartnerReferral, *, on: date, at: datetime) -> None:
    _give(TASK, referral, f"Get the answer of {referral.offer.name}", on=on, at=at)


def _give(kind: str, referral: PartnerReferral, words: str, *, on: date, at: datetime) -> None:
    record.give_task(
        kind,
        person=referral.person,
        words=words,
        owner=referral.asked_by,
        due_at=due(on, at=at),
        at=at,
        address=reverse("partner-referral", args=[referral.person_id, referral.pk]),
        subject=_subject(referral),
        waiting_for=referral.offer.name[:60],
    )


def _subject(referral: PartnerReferral) -> str:
    return f"partner-referral:{referral.pk}"


def _ask_partner(referral: PartnerReferral, *, site: str, by: Staff, at: datetime) -> None:
    """Ask by e-mail, with nothing in it of who it is: that is told when they ring."""
    if not referral.offer.email:
        return
    link = by_link(referral, site=site)
    here = f"Answer here, with one press and no account:\n{link}\n\nOr ring" if link else "Ring"
    text = (
        f"We ask for your help for somebody, who agreed to it. Our number is {referral.pk}. "
        f"Please answer by {day_and_month(referral.due_on)}. {here} {by.name} on "
        f"{by.phone or council.identity().phone} for who it is and what they need."
    )
    letters.queue_message(
        person=None, channel=Outbox.Channel.EMAIL, address=referral.offer.email,
        subject=f"Can you help? Referral {referral.pk}", text=text,
        key=f"{_subject(referral)}:asked", at=at,
    )  # fmt: skip


def _tell_person(referral: PartnerReferral, *, by: Staff, at: datetime) -> None:
    offer, until = referral.offer, day_and_month(referral.due_on)
    letters.write_letter(
        "partner.asked", about=referral.person, to=referral.person,
        title=f"We asked {offer.name} to help",
        body=[
            {"kind": "text", "text": f"{offer.name}: {offer.does}"},
            {"kind": "text", "text": f"{referral.consent_by} agreed that we ask them. "
                                     "You can change your mind: tell us, and we stop it."},
            {"kind": "text", "text": f"{by.name} will tell you what they say by {until}. "
                                     f"If you hear nothing, call {council.identity().phone}."},
        ],
        by=by.sign_in, at=at,
    )  # fmt: skip


@transaction.atomic
def answer_referral(
    referral: PartnerReferral,
    *,
    answer: str,
    words: str,
    starts_on: date | None,
    by: Staff,
    at: datetime,
) -> PartnerReferral:
    """Keep what a partner said. A yes goes into the plan; a no says why; a wait is asked again.

    Raises:
        PermissionDenied: `by` does not do prevention.
        CannotRefer: it has ended, no answer is chosen, or a no has no reason.
    """
    council_access.require(by.sign_in, DO)
    referral = opened(referral)
    keep_answer(referral, answer=answer, words=words, starts_on=starts_on, at=at)
    if answer == Answer.NO:
        referral.ended_at, referral.outcome = at, referral.answer_words
        referral.save(update_fields=["ended_at", "outcome"])
    go_on_from_answer(referral, by=by.sign_in, at=at)
    return referral


def keep_answer(
    referral: PartnerReferral, *, answer: str, words: str, starts_on: date | None, at: datetime
) -> None:
    """Keep what a partner said, on a referral that is held.

    Raises:
        CannotRefer: no answer is chosen, or a no or a wait says nothing.
    """
    if answer not in Answer.values:
        raise CannotRefer([("answer", "Choose an answer")])
    if answer != Answer.YES and len(words.strip()) < 3:
        raise CannotRefer([("words", "Say why, or how long the wait is")])
    referral.answer, referral.answer_words = answer, words.strip()[:300]
    referral.answered_at, referral.starts_on = at, starts_on
    referral.save()


def go_on_from_answer(referral: PartnerReferral, *, by: SignIn | None, at: datetime) -> None:
    """Write the answer down, and give what follows; `by` is nobody where the partner answered."""
    record.finish_tasks(TASK, person=referral.person, by=by, at=at, subject=_subject(referral))
    _after_answer(referral, at=at)
    record.write(
        "partner.answered", about=referral.person, by=by, at=at, is_key=True,
        words=f"{referral.offer.name} said: {Answer(referral.answer).label.lower()}",
        detail=referral.answer_words, referral=referral.pk, answer=referral.answer,
        partner=referral.offer.kind,
    )  # fmt: skip


def _after_answer(referral: PartnerReferral, *, at: datetime) -> None:
    weeks = timedelta(weeks=setting("partner_outcome_weeks", at=at))
    if referral.answer == Answer.WAITS:
        _await_answer(referral, on=day_of(at) + weeks, at=at)
    if referral.answer == Answer.NO and referral.ended_at is None:
        words = f"{referral.offer.name} said no: find something else"
        _give(FOLLOW_UP, referral, words, on=working_days_after(day_of(at), 1), at=at)
    if referral.answer != Answer.YES:
        return
    by = referral.asked_by.sign_in
    begins = max(referral.starts_on or day_of(at), day_of(at))
    words = f"Ask what came of it: {referral.offer.name}"
    _give(FOLLOW_UP, referral, words, on=begins + weeks, at=at)
    plan = plans.open_plan(referral.person, by=by, at=at)
    plans.add_line(
        plan, wish=WISHES[referral.offer.kind], support=referral.offer.name,
        paid_from=PaidFrom.COMMUNITY, often=Often.ONCE,
        entry_key=referral.offer.entry_key or f"partner:{referral.offer.key}"[:64],
        by=by, at=at,
    )  # fmt: skip
    if referral.offer.is_housing:
        _take_a_home(referral.offer)


def _take_a_home(offer: Offer) -> None:
    """One fewer is free until the partner counts again."""
    held = Offer.objects.select_for_update().get(pk=offer.pk)
    if held.vacant:
        held.vacant -= 1
        held.save(update_fields=["vacant"])


@transaction.atomic
def end_referral(
    referral: PartnerReferral, *, outcome: str, by: Staff, at: datetime
) -> PartnerReferral:
    """Keep what came of it, and close it.

    Raises:
        PermissionDenied: `by` does not do prevention.
        CannotRefer: it has ended, or it does not say what came of it.
    """
    council_access.require(by.sign_in, DO)
    referral = opened(referral)
    if len(outcome.strip()) < 3:
        raise CannotRefer([("outcome", "Say what came of it")])
    referral.outcome, referral.ended_at = outcome.strip()[:300], at
    referral.save(update_fields=["outcome", "ended_at"])
    for kind in (TASK, FOLLOW_UP):
        record.finish_tasks(
            kind, person=referral.person, by=by.sign_in, at=at, subject=_subject(referral)
        )
    record.write(
        "partner.ended", about=referral.person, by=by.sign_in, at=at,
        words=f"What came of {referral.offer.name}", detail=referral.outcome,
        referral=referral.pk, partner=referral.offer.kind,
    )  # fmt: skip
    return referral


def opened(referral: PartnerReferral) -> PartnerReferral:
    """Hold a referral that still runs.

    Raises:
        CannotRefer: it has ended.
    """
    rows = PartnerReferral.objects.select_for_update(of=("self",))
    found = rows.select_related("offer", "person", "asked_by").get(pk=referral.pk)
    if found.ended_at is not None:
        raise CannotRefer([("answer", "This has ended. Send them anew if they need it again")])
    return found
