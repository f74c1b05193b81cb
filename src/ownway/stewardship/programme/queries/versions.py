"""The versions of the rules: which are in force when, what differs between two, who did what."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.http import Http404

from ownway.foundation.council import queries as council
from ownway.foundation.council.models import SettingsVersion, SignIn
from ownway.foundation.record.models import Event
from ownway.policy.numbers import Number
from ownway.policy.packs import Pack
from ownway.stewardship.programme.queries import typed


def drafts(viewer: SignIn) -> list[SettingsVersion]:
    """Every draft, newest first."""
    return list(council.settings_versions(viewer).filter(status=SettingsVersion.Status.DRAFT))


def version(viewer: SignIn, number: int) -> SettingsVersion:
    """One version by its number, draft or not.

    Raises:
        Http404: there is none.
    """
    found = council.settings_versions(viewer).filter(number=number).first()
    if found is None:
        raise Http404("No such version")
    return found


def draft(viewer: SignIn, number: int) -> SettingsVersion:
    """One draft by its number.

    Raises:
        Http404: there is none; a published version is no draft.
    """
    found = version(viewer, number)
    if not found.is_draft:
        raise Http404("No such draft")
    return found


def live_on(on: date) -> tuple[SettingsVersion | None, Pack]:
    """The version and the rules in force on a day."""
    live = council.live_settings(on)
    return live, council.rules(on)


@dataclass(frozen=True)
class Change:
    """One number that two versions say differently."""

    number: Number
    before: Number

    @property
    def label(self) -> str:
        """What it is, in words."""
        return self.number.label or self.number.name

    @property
    def was(self) -> str:
        """What it says first."""
        return typed.shown(self.before.value, self.before.unit)

    @property
    def now(self) -> str:
        """What it says then."""
        return typed.shown(self.number.value, self.number.unit)

    @property
    def by_how_much(self) -> str:
        """3.3% more, where both are amounts or shares that can be set beside each other."""
        old, new = self.before.value, self.number.value
        is_amount = self.number.unit.startswith(("pence", "ratio"))
        if not (is_amount and isinstance(old, int) and isinstance(new, int) and 0 < old < 10**11):
            return ""
        share = (new - old) / old * 100
        if not -100 <= share <= 1000:
            return ""
        return f"{abs(share):.1f}% {'more' if share > 0 else 'less'}"


def changes(pack: Pack, *, against: Pack) -> list[Change]:
    """What rules say differently from other rules, number by number."""
    return [
        Change(number, against.numbers[number.name])
        for number in pack.numbers.values()
        if number.name in against.numbers and number.value != against.numbers[number.name].value
    ]


def changes_of(version: SettingsVersion) -> list[Change]:
    """What a version changes of those it was drafted over, both on its first day."""
    return changes(council.rules_of(version), against=base_rules(version))


def state_of(draft: SettingsVersion) -> str:
    """What a draft holds, in short: another whenever anybody changes it, its reason included."""
    return sha256(f"{council.figures_key(draft)} {draft.because}".encode()).hexdigest()


def base_rules(version: SettingsVersion) -> Pack:
    """The rules a version was drafted over, as they stand on its first day."""
    on = version.starts_on
    return council.rules_of(version.base, on=on) if version.base else council.default_rules(on)


@dataclass(frozen=True)
class Comparison:
    """Two versions beside each other, both as they stand on one day."""

    first: SettingsVersion
    second: SettingsVersion
    on: date
    changes: list[Change]
    alike: int
    only: tuple[str, ...]


def compare(first: SettingsVersion, second: SettingsVersion) -> Comparison:
    """What differs between two versions, on the later of their first days."""
    on = max(first.starts_on, second.starts_on)
    before, after = council.rules_of(first, on=on), council.rules_of(second, on=on)
    found = changes(after, against=before)
    only = tuple(sorted(set(before.numbers) ^ set(after.numbers)))
    return Comparison(first, second, on, found, len(after.numbers) - len(found), only)


def trail(version: SettingsVersion) -> list[Event]:
    """What was done with a version, and who did it, oldest first."""
    events = Event.objects.filter(kind__startswith="settings.", facts__version=version.number)
    return list(events.select_related("by").order_by("at", "pk"))


def next_after(version: SettingsVersion) -> SettingsVersion | None:
    """The published version that takes over from this one after its first day."""
    later = SettingsVersion.objects.filter(
        status=SettingsVersion.Status.PUBLISHED, starts_on__gt=version.starts_on
    )
    return later.order_by("starts_on", "number").first()


@dataclass(frozen=True)
class Undone:
    """A published version that takes over later and says other than what a draft changes."""

    version: SettingsVersion
    changes: tuple[Change, ...]


def undone(version: SettingsVersion) -> list[Undone]:
    """The published versions that start later and would put back what a version changes."""
    names = {one.number.name for one in changes_of(version)}
    new = council.rules_of(version)
    later = SettingsVersion.objects.filter(
        status=SettingsVersion.Status.PUBLISHED, starts_on__gt=version.starts_on
    ).order_by("starts_on", "number")
    in_force = {one.starts_on: one for one in later}.values()
    found = [(one, changes(council.rules_of(one), against=new)) for one in in_force]
    told = [Undone(one, tuple(c for c in all_ if c.number.name in names)) for one, all_ in found]
    return [one for one in told if one.changes]


def labels_of(names: Iterable[str], pack: Pack) -> list[str]:
    """Numbers in words."""
    return [pack.number(name).label or name for name in names]
