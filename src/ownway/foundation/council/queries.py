"""What time it is, what the council has settled, and who works here."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

from django.conf import settings as django_settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from ownway.foundation.council import clock
from ownway.foundation.council.memory import once_a_page
from ownway.foundation.council.models import (
    DemoClock,
    Identity,
    Organisation,
    SettingsVersion,
    SignIn,
    Staff,
    Team,
)
from ownway.policy import packs
from ownway.policy.packs import Origin, Pack

DEFAULT_PROFILE = "alderbrook"
IN_FORCE, TO_COME, BEFORE, NEVER = "In force", "To come", "Before", "Replaced before its day"


def now() -> datetime:
    """The moment, for views, jobs and commands. The demo and tests may set it, no council."""
    return timezone.now() + _ahead()


def today() -> date:
    """The day on the council's wall."""
    return timezone.localtime(now()).date()


def _ahead() -> timedelta:
    if not (django_settings.DEMO or django_settings.TESTING):
        return timedelta()
    held = clock.held()
    if held is None:
        row = DemoClock.objects.first()
        held = row.ahead if row else timedelta()
        clock.hold(held)
    return held


@once_a_page
def live_settings(on: date) -> SettingsVersion | None:
    """The version in force on a day: the latest published that has started."""
    started = Q(status=SettingsVersion.Status.PUBLISHED, starts_on__lte=on)
    return SettingsVersion.objects.filter(started).order_by("-starts_on", "-number").first()


def rules(on: date) -> Pack:
    """The rule pack in force on a day, with the council's own numbers over its profile."""
    version = live_settings(on)
    return default_rules(on) if version is None else rules_of(version, on=on)


def default_rules(on: date) -> Pack:
    """The rules before anything is settled: a shipped profile, as it stands on a day."""
    return packs.load(DEFAULT_PROFILE, on=on)


def rules_of(version: SettingsVersion, *, on: date | None = None) -> Pack:
    """The rules a version makes, from its own first day or as they stand on another."""
    return packs.load(version.profile, on=on or version.starts_on).with_settings(version.own)


def figures_key(version: SettingsVersion) -> str:
    """What the measured figures of a version hang on: its rules, its day, and what it is over."""
    rules_now = rules_of(version).hash
    return sha256(f"{rules_now} {version.starts_on} {version.base_id}".encode()).hexdigest()


def settings_versions(viewer: SignIn) -> QuerySet[SettingsVersion]:
    """Every version, newest first."""
    return SettingsVersion.objects.select_related(
        "made_by", "published_by", "base", "back_to", "equality__kept_by"
    )


@dataclass(frozen=True)
class Standing:
    """A published version with the days it is in force: from its first, until the next begins."""

    version: SettingsVersion
    until: date | None
    state: str


def standings(*, on: date) -> list[Standing]:
    """Every published version with its days, the one that starts last first. One query."""
    published = SettingsVersion.objects.filter(status=SettingsVersion.Status.PUBLISHED)
    people = ("made_by", "published_by", "base", "back_to", "equality__kept_by")
    found = list(published.select_related(*people).order_by("-starts_on", "-number"))
    until = [None, *(one.starts_on for one in found[:-1])]
    return [Standing(one, day, _state(one, day, on)) for one, day in zip(found, until, strict=True)]


def _state(version: SettingsVersion, until: date | None, on: date) -> str:
    if until is not None and until <= version.starts_on:
        return NEVER
    if version.starts_on > on:
        return TO_COME
    return BEFORE if until is not None and until <= on else IN_FORCE


def lived(*, on: date) -> list[SettingsVersion]:
    """The versions that have been in force by a day, the one in force now first."""
    return [one.version for one in standings(on=on) if one.state in (IN_FORCE, BEFORE)]


def told_rules(on: date) -> Pack:
    """The rules in force on a day; a number the council has changed says since when, and where.

    A number that was not yet sure stays so: that the council chose it does not make it so.
    """
    versions = lived(on=on)
    if not versions:
        return default_rules(on)
    pack, shipped = rules_of(versions[0], on=on), packs.load(versions[0].profile, on=on)
    origins = {
        name: _origin(version, sure=shipped.number(name).confirmed)
        for name, version in _settled_by(versions, pack).items()
    }
    return pack.told(origins)


def _settled_by(versions: list[SettingsVersion], pack: Pack) -> dict[str, SettingsVersion]:
    """Which version gave a number the value it has, for each that the council has ever changed.

    A number that its pack changed later, on a date of its own, is not the council's any more.
    """
    names = {name for one in versions for name in one.own if name in pack.numbers}
    settled: dict[str, SettingsVersion] = {}
    for version, before in zip(versions, [*versions[1:], None], strict=True):
        now = rules_of(version)
        then = rules_of(before, on=version.starts_on) if before else None
        for name in names - settled.keys():
            is_new = then is None and name in version.own
            if is_new or (then and then.number(name).value != now.number(name).value):
                settled[name] = version
    return {
        name: version
        for name, version in settled.items()
        if pack.number(name).given
        or (pack.number(name).since or version.starts_on) <= version.starts_on
    }


def _origin(version: SettingsVersion, *, sure: bool) -> Origin:
    by = f", published by {version.published_by.name}" if version.published_by else ""
    words = f"The council’s rules version {version.number}{by}"
    return Origin(version.starts_on, words, sure)


def staff_members() -> QuerySet[Staff]:
    """Everybody who works here now."""
    return Staff.objects.filter(left_on=None).select_related("team", "sign_in")


def manager_of(team: Team) -> Staff | None:
    """Who manages a team."""
    return staff_members().filter(team=team, role="team_manager").first()


def team(kind: str) -> Team:
    """The first team of a kind."""
    return Team.objects.filter(kind=kind).order_by("pk")[0]


def organisations() -> QuerySet[Organisation]:
    """Every organisation that signs in here."""
    return Organisation.objects.all()


def setting(name: str, on: date) -> Any:
    """One number of the rules in force, by its name in the pack."""
    return rules(on).value(name)


@once_a_page
def identity() -> Identity:
    """The council's name and numbers; a plain stand-in until they are set."""
    return Identity.objects.first() or Identity(
        name="Your council",
        short_name="Council",
        phone="",
        hours="",
        night_phone="",
        email="",
        address="",
    )
