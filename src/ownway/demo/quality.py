"""Marks, ratings and Standards of Alderbrook, each with what is behind it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import cycle
from typing import Any

from ownway.community.directory.models import Entry
from ownway.community.quality import actions
from ownway.community.quality.models import (
    As,
    Award,
    Criteria,
    Criterion,
    LayReviewer,
    Level,
    Rating,
    RatingStatus,
    Signing,
    Sort,
    Standard,
    Standards,
)
from ownway.demo.cast import staff_named, way_in
from ownway.foundation.council.models import OrganisationMember, SignIn
from ownway.policy.ratings import average_tenths

STARTED = date(2025, 1, 6)
CRITERIA = [
    (1, "People say what they want, and it is written down", "A plan with a name blacked out", []),
    (1, "Everyone who helps was checked before they began", "Your list of checks, with dates", []),
    (1, "Prices are told before anyone says yes", "Your price list, or where it is published", []),
    (
        1,
        "You answer complaints, and change things because of them",
        "Two examples from this year",
        [],
    ),
    (
        1,
        "Medicine is given by those who are trained for it",
        "Your training list",
        [Sort.HOME_CARE, Sort.CARE_HOME, Sort.EXTRA_CARE],
    ),
    (
        1,
        "Money that you hold for people is counted each month",
        "A statement with the name blacked out",
        [Sort.MONEY],
    ),
    (2, "People who use it help to run it", "What they changed, in their words", []),
    (
        2,
        "The same faces come: people know who is at the door",
        "How many helpers a person meets",
        [],
    ),
]
STANDARDS = [
    (
        "I choose who helps me, and how",
        "You meet them first, and can ask for someone else.",
        "Offers a choice of helper, and asks again when things change.",
    ),
    (
        "I am safe, and nobody rushes me",
        "They come on time, and stay until things are done.",
        "Plans enough time, and tells people when someone is late.",
    ),
    (
        "I see people I like, and do things that matter to me",
        "Support fits round your friends and clubs.",
        "Knows what each person enjoys, and makes room for it.",
    ),
    (
        "I understand what happens, and what it costs",
        "You get plain words, and no surprise on a bill.",
        "Writes plainly, in the form each person needs.",
    ),
    (
        "When I say that something is wrong, it changes",
        "You hear what was done, within two weeks.",
        "Keeps a list of what people said and what was changed.",
    ),
]
PRAISE = {
    5: [
        "They came when they said, and stayed until it was done.",
        "Kind, and quick to listen. I would not be without them.",
        "They asked what I wanted, and did it that way.",
        "My father looks forward to it all week.",
        "Plain about the price, and good at the job.",
    ],
    4: [
        "Good on the whole. Once they were late, and they rang to say so.",
        "A friendly place. Parking is hard.",
        "They do it well. I would like to choose the time more often.",
        "We like it. It took a while to get started.",
    ],
    3: [
        "Fine when it goes well. We had three different faces in a month.",
        "All right. The letters are hard to read.",
    ],
}
ANSWERS = [
    "Thank you. We have told the team, and we are glad that it helps.",
    "Thank you for saying so. We have changed how we plan the week, so that times are kept.",
]
SIGNED = 12


def fill_quality(*, at: datetime) -> int:
    """Put awards and ratings behind every mark and star. Returns how many ratings."""
    ivo = staff_named("Ivo Stannard")
    _write_criteria(by=ivo, at=at)
    standards = _write_standards(by=ivo, at=at)
    marked = list(Entry.objects.filter(mark__gt=0).order_by("pk"))
    _award(marked, by=ivo, at=at)
    Signing.objects.bulk_create(
        Signing(entry=entry, standards=standards, signed_on=STARTED + timedelta(days=30 + number))
        for number, entry in enumerate(marked[:SIGNED])
    )
    _reviewer()
    return _rate(at=at)


def _write_criteria(*, by: Any, at: datetime) -> None:
    made = Criteria.objects.create(
        number=1, starts_on=STARTED, published_at=at, published_by=by, because="The first list"
    )
    Criterion.objects.bulk_create(
        Criterion(criteria=made, place=place, level=level, words=words, evidence=show, sorts=sorts)
        for place, (level, words, show, sorts) in enumerate(CRITERIA)
    )


def _write_standards(*, by: Any, at: datetime) -> Standards:
    made = Standards.objects.create(
        number=1,
        starts_on=STARTED,
        written_by="People who draw on care and family carers wrote it, at six meetings.",
        because="The first Standards",
        published_at=at,
        published_by=by,
    )
    Standard.objects.bulk_create(
        Standard(standards=made, place=place, statement=words, expect=expect, provider_does=does)
        for place, (words, expect, does) in enumerate(STANDARDS)
    )
    return made


def _award(marked: list[Entry], *, by: Any, at: datetime) -> None:
    """An award behind every mark; the last of them ends soon, so that its holder is reminded."""
    until = [(at + timedelta(days=240 + 13 * number)).date() for number in range(len(marked))]
    until[-1] = (at + timedelta(days=45)).date()
    for entry, day in zip(marked, until, strict=True):
        entry.mark_until = day
    Entry.objects.bulk_update(marked, ["mark_until"])
    Award.objects.bulk_create(
        Award(
            entry=entry,
            level=entry.mark,
            from_on=STARTED + timedelta(days=40),
            until_on=day,
            awarded_at=at,
            awarded_by=by,
            changed_at=at,
            because="Assessed when the mark began",
        )
        for entry, day in zip(marked, until, strict=True)
    )


def _reviewer() -> LayReviewer:
    return LayReviewer.objects.create(
        sign_in=way_in("Hattie Oaks"),
        group=LayReviewer.Group.CARER,
        trained_on=date(2025, 3, 4),
        checked_until_on=date(2028, 3, 3),
    )


def _rate(*, at: datetime) -> int:
    """Ratings that come to just the stars that an entry shows."""
    words = {stars: cycle(said) for stars, said in PRAISE.items()}
    parts, answers = cycle([As.USED_IT, As.FAMILY, As.USED_IT, As.FRIEND]), cycle(ANSWERS)
    made: list[Rating] = []
    rated = list(Entry.objects.filter(stars__isnull=False).order_by("pk"))
    for entry in rated:
        assert entry.stars is not None
        given = list(stars_that_make(int(entry.stars * 10)))
        entry.rated_by = len(given)
        for number, stars in enumerate(given):
            when = at - timedelta(days=20 + 23 * number + entry.pk % 17)
            rating = Rating(
                entry=entry,
                part=next(parts),
                stars=stars,
                words=next(words[stars]),
                status=RatingStatus.PUBLISHED,
                given_at=when,
            )
            if number % 3 == 1:
                rating.reply, rating.replied_at = next(answers), when + timedelta(days=3)
            made.append(rating)
    Rating.objects.bulk_create(made)
    Entry.objects.bulk_update(rated, ["rated_by"])
    return len(made)


def stars_that_make(tenths: int) -> Iterator[int]:
    """A few ratings of three stars or more whose average reads as these tenths."""
    for count in range(5, 11):
        total = (tenths * count + 5) // 10
        low, more = divmod(total, count)
        given = [low + 1] * more + [low] * (count - more)
        if average_tenths(given) == tenths:
            yield from given
            return
    raise ValueError(f"No ten ratings come to {tenths}")


@dataclass(frozen=True)
class Written:
    """Something written from outside, that waits for a check."""

    place: str
    stars: int
    words: str
    email: str
    days_ago: int


WAITING = (
    Written(
        "Eastfield Home Care",
        2,
        "Three weeks running nobody came before ten. Breakfast was cold.",
        "a.reader@example.org",
        2,
    ),
    Written("Doorstep Rides", 1, "Useless. Do not use them.", "one.voice@example.org", 4),
    Written("Wheels for Hire", 1, "Useless as well.", "one.voice@example.org", 4),
    Written("Swan Pool Swimmers", 1, "Useless, all of them.", "one.voice@example.org", 3),
)


def show_quality(*, at: datetime) -> None:
    """What waits at the desk: a poor rating, a pattern, an application, a report, a visit."""
    for one in WAITING:
        entry, when = Entry.objects.get(name=one.place), at - timedelta(days=one.days_ago)
        said = actions.rating.Said(one.stars, one.words, As.USED_IT)
        rating = actions.rating.give_without_signing_in(
            entry, said, email=one.email, at=when, link=lambda rating: f"number {rating.pk}"
        )
        actions.rating.prove(rating, at=when)
    _rosa_rates(at=at)
    _visit(at=at)
    _ask_for_gold(at=at)


def _rosa_rates(*, at: datetime) -> None:
    her = SignIn.objects.get(email__startswith="rosa.fernley@")
    words = "He makes things again, and comes home singing. The minibus was late twice."
    said = actions.rating.Said(4, words, As.FAMILY)
    actions.rating.give(Entry.objects.get(name="Millrace"), said, by=her, at=at - timedelta(days=9))


FOUND = {
    "met": "People told us so, and we saw it at dinner and in the garden.",
    "partly": "Most said yes. Two said that they wait too long in the morning.",
}


def _visit(*, at: datetime) -> None:
    ivo, hattie = staff_named("Ivo Stannard"), LayReviewer.objects.select_related("sign_in").get()
    went = at - timedelta(days=40)
    home = Entry.objects.get(name="Larchmount Care Home")
    visit = actions.standards.plan_visit(home, on=went.date(), reviewer=hattie, by=ivo, at=went)
    levels = ["met", "partly", "met", "met", "partly"]
    findings = {
        one.pk: (level, FOUND[level])
        for one, level in zip(visit.standards.each.all(), levels, strict=True)
    }
    asked = [("Have two people up early, so that nobody waits", (at + timedelta(days=30)).date())]
    report = actions.standards.Report(
        went.date(), findings, "A calm house. People are known by name.", 9, asked
    )
    visit = actions.standards.send_report(visit, report, by=hattie.sign_in, at=went)
    actions.standards.publish_report(visit, by=ivo, at=went + timedelta(days=6))
    soon = at + timedelta(days=9)
    club = Entry.objects.get(name="Lantern Lunch Club")
    actions.standards.plan_visit(club, on=soon.date(), reviewer=hattie, by=ivo, at=at)


def _ask_for_gold(*, at: datetime) -> None:
    nell = OrganisationMember.objects.select_related("organisation", "sign_in").get(
        sign_in__name="Nell Harker"
    )
    entry, when = Entry.objects.get(name="Brightsteps"), at - timedelta(days=6)
    asked = actions.marks.begin(entry, level=Level.GOLD, sort=Sort.COMMUNITY, by=nell, at=when)
    shown = {line.pk: "It is in the folder we sent, with dates." for line in asked.evidence.all()}
    actions.marks.write_evidence(asked, shown, by=nell)
    actions.marks.send(asked, by=nell, at=when)
