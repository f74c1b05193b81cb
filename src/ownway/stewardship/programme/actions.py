"""Changing the rules: a draft, more of it, and publishing by a second person."""

from datetime import date, datetime

from django.db import transaction

from ownway.foundation.council import access
from ownway.foundation.council import actions as council
from ownway.foundation.council import queries as settings
from ownway.foundation.council.models import SettingsVersion, Staff
from ownway.foundation.record import actions as record
from ownway.policy import packs
from ownway.policy.refusals import PolicyRefused


class CannotDraft(Exception):
    """A change the rules do not take; the message says what would do."""


@transaction.atomic
def draft_change(
    *, number: str, value: object, starts_on: date, because: str, by: Staff, at: datetime
) -> SettingsVersion:
    """Start a version that changes one number of the live rules.

    Raises:
        PermissionDenied: `by` may not draft policy.
        CannotDraft: the value does not fit the number.
    """
    access.require(by.sign_in, "policy.draft")
    live = settings.live_settings(starts_on)
    profile = live.profile if live else settings.DEFAULT_PROFILE
    own = {**(live.own if live else {}), number: value}
    try:
        draft = council.draft_settings(
            profile=profile, own=own, starts_on=starts_on, because=because, by=by
        )
    except PolicyRefused as refused:
        raise CannotDraft(_words(refused)) from refused
    record.write(
        "settings.drafted",
        about=None,
        by=by.sign_in,
        at=at,
        words=f"Settings version {draft.number} was drafted",
        version=draft.number,
    )
    return draft


@transaction.atomic
def change_draft(
    draft: SettingsVersion, *, number: str, value: object, by: Staff
) -> SettingsVersion:
    """Change one more number of a draft.

    Raises:
        PermissionDenied: `by` may not draft policy.
        CannotDraft: it is published already, or the value does not fit.
    """
    access.require(by.sign_in, "policy.draft")
    draft = SettingsVersion.objects.select_for_update().get(pk=draft.pk)
    if draft.status != SettingsVersion.Status.DRAFT:
        raise CannotDraft("This version is published. Start a new draft")
    own = {**draft.own, number: value}
    try:
        packs.load(draft.profile, on=draft.starts_on).with_settings(own)
    except PolicyRefused as refused:
        raise CannotDraft(_words(refused)) from refused
    draft.own = own
    draft.save(update_fields=["own"])
    return draft


@transaction.atomic
def publish(
    draft: SettingsVersion, *, equality_assessment: str, by: Staff, at: datetime
) -> SettingsVersion:
    """Make a draft live from its day, and write down who did.

    Raises:
        PermissionDenied, CannotPublish: as `council.actions.publish_settings`.
    """
    published = council.publish_settings(
        draft, equality_assessment=equality_assessment, by=by, at=at
    )
    record.write(
        "settings.published",
        about=None,
        by=by.sign_in,
        at=at,
        words=f"Settings version {published.number} was published",
        is_key=True,
        version=published.number,
        starts_on=published.starts_on.isoformat(),
    )
    return published


def _words(refused: PolicyRefused) -> str:
    return " ".join(f"This {problem.reason} {problem.mend}".strip() for problem in refused.problems)
