"""Thousands of invented people with plausible histories in every stage, loaded in bulk.

One seed makes the same council each time. Lives are drawn with NumPy and written table by table;
nothing here goes through the actions, which would take a minute a hundred.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import numpy as np
from django.db import transaction

from ownway.demo import names
from ownway.demo.cast import way_in
from ownway.demo.writing import write
from ownway.foundation.council.models import Role, SignIn, Staff, Team, TeamKind
from ownway.foundation.people.models import (
    FormatNeed,
    Household,
    NamedWorker,
    Person,
    Relationship,
    SupportReason,
)
from ownway.foundation.people.queries import sort_name, sounds_like

SEED = 20260105
STAGES = {
    "contact": 0.010,
    "signposted": 0.190,
    "reablement": 0.040,
    "assessing": 0.055,
    "planning": 0.040,
    "offered": 0.010,
    "active": 0.525,
    "closed": 0.130,
}
REASONS: list[tuple[str, float, tuple[int, int]]] = [
    (SupportReason.PHYSICAL_CARE, 0.42, (60, 99)),
    (SupportReason.PHYSICAL_ACCESS, 0.14, (45, 97)),
    (SupportReason.MEMORY, 0.14, (66, 99)),
    (SupportReason.LEARNING, 0.14, (18, 70)),
    (SupportReason.MENTAL_HEALTH, 0.09, (20, 75)),
    (SupportReason.SENSORY, 0.04, (30, 95)),
    (SupportReason.SOCIAL, 0.03, (40, 95)),
]


@dataclass
class Life:
    """One invented person while they are being made: who, how far, and since when."""

    person: Person
    stage: str
    began: datetime
    worker: Staff
    carer: Person | None = None
    levels: list[int] = field(default_factory=list)
    helps: list[int] = field(default_factory=list)


def make_lives(*, count: int, at: datetime) -> list[Life]:
    """Make so many people, carers counted, and write them; return their lives."""
    rng = np.random.default_rng(SEED)
    workers = _more_staff(count)
    lives = _lives(rng, count=count, at=at, workers=workers)
    with transaction.atomic():
        _write_people(rng, lives, at=at)
    return lives


def _more_staff(count: int) -> dict[str, list[Staff]]:
    """Enough staff for so many people; they have no password, for nobody plays them."""
    wanted = [
        (Role.SOCIAL_WORKER, TeamKind.LONG_TERM, max(4, count // 60)),
        (Role.OCCUPATIONAL_THERAPIST, TeamKind.REABLEMENT, max(2, count // 500)),
        (Role.ACCESS_OFFICER, TeamKind.ACCESS, max(2, count // 500)),
    ]
    names_left = iter(names.more_staff())
    for role, kind, number in wanted:
        team = Team.objects.get(kind=kind)
        for _ in range(number):
            name = next(names_left)
            if not Staff.objects.filter(name=name).exists():
                sign_in = way_in(name, password=None)
                Staff.objects.create(
                    sign_in=sign_in,
                    name=name,
                    role=role,
                    team=team,
                    email=sign_in.email,
                    phone=f"01632 960{sign_in.pk + 300}",
                )
    found: dict[str, list[Staff]] = {}
    for staff in Staff.objects.filter(left_on=None).select_related("sign_in").order_by("pk"):
        found.setdefault(staff.role, []).append(staff)
    return found


def _lives(
    rng: np.random.Generator, *, count: int, at: datetime, workers: dict[str, list[Staff]]
) -> list[Life]:
    surnames = names.surnames()
    stages = rng.choice(list(STAGES), size=count, p=list(STAGES.values()))
    reasons = rng.choice(len(REASONS), size=count, p=[weight for _, weight, _ in REASONS])
    groups, weights = zip(*names.ETHNIC_GROUPS, strict=True)
    ethnic = rng.choice(len(groups), size=count, p=weights)
    lives: list[Life] = []
    made = 0
    for n in range(count):
        if made >= count:
            break
        reason, _, (youngest, oldest) = REASONS[reasons[n]]
        person = _person(rng, surnames, age=(youngest, oldest), on=at.date())
        person.support_reason, person.ethnic_group = reason, groups[ethnic[n]]
        made += 1
        stage = str(stages[n])
        life = Life(person, stage, _began(rng, stage, at), _worker(rng, stage, workers))
        life.levels = _levels(rng, stage)
        if (
            made < count
            and stage in {"assessing", "planning", "offered", "active"}
            and rng.random() < 0.24
        ):
            life.carer = _carer(rng, person, on=at.date())
            made += 1
            life.helps = [int(rng.integers(0, level + 1)) if level else 0 for level in life.levels]
        lives.append(life)
    return lives


def _began(rng: np.random.Generator, stage: str, at: datetime) -> datetime:
    """When the story of somebody began: hours ago for a new contact, years for an old friend."""
    days = {
        "contact": (0, 1),
        "signposted": (2, 330),
        "reablement": (5, 40),
        "assessing": (3, 34),
        "planning": (30, 60),
        "offered": (35, 70),
        "active": (90, 1400),
        "closed": (300, 1600),
    }[stage]
    back = timedelta(days=float(rng.uniform(*days)))
    moment = at - back
    if stage == "contact":
        return at - timedelta(minutes=int(rng.integers(20, 1700)))
    return moment.replace(hour=int(rng.integers(9, 17)), minute=int(rng.integers(0, 60)), second=0)


def _worker(rng: np.random.Generator, stage: str, workers: dict[str, list[Staff]]) -> Staff:
    role = {
        "contact": Role.ACCESS_OFFICER,
        "signposted": Role.ACCESS_OFFICER,
        "reablement": Role.OCCUPATIONAL_THERAPIST,
    }.get(stage, Role.SOCIAL_WORKER)
    return workers[role][int(rng.integers(0, len(workers[role])))]


def _levels(rng: np.random.Generator, stage: str) -> list[int]:
    """Nine answers from 0 to 4, alike within a person: some need a lot of everything."""
    heavy = rng.beta(2.0, 2.6)
    return [int(np.clip(round(rng.normal(heavy * 4, 0.9)), 0, 4)) for _ in range(9)]


def _person(
    rng: np.random.Generator,
    surnames: Sequence[str],
    *,
    age: tuple[int, int],
    on: date,
    last: str = "",
) -> Person:
    sex = "female" if rng.random() < 0.58 else "male"
    first = str(rng.choice(names.FIRST[sex]))
    last = last or str(rng.choice(surnames))
    born = on - timedelta(days=int(rng.integers(age[0] * 365 + age[0] // 4, age[1] * 365 + 300)))
    return Person(
        title={"female": str(rng.choice(["Mrs", "Miss", "Ms"])), "male": "Mr"}[sex],
        first_name=first,
        last_name=last,
        sort_name=sort_name(first, last),
        sounds_like=sounds_like(last),
        date_of_birth=born,
        sex=sex,
        first_language="English",
        phone=f"01632 961{int(rng.integers(0, 1000)):03d}",
    )


def _carer(rng: np.random.Generator, person: Person, *, on: date) -> Person:
    """A husband, wife, daughter or son at the same address."""
    assert person.date_of_birth is not None
    years = (on - person.date_of_birth).days // 365
    low = max(18, years - 35) if years > 50 else max(40, years + 20)
    made = _person(
        rng, [person.last_name], age=(low, min(low + 34, 88)), on=on, last=person.last_name
    )
    made.is_carer, made.ethnic_group = True, person.ethnic_group
    return made


def _write_people(rng: np.random.Generator, lives: list[Life], *, at: datetime) -> None:
    homes = write(Household, (_home(rng) for _ in lives))
    for life, home in zip(lives, homes, strict=True):
        for person in filter(None, (life.person, life.carer)):
            person.household = home
            person.created_at = life.began
    write(Person, [p for life in lives for p in (life.person, life.carer) if p is not None])
    write(Relationship, [_tie(life) for life in lives if life.carer])
    write(FormatNeed, list(_formats(rng, lives)))
    write(NamedWorker, list(_named(lives)))


def _home(rng: np.random.Generator) -> Household:
    east, north = int(rng.normal(415_000, 3_500)), int(rng.normal(268_000, 3_500))
    street = f"{rng.choice(names.STREETS)} {rng.choice(names.WAYS)}"
    letters = "".join(rng.choice(list("ABDEFGHJLNPQRSTUWXYZ"), size=2))
    return Household(
        address_line_1=f"{int(rng.integers(1, 180))} {street}",
        town="Alderbrook",
        postcode=f"AL{int(rng.integers(1, 10))} {int(rng.integers(1, 10))}{letters}",
        easting=max(east, 0),
        northing=max(north, 0),
    )


def _tie(life: Life) -> Relationship:
    assert life.carer is not None
    assert life.person.date_of_birth is not None
    assert life.carer.date_of_birth is not None
    gap = (life.carer.date_of_birth - life.person.date_of_birth).days / 365
    female = life.carer.sex == "female"
    if gap > 15:
        kind = "daughter" if female else "son"
    elif gap < -15:
        kind = "mother" if female else "father"
    else:
        kind = "wife" if female else "husband"
    return Relationship(person=life.carer, other=life.person, kind=kind, cares_for=True)


def _formats(rng: np.random.Generator, lives: list[Life]) -> Iterable[FormatNeed]:
    for life in lives:
        if rng.random() < 0.12:
            name = str(
                rng.choice(
                    ["large_print", "large_print", "easy_read", "phone", "translation", "audio"]
                )
            )
            yield FormatNeed(
                person=life.person,
                format=name,
                recorded_on=life.began.date(),
                review_on=life.began.date() + timedelta(days=365),
            )


def _named(lives: list[Life]) -> Iterable[NamedWorker]:
    for life in lives:
        if life.stage in {"contact", "signposted", "closed"}:
            continue
        for person in filter(None, (life.person, life.carer)):
            yield NamedWorker(person=person, staff=life.worker, starts_at=life.began)


def by_whom(life: Life) -> SignIn:
    """The sign-in of the worker of a life."""
    return life.worker.sign_in
