"""The guide of Alderbrook, its panel, contact points and a campaign; all invented.

A new council starts with the same texts as drafts. Here they are published, but for one that waits
for the readers' panel.
"""

from datetime import date, datetime, timedelta
from typing import Final

from django.utils import timezone

from ownway.community.directory.queries import spot
from ownway.community.information import actions
from ownway.community.information.models import (
    Campaign,
    Channel,
    ContactPoint,
    Help,
    Opinion,
    Page,
    ReadDay,
    Reader,
    Reading,
    Training,
    Version,
)
from ownway.community.information.queries.points import months_later
from ownway.demo.cast import MAIL, PASSWORD, staff_named, way_in
from ownway.foundation.people import actions as people

READERS: Final = ("Mabel Trewin", "Arthur Penhale")
DRAFT: Final = "breaks-for-carers"
OWNERS: Final = {"carers": "Sol Whitcombe", "rights": "Ruth Calloway", "help": "Gwen Applegarth"}
LATE: Final = "direct-payments"
WEEK: Final = {str(day): ["09:00", "17:00"] for day in range(5)}
POINTS: Final = [
    ("Quayside Library", "library", "Quay Street, Alderbrook", "AL1 2BD", "01632 960301",
     WEEK | {"3": ["09:00", "19:00"], "5": ["10:00", "13:00"]},
     "Thursday mornings are busy. Tuesdays are quiet.", "Level entrance. Toilet for wheelchairs.",
     False, (300, 200, 100)),
    ("Meadow Hall", "centre", "3 Mill Street, Alderbrook", "AL1 1FQ", "01632 960302",
     {"0": ["10:00", "15:00"], "2": ["10:00", "15:00"], "4": ["10:00", "12:30"]},
     "", "Ramp at the side. Hearing loop.", False, (250, 250, 40)),
    ("St Brannoc’s Church", "worship", "Church Lane, Alderbrook", "AL2 5NP", "",
     {"1": ["10:00", "12:00"]}, "A coffee morning: come and sit down with us.", "Two steps.",
     False, (90, 90, 90)),
    ("Alderbrook Advice Centre", "advice", "21 High Street, Alderbrook", "AL4 1AA", "01632 960304",
     WEEK, "Mondays are busy.", "Level entrance.", True, (400, 120, 60)),
    ("Hillfoot College", "college", "College Road, Alderbrook", "AL5 3DE", "01632 960305",
     WEEK, "", "Lift to all floors.", False, (500, 200, 400)),
]  # fmt: skip
TOPICS: Final = ("social_care", "directory", "safeguarding")
WORDS: Final = [
    ("personal-budgets", True, "The sum made sense to me at last."),
    ("personal-budgets", False, "What if I cannot use a computer?"),
    ("what-you-pay", True, ""),
    ("what-you-pay", False, "I still do not know about my house."),
    ("if-you-care-for-someone", True, "I did not know I could ask for myself."),
    ("getting-stronger", True, ""),
    ("if-you-disagree", True, "Clear."),
]


def fill_guide(*, at: datetime) -> int:
    """Bring the shipped texts in and publish all but one, as their panel has read them."""
    lena = staff_named("Lena Marchbank")
    told = at - timedelta(days=120)
    many = actions.bring_texts_in(by=lena, at=told)
    readers = Reader.objects.bulk_create(
        Reader(sign_in=way_in(name, password=None), joined_on=told.date()) for name in READERS
    )
    versions = list(Version.objects.select_related("page"))
    for version in versions:
        version.status, version.sent_at = Version.Status.WITH_PANEL, told
        version.at_once = version.page.slug == DRAFT
        if version.page.slug != DRAFT:
            version.status = Version.Status.PUBLISHED
            version.published_by, version.published_at = lena, told + timedelta(days=7)
    Version.objects.bulk_update(
        versions, ["status", "sent_at", "at_once", "published_by", "published_at"]
    )
    out = [version for version in versions if version.status == Version.Status.PUBLISHED]
    Reading.objects.bulk_create(
        Reading(version=version, reader=reader, is_yes=True, at=told + timedelta(days=3))
        for version in out
        for reader in readers
    )
    _go_live(out, on=timezone.localtime(told + timedelta(days=7)).date())
    return many


def _go_live(versions: list[Version], *, on: date) -> None:
    owners = {group: staff_named(name) for group, name in OWNERS.items()}
    for version in versions:
        page = version.page
        page.live, page.checked_on = version, on
        page.next_check_on = months_later(on, 12)
        page.owner = owners.get(page.group, page.owner)
    Page.objects.bulk_update(
        [version.page for version in versions], ["live", "checked_on", "next_check_on", "owner"]
    )


def show_information(*, at: datetime) -> None:
    """What a visitor sees of it in use: contact points, a campaign, Joy, and what readers said."""
    _contact_points(at=at)
    _campaign(at=at)
    _joy(at=at)
    _readers_said(on=timezone.localtime(at).date())
    late = timezone.localtime(at).date() - timedelta(days=20)
    Page.objects.filter(slug=LATE).update(checked_on=months_later(late, -12), next_check_on=late)


def _contact_points(*, at: datetime) -> None:
    ruth, on = staff_named("Ruth Calloway"), timezone.localtime(at).date()
    gwen = staff_named("Gwen Applegarth")
    for name, kind, address, postcode, phone, opening, busy, access, own, days in POINTS:
        said = {
            "name": name, "kind": kind, "address": address, "phone": phone, "opening": opening,
            "busy": busy, "access": access, "is_independent": own,
        }  # fmt: skip
        point = actions.register_point(None, said=said, spot=spot(postcode), owner=ruth, by=ruth)
        Training.objects.bulk_create(
            Training(
                point=point, topic=topic, held_on=on - timedelta(days=ago), people=2, by=ruth, at=at
            )
            for topic, ago in zip(TOPICS, days, strict=True)
        )
    ContactPoint.objects.update(is_listed=True)
    actions.look_at_every_point(at=at)
    quayside = ContactPoint.objects.get(name="Quayside Library")
    did = [["directory", "printed"], ["guide"], ["directory"], ["money", "guide"], ["asked"]]
    Help.objects.bulk_create(
        Help(
            point=quayside, on=on - timedelta(days=5 * n), did=what, minutes=15 + 5 * n, by=gwen,
            is_settled=n != 4,
        )
        for n, what in enumerate(did, start=1)
    )  # fmt: skip


def _campaign(*, at: datetime) -> None:
    on = timezone.localtime(at).date()
    campaign = Campaign.objects.create(
        slug="stay-steady-at-home", name="Stay steady at home",
        audience="People over 65 who have had a fall, and their families",
        message="Most falls can be stopped. See what you can do this week.",
        leads_to="/guide/after-a-fall/", owner=staff_named("Sol Whitcombe"),
        starts_on=on - timedelta(days=1), ends_on=on + timedelta(days=84), opened=14,
    )  # fmt: skip
    Channel.objects.bulk_create(
        Channel(campaign=campaign, kind=kind, reached=reached)
        for kind, reached in (("website", None), ("leaflets", 2500), ("points", 140))
    )


def _joy(*, at: datetime) -> None:
    """A neighbour who reads with the panel; she has no support of her own."""
    home = people.home_at(postcode="AL3 4QT", first_line="11 Copper Lane", town="Alderbrook")
    joy = people.add_person(
        first_name="Joy", last_name="Thistlewood", date_of_birth=date(1954, 8, 2), home=home,
        by=staff_named("Gwen Applegarth").sign_in, at=at - timedelta(days=60),
    )  # fmt: skip
    sign_in = people.give_way_in(joy, email=f"joy.thistlewood@{MAIL}", password=PASSWORD)
    actions.join_panel(sign_in, at=at - timedelta(days=30))


def _readers_said(*, on: date) -> None:
    pages = {page.slug: page for page in Page.objects.filter(live__isnull=False)}
    Opinion.objects.bulk_create(
        Opinion(
            page=pages[slug], version_id=pages[slug].live_id or 0, is_useful=useful,
            words=words if n < len(WORDS) else "", on=on - timedelta(days=3 * n),
        )
        for n, (slug, useful, words) in enumerate(WORDS * 3)
    )  # fmt: skip
    ReadDay.objects.bulk_create(
        ReadDay(page=page, on=on - timedelta(days=day), reads=(7 * n + 3 * day) % 11 + 1)
        for n, page in enumerate(pages.values())
        for day in range(1, 8)
    )
