"""Giving a rating, changing it, proving an address, and taking it back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.crypto import salted_hmac

from ownway.community.directory.models import Entry
from ownway.community.quality import access
from ownway.community.quality.actions import tasks, telling
from ownway.community.quality.actions.following import recount
from ownway.community.quality.models import STANDING, Rating, RatingStatus
from ownway.community.quality.queries import ratings as queries
from ownway.community.quality.queries.ratings import day
from ownway.foundation.council.actions import working_days_after
from ownway.foundation.council.models import SignIn
from ownway.foundation.council.queries import rules

LINK_LASTS = timedelta(days=7)
MOST_A_DAY = 5
HELD, PUBLISHED = RatingStatus.HELD, RatingStatus.PUBLISHED


class CannotRate(Exception):
    """Why a rating is not taken; the words are for whoever wrote it."""


@dataclass(frozen=True)
class Said:
    """What somebody says of an entry."""

    stars: int
    words: str
    part: str


@transaction.atomic
def give(entry: Entry, said: Said, *, by: SignIn, at: datetime) -> Rating:
    """Rate, or change what was said before; shown at once unless there is a reason to look first.

    The same words sent twice are one rating.

    Raises:
        CannotRate: they work here or for an organisation, or the entry is not in the directory.
    """
    if not access.is_resident(by):
        raise CannotRate("Staff and providers do not rate. Sign in with your own way in")
    entry = _rated(entry)
    rating = _standing(entry, by)
    if _is_same(rating, said):
        return rating
    _say(rating, said, at=at)
    _end_others(rating, at=at)
    return _settle_or_hold(rating, at=at)


@transaction.atomic
def give_without_signing_in(
    entry: Entry, said: Said, *, email: str, at: datetime, link: Callable[[Rating], str]
) -> Rating:
    """Keep what somebody without a way in says, until they press the link that is sent to them.

    Raises:
        CannotRate: the address has been used too often today, or the entry is not listed.
    """
    entry = _rated(entry)
    source = source_of(email)
    mine = Rating.objects.filter(source=source)
    waiting = mine.filter(entry=entry, status=RatingStatus.UNPROVED).first()
    since = at - timedelta(days=1)
    if waiting is None and mine.filter(given_at__gt=since).count() >= MOST_A_DAY:
        raise CannotRate("This e-mail address has been used many times today. Try again tomorrow")
    rating = waiting or Rating(entry=entry, email=email, source=source)
    if not _is_same(rating, said):
        _say(rating, said, at=at)
        rating.status = RatingStatus.UNPROVED
        rating.save()
    text = (
        f"You told us what you think of {entry.name}. Press this link, and we will read it:\n\n"
        f"{link(rating)}\n\nIt works for {LINK_LASTS.days} days. "
        "If it was not you, do nothing."
    )
    subject = f"Send what you think of {entry.name}"
    telling.tell_rater(rating, subject=subject, text=text, what="prove", at=at)
    return rating


@transaction.atomic
def prove(rating: Rating, *, at: datetime) -> Rating:
    """The address is theirs: what they wrote waits for a check, in place of what they said before.

    Raises:
        CannotRate: the link is too old, or what it led to is gone.
    """
    rating = _locked(rating)
    if rating.status != RatingStatus.UNPROVED:
        return rating
    if at - rating.given_at > LINK_LASTS:
        raise CannotRate("This link is too old. Please write what you think again")
    _end_others(rating, at=at)
    return _settle_or_hold(rating, at=at)


@transaction.atomic
def take_back(rating: Rating, *, by: SignIn, at: datetime) -> Rating:
    """Take back what one said oneself.

    Raises:
        CannotRate: it is somebody else's, or is at an end already.
    """
    rating = _locked(rating)
    if rating.by_id != by.pk or rating.status not in STANDING:
        raise CannotRate("There is no rating of yours to take back")
    _end(rating, at=at)
    recount(rating.entry, at=at)
    return rating


@transaction.atomic
def forget_unproved(*, at: datetime) -> int:
    """Let go of what nobody proved in time, with its address. Returns how many there were."""
    old = Rating.objects.filter(status=RatingStatus.UNPROVED, given_at__lt=at - LINK_LASTS)
    return old.delete()[1].get("quality.Rating", 0)


def source_of(email: str) -> str:
    """An address made unreadable: it tells whether two ratings are by one person, and no more."""
    return salted_hmac("ownway.quality.rating", email.strip().lower()).hexdigest()


def _rated(entry: Entry) -> Entry:
    """The entry, locked so that two ratings of one person do not pass each other."""
    locked = Entry.objects.select_for_update(of=("self",)).select_related("owner")
    entry = locked.get(pk=entry.pk)
    if entry.hidden_for:
        raise CannotRate("This is not in the directory any more")
    return entry


def _standing(entry: Entry, by: SignIn) -> Rating:
    found = Rating.objects.filter(entry=entry, by=by, status__in=STANDING).first()
    return found or Rating(entry=entry, by=by, source=source_of(by.email))


def _locked(rating: Rating) -> Rating:
    found = Rating.objects.select_for_update(of=("self",)).select_related("entry__owner")
    return found.get(pk=rating.pk)


def _is_same(rating: Rating, said: Said) -> bool:
    before = (rating.stars, rating.words, rating.part)
    return rating.pk is not None and before == (said.stars, said.words, said.part)


def _say(rating: Rating, said: Said, *, at: datetime) -> None:
    """Put the words in; a reply and a check were of other words, so both are gone with them."""
    rating.stars, rating.words, rating.part = said.stars, said.words, said.part
    rating.given_at = at
    rating.version = rating.version + 1 if rating.pk else 1
    rating.settled_at = rating.settled_by = rating.asked_at = rating.reply_by_on = None
    rating.reply, rating.replied_at, rating.replied_by = "", None, None
    rating.because = ""


def _settle_or_hold(rating: Rating, *, at: datetime) -> Rating:
    pack = rules(day(at))
    rating.held_for = queries.reasons_to_hold(rating, pack=pack)
    rating.status = HELD if rating.held_for else PUBLISHED
    rating.due_on = None
    if rating.held_for:
        rating.due_on = working_days_after(day(at), pack.value("rating_check_days"))
    rating.save()
    recount(rating.entry, at=at)
    if rating.due_on is not None:
        words = f"Check a rating of {rating.entry.name}: {rating.held_for[0].lower()}"
        tasks.give(
            "rating", words=words, pk=rating.pk, page="quality-rating", due_on=rating.due_on, at=at
        )
    return rating


def _end_others(rating: Rating, *, at: datetime) -> None:
    """Of one person one rating stands, whether or not they had signed in for the other."""
    others = Rating.objects.select_for_update(of=("self",)).filter(
        entry=rating.entry, source=rating.source, status__in=[HELD, PUBLISHED]
    )
    for one in others.exclude(pk=rating.pk):
        _end(one, at=at)


def _end(rating: Rating, *, at: datetime) -> None:
    rating.status, rating.settled_at = RatingStatus.TAKEN_BACK, at
    rating.email, rating.due_on = "", None
    rating.save()
    tasks.finish("rating", pk=rating.pk, by=rating.by, at=at)
