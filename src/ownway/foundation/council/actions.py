"""Settling rules, and setting the demo's clock."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from ownway.foundation.council import access, clock, queries
from ownway.foundation.council.models import (
    DemoClock,
    EqualityAssessment,
    SettingsVersion,
    Staff,
)
from ownway.policy import packs, proving


class NotYourDraft(Exception):
    """A version that is no longer, or not by this person, to be changed; says what would do."""


class FiguresMoved(Exception):
    """Words about figures that the draft no longer gives; says what would do."""


class Objection(NamedTuple):
    """One reason a version may not become live yet: what to do, and the part it is about."""

    words: str
    about: str


class CannotPublish(Exception):
    """A settings version that may not become live yet; `objections` holds every reason."""

    def __init__(self, objections: Iterable[Objection]) -> None:
        self.objections = tuple(objections)
        super().__init__(" ".join(f"{one.words}." for one in self.objections))


class CannotSetClock(Exception):
    """Only the demo and tests may set the clock."""


def set_clock(to: datetime) -> None:
    """Set the demo's clock; it runs on from there.

    Raises:
        CannotSetClock: this is a real council.
    """
    if not (settings.DEMO or settings.TESTING):
        raise CannotSetClock("The clock of a real council cannot be set")
    DemoClock.objects.update_or_create(only=True, defaults={"ahead": to - timezone.now()})
    clock.forget()


@transaction.atomic
def draft_settings(
    *,
    profile: str,
    own: Mapping[str, object],
    starts_on: date,
    because: str,
    by: Staff,
    at: datetime,
    back_to: SettingsVersion | None = None,
) -> SettingsVersion:
    """Start a new version over the one in force on its first day.

    Raises:
        policy.refusals.PolicyRefused: there is no such profile, or a number does not fit.
    """
    packs.load(profile, on=starts_on).with_settings(own)
    last = SettingsVersion.objects.select_for_update().order_by("-number").first()
    return SettingsVersion.objects.create(
        number=(last.number if last else 0) + 1,
        profile=profile,
        own=dict(own),
        starts_on=starts_on,
        because=because,
        base=queries.live_settings(starts_on),
        back_to=back_to,
        made_by=by,
        made_at=at,
    )


@transaction.atomic
def change_settings(
    version: SettingsVersion, *, own: Mapping[str, object], starts_on: date, because: str, by: Staff
) -> SettingsVersion:
    """Say anew what a draft holds, over the version in force on its first day.

    Raises:
        NotYourDraft: it is no draft, or somebody else's.
        policy.refusals.PolicyRefused: a number does not fit.
    """
    version = _own_draft(version, by=by)
    packs.load(version.profile, on=starts_on).with_settings(own)
    if dict(own) != version.own:
        version.back_to = None
    version.own, version.starts_on, version.because = dict(own), starts_on, because
    version.base = queries.live_settings(starts_on)
    version.save()
    return version


@transaction.atomic
def withdraw_settings(version: SettingsVersion, *, by: Staff) -> SettingsVersion:
    """Put a draft away. It is kept, and stays nobody's rule.

    Raises:
        NotYourDraft: it is no draft, or somebody else's.
    """
    version = _own_draft(version, by=by)
    version.status = SettingsVersion.Status.WITHDRAWN
    version.save(update_fields=["status"])
    return version


def _own_draft(version: SettingsVersion, *, by: Staff) -> SettingsVersion:
    version = SettingsVersion.objects.select_for_update().get(pk=version.pk)
    if not version.is_draft:
        raise NotYourDraft(f"Version {version.number} is no longer a draft. Start a new one")
    if version.made_by_id != by.pk:
        raise NotYourDraft("Only whoever drafted it may change it. Start a draft of your own")
    return version


@transaction.atomic
def assess_equality(
    version: SettingsVersion,
    *,
    said: Mapping[str, Any],
    measured: list[Any],
    of: str,
    by: Staff,
    at: datetime,
) -> EqualityAssessment:
    """Keep the equality assessment of a draft, finished or not, with the table it stands on.

    `of` is the `queries.figures_key` of the draft that was read and measured.
    Raises:
        NotYourDraft: the version is published or withdrawn.
        FiguresMoved: the draft has changed since, so that its figures are others.
    """
    version = SettingsVersion.objects.select_for_update().get(pk=version.pk)
    if not version.is_draft:
        raise NotYourDraft(f"Version {version.number} is no longer a draft. Its assessment stands")
    if of != queries.figures_key(version):
        raise FiguresMoved(
            "The draft changed while you wrote, so its figures are others now. "
            "Read them again, then keep your words"
        )
    assessment = version.equality or EqualityAssessment()
    for name in (*EqualityAssessment.WORDS, "review_on"):
        setattr(assessment, name, said[name])
    assessment.unmeasured = said.get("unmeasured", "")
    assessment.measured, assessment.of_hash = measured, of
    assessment.kept_by, assessment.kept_at = by, at
    assessment.save()
    version.equality = assessment
    version.save(update_fields=["equality"])
    return assessment


def hold_versions() -> None:
    """Let nobody else change or publish any version until this transaction is done.

    Two drafts over one version would otherwise both find it in force, and both go live.
    """
    list(SettingsVersion.objects.select_for_update(no_key=True).order_by("pk").values_list("pk"))


@transaction.atomic
def publish_settings(
    version: SettingsVersion,
    *,
    by: Staff,
    at: datetime,
    effect: Mapping[str, Any] | None = None,
    also: Iterable[Objection] = (),
) -> SettingsVersion:
    """Make a version live from its day, and keep what it was found to do.

    `also` is what whoever measured the effect holds against it.
    Raises:
        PermissionDenied: `by` may not publish.
        CannotPublish: with every reason at once.
    """
    access.require(by.sign_in, "policy.publish")
    hold_versions()
    version = SettingsVersion.objects.get(pk=version.pk)
    if found := [*objections(version, by=by, on=timezone.localtime(at).date()), *also]:
        raise CannotPublish(found)
    assert version.equality is not None
    version.equality.settled_at = at
    version.equality.save(update_fields=["settled_at"])
    version.status = SettingsVersion.Status.PUBLISHED
    version.published_by, version.published_at = by, at
    version.effect = dict(effect) if effect is not None else None
    version.save()
    return version


def objections(version: SettingsVersion, *, by: Staff, on: date) -> list[Objection]:
    """Every reason a version may not be published by somebody on a day; empty when it may."""
    if not version.is_draft:
        return [Objection(f"Version {version.number} is {version.status} already", "status")]
    return [*_about_person_and_day(version, by=by, on=on), *_about_equality(version)] + [
        Objection(f"The proof does not hold: {claim.words}", "proof")
        for claim in proving.claims(queries.rules_of(version))
        if not claim.holds
    ]


def _about_person_and_day(version: SettingsVersion, *, by: Staff, on: date) -> Iterable[Objection]:
    if by.pk == version.made_by_id:
        words = "You drafted this, so a second person must publish it"
        yield Objection(words, "published_by")
    if version.starts_on < on:
        words = f"{version.starts_on:%-d %B %Y} has gone by. Choose today or a later day"
        yield Objection(words, "starts_on")
    live = queries.live_settings(version.starts_on)
    if (live.pk if live else None) != version.base_id:
        words = (
            f"Version {live.number if live else 0} was published since this was drafted. "
            "Open the draft and keep it again, so that it changes the rules of today"
        )
        yield Objection(words, "base")


def _about_equality(version: SettingsVersion) -> Iterable[Objection]:
    assessment = version.equality
    if assessment is None:
        words = "Equality assessment needed: say who gains, who loses and what you will do"
        yield Objection(words, "equality")
    elif assessment.missing:
        left = len(assessment.missing)
        words = f"The equality assessment has {left} part{'s' if left > 1 else ''} to write"
        yield Objection(words, "equality")
    elif assessment.of_hash != queries.figures_key(version):
        words = (
            "The draft changed after its equality assessment. Read the figures and keep it again"
        )
        yield Objection(words, "equality")


def working_days_after(start: date, days: int) -> date:
    """The date so many working days after a day, by England's bank holidays."""
    closed = clock.bank_holidays()
    day = start
    while days > 0:
        day += timedelta(days=1)
        if day.weekday() < 5 and day not in closed:
            days -= 1
    return day
