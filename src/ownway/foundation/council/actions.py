"""Settling rules, and setting the demo's clock."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from ownway.foundation.council import access, clock
from ownway.foundation.council.models import DemoClock, SettingsVersion, Staff
from ownway.policy import packs


class CannotPublish(Exception):
    """A settings version that may not become live yet; the message says what to do."""

    def __init__(self, message: str, field: str) -> None:
        super().__init__(message)
        self.field = field


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
    *, profile: str, own: dict[str, object], starts_on: date, because: str, by: Staff
) -> SettingsVersion:
    """Start a new version. The rules it makes must load, or it is refused with the place.

    Raises:
        policy.refusals.Refused: there is no such profile, or a number does not fit.
    """
    packs.load(profile, on=starts_on).with_settings(own)
    last = SettingsVersion.objects.select_for_update().order_by("-number").first()
    return SettingsVersion.objects.create(
        number=(last.number if last else 0) + 1,
        profile=profile,
        own=own,
        starts_on=starts_on,
        because=because,
        made_by=by,
    )


@transaction.atomic
def publish_settings(
    version: SettingsVersion, *, equality_assessment: str, by: Staff, at: datetime
) -> SettingsVersion:
    """Make a version live from its day.

    Raises:
        PermissionDenied: `by` may not publish.
        CannotPublish: no equality assessment, its own maker, or published before.
    """
    access.require(by.sign_in, "policy.publish")
    version = SettingsVersion.objects.select_for_update().get(pk=version.pk)
    if version.status == SettingsVersion.Status.PUBLISHED:
        raise CannotPublish("This version is published already", "status")
    if not equality_assessment.strip():
        raise CannotPublish(
            "Equality assessment needed: say who gains and who loses", "equality_assessment"
        )
    if by.pk == version.made_by_id:
        raise CannotPublish("A second person must publish what you drafted", "published_by")
    version.equality_assessment = equality_assessment
    version.status = SettingsVersion.Status.PUBLISHED
    version.published_by, version.published_at = by, at
    version.save()
    return version


def working_days_after(start: date, days: int) -> date:
    """The date so many working days after a day, by England's bank holidays."""
    closed = clock.bank_holidays()
    day = start
    while days > 0:
        day += timedelta(days=1)
        if day.weekday() < 5 and day not in closed:
            days -= 1
    return day
