"""The store of Alderbrook, the shops that take its codes, partners, and things that are out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ownway.community.directory.models import Entry
from ownway.demo.cast import staff_named
from ownway.demo.population import Life
from ownway.demo.writing import write
from ownway.foundation.council.models import Organisation, OrganisationKind, Staff
from ownway.journey.prevention.models import (
    EquipmentCheck,
    ItemStatus,
    Movement,
    MovementKind,
    Offer,
    OrderedItem,
    PartnerKind,
    Retailer,
    StockLine,
    Trial,
)
from ownway.journey.prevention.queries.catalogue import shipped

# Line, how many came in, at how many more are ordered, where it is kept.
STORE = [
    ("door_sensor", 40, 5, "Unit 2, shelf A"),
    ("tablet_dispenser", 20, 4, "Unit 2, shelf A"),
    ("fall_detector", 60, 10, "Unit 2, shelf B"),
    ("alarm_button", 80, 12, "Unit 2, shelf B"),
    ("grab_rail", 120, 20, "Unit 2, bay 1"),
    ("bed_lever", 24, 6, "Unit 2, bay 2"),
    ("walking_frame", 50, 8, "Unit 2, bay 2"),
    ("key_safe", 60, 10, "Unit 2, shelf C"),
    ("cooker_guard", 6, 6, "Unit 2, shelf C"),
    ("smoke_alarm", 50, 8, "Unit 2, shelf C"),
]
SHOPS = ["Wheels for Hire", "Rails and Ramps", "Jar and Hinge"]
TAKES_CODES_ITSELF = "Wheels for Hire"


@dataclass(frozen=True)
class Partner:
    """A partner of the demonstration."""

    key: str
    kind: str
    name: str
    does: str
    entry: str = ""
    homes: int | None = None
    vacant: int | None = None


PARTNERS = [
    Partner("brook-house", PartnerKind.EXTRA_CARE, "Brook House Extra Care",
            "Flats of your own with care on site, day and night.",
            "Brook House Extra Care", 48, 3),
    Partner("willow-court", PartnerKind.EXTRA_CARE, "Willow Court",
            "Flats with a restaurant, and a team that knows dementia.", "", 32, 1),
    Partner("tandem", PartnerKind.SUPPORTED, "Tandem Supported Living",
            "Support in your own flat for people with a learning disability.",
            "Tandem Supported Living", 20, 2),
    Partner("the-lofts", PartnerKind.SUPPORTED, "The Lofts",
            "Flats with support for people with poor mental health.", "", 12, 0),
    Partner("rapid-response", PartnerKind.URGENT, "Rapid response team",
            "Nurses and therapists who come within two hours, instead of hospital."),
    Partner("crisis-team", PartnerKind.CRISIS, "Mental health crisis team",
            "Comes to your home in a crisis, by day and by night."),
    Partner("up-and-steady", PartnerKind.FALLS, "Up and Steady",
            "Looks at why you fall, and trains your balance.", "Up and Steady"),
    Partner("fire-service", PartnerKind.FIRE, "Fire service home visit",
            "Looks for what could burn, and fits smoke alarms. Free."),
    Partner("jar-and-hinge", PartnerKind.HANDY_PERSON, "Jar and Hinge",
            "Small repairs and light bulbs, so that nobody climbs a ladder.", "Jar and Hinge"),
    Partner("warm-walls", PartnerKind.WARM_HOME, "Warm Walls",
            "Help with heating, draughts and bills.", "Warm Walls"),
]  # fmt: skip


def fill_prevention(*, at: datetime) -> int:
    """Fill the store, let shops take codes, and write down what partners offer."""
    on, imogen = at.date(), staff_named("Imogen Strand")
    names = {item.stock: item.name for item in shipped().items if item.stock}
    lines = [
        StockLine(key=key, name=names[key], level=number, least=least, place=place)
        for key, number, least, place in STORE
    ]
    write(StockLine, lines)
    write(Movement, [_came_in(line, by=imogen, at=at) for line in lines])
    keys = dict(Entry.objects.values_list("name", "key"))
    write(Retailer, list(_shops(keys, on=on)))
    write(Offer, [_offer(one, keys, on=on) for one in PARTNERS])
    return len(lines)


def _came_in(line: StockLine, *, by: Staff, at: datetime) -> Movement:
    return Movement(
        line=line,
        kind=MovementKind.RECEIVED,
        change=line.level,
        level_after=line.level,
        words="First order of the year",
        at=at - timedelta(days=60),
        by=by.sign_in,
    )


def _shops(keys: Mapping[str, object], *, on: date) -> Iterator[Retailer]:
    own, _ = Organisation.objects.get_or_create(
        name=TAKES_CODES_ITSELF, defaults={"kind": OrganisationKind.PARTNER}
    )
    for name in SHOPS:
        yield Retailer(
            entry_key=str(keys[name]),
            name=name,
            organisation=own if name == TAKES_CODES_ITSELF else None,
            from_on=on - timedelta(days=365),
        )


def _offer(one: Partner, keys: Mapping[str, object], *, on: date) -> Offer:
    return Offer(
        key=one.key,
        kind=one.kind,
        name=one.name,
        does=one.does,
        entry_key=str(keys.get(one.entry, "")),
        homes=one.homes,
        vacant=one.vacant,
        counted_on=on if one.vacant is not None else None,
    )


LENT = ("fall_detector", "walking_frame", "alarm_button", "door_sensor", "key_safe")
EVERY = 6  # of so many lives, one has something on loan
RESULTS = (Trial.HELPS, Trial.HELPS, "", Trial.HELPS, Trial.DOES_NOT_HELP, Trial.OTHER, "")
SAID = {
    Trial.HELPS: "I go down the stairs again",
    Trial.DOES_NOT_HELP: "It rings when I sit down",
    Trial.OTHER: "I forget to wear it",
}


def lend(lives: list[Life], *, at: datetime) -> str:
    """Have some of the people something on loan, tried or not, a few of it due back."""
    lines = {line.key: line for line in StockLine.objects.all()}
    some = [life for life in lives if life.stage not in ("contact", "signposted")][::EVERY]
    out = {key: max(0, lines[key].level - lines[key].least // 2) for key in LENT}
    checks, items = [], []
    for number, life in enumerate(some):
        key = LENT[number % len(LENT)]
        if not out[key]:
            continue
        out[key] -= 1
        check = _check(life)
        checks.append(check)
        items.append(_item(check, lines[key], number, by=life.worker, at=at))
    write(EquipmentCheck, checks)
    write(OrderedItem, items)
    _take_out(lines, items)
    return f"{len(items)} things are out on loan, and the store knows of each"


def _check(life: Life) -> EquipmentCheck:
    day = life.began + timedelta(days=4)
    return EquipmentCheck(person=life.person, answers={}, at=day, by=life.worker.sign_in)


def _item(
    check: EquipmentCheck, line: StockLine, number: int, *, by: Staff, at: datetime
) -> OrderedItem:
    known = shipped().item(line.key)
    assert known is not None
    result = RESULTS[number % len(RESULTS)]
    issued = min(check.at + timedelta(days=3), at)
    return OrderedItem(
        check_made=check,
        person=check.person,
        key=known.key,
        name=known.name,
        kind=known.kind,
        way=known.way,
        price_pence=known.price_pence,
        stock=line,
        is_loan=known.loan,
        serial=f"{line.key[:2].upper()}-{2025}{number:04d}",
        status=ItemStatus.ISSUED,
        ordered_at=check.at,
        ordered_by=by.sign_in,
        issued_at=issued,
        due_back_on=at.date() + timedelta(days=number % 40 - 4) if number % 9 == 0 else None,
        trial=result,
        trial_words=SAID.get(Trial(result), "") if result else "",
        tried_at=min(issued + timedelta(weeks=4), at) if result else None,
        look_again_on=at.date() + timedelta(days=90 + number % 200) if result else None,
    )


def _take_out(lines: dict[str, StockLine], items: list[OrderedItem]) -> None:
    """Each thing that is out left the store, in order."""
    moves = []
    for item in sorted(items, key=lambda one: (one.issued_at, one.pk)):
        line, issued_at = lines[item.key], item.issued_at
        if issued_at is None:
            continue
        line.level -= 1
        moves.append(
            Movement(
                line=line,
                kind=MovementKind.ISSUED,
                change=-1,
                level_after=line.level,
                item=item,
                at=issued_at,
                by=item.ordered_by,
            )
        )
    write(Movement, moves)
    StockLine.objects.bulk_update(lines.values(), ["level"])
