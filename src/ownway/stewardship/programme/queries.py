"""The live rules as plain tables, the versions, and what a draft would change."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from ownway.foundation.council import queries as council
from ownway.foundation.council.models import SettingsVersion, SignIn
from ownway.policy import allocation, packs
from ownway.policy.numbers import Number
from ownway.policy.packs import Pack
from ownway.policy.refusals import PolicyRefused

BUDGET, PAY, ELIGIBLE, OTHER = (
    "The starting budget",
    "What people pay",
    "Who is eligible",
    "Limits of time, and other settings",
)
SECTIONS = (BUDGET, PAY, ELIGIBLE, OTHER)
_BY_NAME = {
    "ras_method": BUDGET,
    "charging_method": PAY,
    "reablement_charge": PAY,
    "eligibility_rule": ELIGIBLE,
}
TRY_POINTS = (10, 20, 40)


@dataclass(frozen=True)
class Line:
    """One number of the rules as a reader meets it."""

    number: Number
    is_own: bool
    is_used: bool

    @property
    def source(self) -> str:
        """Where it comes from: the council's own settings, or as the pack says."""
        return "The council’s own settings" if self.is_own else self.number.source

    @property
    def may_change(self) -> bool:
        """Whether it is one value that can be typed."""
        return not isinstance(self.number.value, tuple)


@dataclass(frozen=True)
class Section:
    """Numbers that belong together: those in use first, the rest apart."""

    name: str
    used: tuple[Line, ...]
    unused: tuple[Line, ...]


def sections(pack: Pack) -> tuple[Section, ...]:
    """Every number of the rules, by what it decides, and whether it is in use."""
    homes, used = _homes(pack), set(_numbers_in_use(pack))
    lines: dict[str, list[Line]] = {name: [] for name in SECTIONS}
    for number in pack.numbers.values():
        home = homes.get(number.name, OTHER)
        is_used = home == OTHER or number.name in used
        lines[home].append(Line(number, number.name in pack.given, is_used))
    return tuple(
        Section(
            name,
            tuple(line for line in found if line.is_used),
            tuple(line for line in found if not line.is_used),
        )
        for name, found in lines.items()
    )


def _homes(pack: Pack) -> dict[str, str]:
    homes = dict(_BY_NAME)
    for name, graph in pack.graphs.items():
        home = (
            BUDGET
            if name.startswith(("person_", "carer_"))
            else ELIGIBLE
            if name.startswith("eligible")
            else PAY
        )
        for node in graph.nodes:
            for number in filter(None, node.numbers):
                homes.setdefault(number, home)
    return homes


def _numbers_in_use(pack: Pack) -> Iterator[str]:
    """Those the chosen methods reach."""
    yield from (name for name in _BY_NAME if name in pack.numbers)
    method = pack.word("ras_method")
    wanted = ["eligible_adult", "eligible_carer", f"person_levels, then person_by_{method}"]
    wanted += ["carer_levels, then carer_by_price", pack.word("charging_method")]
    wanted += [name for name in pack.graphs if name.endswith(f", then {wanted[-1]}")]
    for name in wanted:
        if name in pack.graphs:
            for node in pack.graph(name).nodes:
                yield from filter(None, node.numbers)


def versions(viewer: SignIn) -> list[SettingsVersion]:
    """Every version, newest first, with who drafted and who published it."""
    return list(council.settings_versions(viewer))


def version(number: int) -> SettingsVersion | None:
    """One version by its number."""
    found = SettingsVersion.objects.filter(number=number)
    return found.select_related("made_by", "published_by").first()


def pack_of(version: SettingsVersion) -> Pack:
    """The rules a version makes, from its own first day."""
    return packs.load(version.profile, on=version.starts_on).with_settings(version.own)


def live_on(on: date) -> tuple[SettingsVersion | None, Pack]:
    """The version and the rules in force on a day."""
    return council.live_settings(on), council.rules(on)


@dataclass(frozen=True)
class Change:
    """One number that a version sets anew."""

    number: Number
    before: str


def changes(version: SettingsVersion, *, against: Pack) -> list[Change]:
    """What a version says differently from other rules."""
    return [
        Change(number, against.numbers[number.name].shown)
        for number in pack_of(version).numbers.values()
        if number.value != against.numbers[number.name].value
    ]


@dataclass(frozen=True)
class Effect:
    """What a change does to a budget of so many points."""

    who: str
    points: int
    before_pence: int
    after_pence: int

    @property
    def difference_pence(self) -> int:
        """More or less, a week."""
        return self.after_pence - self.before_pence


def effects(version: SettingsVersion, *, against: Pack) -> list[Effect]:
    """A few budgets under both rules, for a person without help and for a carer."""
    after = pack_of(version)
    found = []
    for who in ("person", "carer"):
        for points in TRY_POINTS:
            try:
                old, new = (_weekly(who, points, pack) for pack in (against, after))
            except PolicyRefused:
                continue
            found.append(Effect(who, points, old, new))
    return found


def _weekly(who: str, points: int, pack: Pack) -> int:
    facts: dict[str, Any] = {"who": who, "need_points": points}
    if who == "person":
        facts |= {"help_points": 0, "two_person_points": 0}
        facts |= {"night": "none", "living": "with_others"}
    return int(allocation.decide(facts, pack).result["weekly_pence"])


def drafts_of(viewer: SignIn) -> list[SettingsVersion]:
    """Drafts a viewer made, to add to."""
    mine = SettingsVersion.objects.filter(
        made_by__sign_in=viewer, status=SettingsVersion.Status.DRAFT
    )
    return list(mine.order_by("-number"))


def is_draft(version: SettingsVersion) -> bool:
    """Say whether a version is nobody's rule yet."""
    return version.status == SettingsVersion.Status.DRAFT
