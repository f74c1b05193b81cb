"""Checking a rating: asking the provider, showing it, refusing it, passing it on as a concern."""

from datetime import datetime

from django.db import transaction

from ownway.community.quality import access
from ownway.community.quality.actions import tasks, telling
from ownway.community.quality.actions.following import recount
from ownway.community.quality.models import Rating, RatingStatus, Refusal
from ownway.community.quality.queries.ratings import day
from ownway.foundation.council.actions import working_days_after
from ownway.foundation.council.models import OrganisationMember, Staff
from ownway.foundation.council.queries import rules
from ownway.foundation.people import queries as people
from ownway.foundation.record import actions as record

HELD, PUBLISHED = RatingStatus.HELD, RatingStatus.PUBLISHED


class CannotModerate(Exception):
    """Why a rating cannot be settled so; the words are for the moderator."""


class CannotReply(Exception):
    """Why a provider cannot answer; the words are for the provider."""


@transaction.atomic
def ask_for_reply(rating: Rating, *, by: Staff, at: datetime) -> Rating:
    """Ask the provider to answer before a rating is settled, by a day; the check waits for it.

    Raises:
        PermissionDenied: `by` does not keep quality.
        CannotModerate: it does not wait for a check any more.
    """
    rating = _to_check(rating, by)
    days = rules(day(at)).value("rating_reply_days")
    rating.asked_at, rating.reply_by_on = at, working_days_after(day(at), days)
    rating.due_on = max(rating.due_on or rating.reply_by_on, rating.reply_by_on)
    rating.save()
    text = (
        f"Somebody has rated {rating.entry.name}, and we have not shown it yet. "
        f"Please read it and answer by {rating.reply_by_on:%-d %B %Y}."
    )
    telling.tell_provider(
        rating.entry,
        subject=f"A rating of {rating.entry.name} to answer",
        text=text,
        key=f"rating:{rating.pk}:{rating.version}:ask",
        at=at,
    )
    return rating


@transaction.atomic
def publish(rating: Rating, *, because: str, by: Staff, at: datetime) -> Rating:
    """Show a rating that was held, for a reason that is kept.

    Raises:
        PermissionDenied: `by` does not keep quality.
        CannotModerate: it does not wait any more, or there is no reason.
    """
    rating = _to_check(rating, by)
    _settle(rating, RatingStatus.PUBLISHED, because=because, by=by, at=at)
    text = f"We have read what you think of {rating.entry.name}. It is now in the directory."
    return _after(rating, text=text, by=by, at=at)


@transaction.atomic
def refuse(rating: Rating, *, why: str, because: str, by: Staff, at: datetime) -> Rating:
    """Do not show a rating, or take it down, and tell who wrote it why.

    Raises:
        PermissionDenied: `by` does not keep quality.
        CannotModerate: it is at an end, or there is no reason.
    """
    rating = _to_check(rating, by, may_be_shown=True)
    rating.refused_for = Refusal(why)
    _settle(rating, RatingStatus.REFUSED, because=because, by=by, at=at)
    text = (
        f"We have read what you think of {rating.entry.name}. We do not show it. "
        f"Why: {Refusal(why).label}. {because}\n\nYou can write it again in other words. "
        "If you think we are wrong, you can complain: the directory says how."
    )
    return _after(rating, text=text, by=by, at=at)


@transaction.atomic
def pass_on(rating: Rating, *, because: str, by: Staff, at: datetime) -> Rating:
    """Pass a rating to those who keep people safe, with who wrote it. It is never shown.

    The access desk opens a concern from the event, in its own stage.

    Raises:
        PermissionDenied: `by` does not keep quality.
        CannotModerate: it is at an end, or there is no reason.
    """
    rating = _to_check(rating, by, may_be_shown=True)
    name, phone = _who_wrote(rating)
    record.write(
        "rating.is_a_concern",
        about=None,
        by=by.sign_in,
        at=at,
        words="What was written in the directory was passed on as a concern",
        is_confidential=True,
        rating=rating.pk,
        entry=rating.entry.name,
        said=f"{rating.words}\n\nPassed on because: {because}",
        name=name,
        phone=phone,
    )
    _settle(rating, RatingStatus.PASSED, because=because, by=by, at=at)
    text = (
        f"Thank you for telling us about {rating.entry.name}. What you wrote may be about somebody "
        "not being safe. We passed it to the people who act on that, and they may ring you. "
        "We do not show it in the directory. In danger now? Call 999."
    )
    return _after(rating, text=text, by=by, at=at)


def _who_wrote(rating: Rating) -> tuple[str, str]:
    """How to reach who wrote it: those who keep people safe may need to ask them more."""
    person = people.own_person(rating.by) if rating.by else None
    name = rating.by.name if rating.by else rating.email
    return name, person.phone if person else ""


@transaction.atomic
def reply(rating: Rating, *, words: str, by: OrganisationMember, at: datetime) -> Rating:
    """A provider answers a rating; it stands beside it. Answering again takes its place.

    Raises:
        PermissionDenied: the entry is another's.
        CannotReply: the rating is not shown, and they were not asked about it.
    """
    access.require_own(by, rating.entry)
    rating = _locked(rating)
    may = rating.status == PUBLISHED or (rating.status == HELD and rating.asked_at is not None)
    if not may:
        raise CannotReply("This rating cannot be answered any more")
    rating.reply, rating.replied_at, rating.replied_by = words, at, by.sign_in
    rating.save()
    if rating.status == PUBLISHED:
        text = f"{rating.entry.name} has answered what you said. You can read it in the directory."
        subject = f"{rating.entry.name} has answered you"
        telling.tell_rater(rating, subject=subject, text=text, what="reply", at=at)
    return rating


@transaction.atomic
def remove_reply(rating: Rating, *, because: str, by: Staff, at: datetime) -> Rating:
    """Take a provider's answer down, for a reason the provider is told; they may answer again.

    Raises:
        PermissionDenied: `by` does not keep quality.
        CannotModerate: there is no answer, or no reason.
    """
    access.require_keeper(by)
    rating = _locked(rating)
    if not rating.reply or not because.strip():
        raise CannotModerate("Give a reason to take the answer down")
    rating.reply, rating.replied_at, rating.replied_by = "", None, None
    rating.save()
    telling.tell_provider(
        rating.entry,
        subject=f"Your answer to a rating of {rating.entry.name}",
        text=f"We have taken it down. Why: {because}",
        key=f"rating:{rating.pk}:reply-down:{at.timestamp():.0f}",
        at=at,
    )
    return rating


def _to_check(rating: Rating, by: Staff, *, may_be_shown: bool = False) -> Rating:
    access.require_keeper(by)
    seen, rating = rating.version, _locked(rating)
    if rating.version != seen:
        raise CannotModerate("It was changed since you opened it. Read it again, then decide")
    if rating.status != HELD and not (may_be_shown and rating.status == PUBLISHED):
        raise CannotModerate(f"This rating was settled already: {rating.get_status_display()}")
    return rating


def _locked(rating: Rating) -> Rating:
    found = Rating.objects.select_for_update(of=("self",))
    return found.select_related("entry__owner__organisation", "by").get(pk=rating.pk)


def _settle(rating: Rating, status: RatingStatus, *, because: str, by: Staff, at: datetime) -> None:
    if not because.strip():
        raise CannotModerate("Give your reason: it is kept, and told when a rating is not shown")
    rating.status, rating.because = status, because
    rating.settled_at, rating.settled_by, rating.due_on = at, by, None
    rating.save()


def _after(rating: Rating, *, text: str, by: Staff, at: datetime) -> Rating:
    """Tell who wrote it, let go of an address that is needed no more, and count anew."""
    subject = f"What you think of {rating.entry.name}"
    telling.tell_rater(rating, subject=subject, text=text, what=rating.status, at=at)
    if rating.status != PUBLISHED and rating.email:
        rating.email = ""
        rating.save(update_fields=["email"])
    tasks.finish("rating", pk=rating.pk, by=by.sign_in, at=at)
    recount(rating.entry, at=at)
    return rating
