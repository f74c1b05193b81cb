"""Changing the rules: a draft, its equality assessment, and publishing by a second person."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from ownway.foundation.council import access
from ownway.foundation.council import actions as council
from ownway.foundation.council import queries as settings
from ownway.foundation.council.models import EqualityAssessment, SettingsVersion, Staff
from ownway.foundation.record import actions as record
from ownway.policy import calibration, money, numbers, packs
from ownway.policy.packs import Pack
from ownway.policy.refusals import PolicyRefused
from ownway.stewardship.programme import queries
from ownway.stewardship.programme.models import Calibration
from ownway.stewardship.programme.queries import losing, tasks
from ownway.stewardship.programme.queries.losing import Losing


class CannotDraft(Exception):
    """A change the rules do not take. `problems` pairs each number at fault with its sentence."""

    def __init__(self, problems: Iterable[tuple[str, str]]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(words for _, words in self.problems))


class DraftMoved(CannotDraft):
    """The draft was changed after it was opened. `now` is the draft as it is."""

    def __init__(self, now: SettingsVersion) -> None:
        self.now = now
        words = (
            "This draft was changed after you opened it. Nothing of yours is kept yet: "
            "look at the other change, then keep yours again if it should stand"
        )
        super().__init__([("", words)])


@transaction.atomic
def draft_change(
    values: Mapping[str, object], *, starts_on: date, because: str, by: Staff, at: datetime
) -> SettingsVersion:
    """Start a version that changes some numbers of the rules in force on its first day.

    Raises:
        PermissionDenied: `by` may not draft policy.
        CannotDraft: a value does not fit its number, or the proof would not hold.
    """
    access.require(by.sign_in, "policy.draft")
    profile, own = _own(values, starts_on=starts_on)
    _refuse_unproved(profile, own, starts_on=starts_on)
    draft = council.draft_settings(
        profile=profile, own=own, starts_on=starts_on, because=because, by=by, at=at
    )
    _refuse_empty(draft, values)
    _write("drafted", draft, by=by, at=at)
    return draft


@transaction.atomic
def keep_draft(
    draft: SettingsVersion,
    values: Mapping[str, object],
    *,
    starts_on: date,
    because: str,
    by: Staff,
    at: datetime,
    of: str | None = None,
) -> SettingsVersion:
    """Keep what a draft changes now, over the rules in force on its first day.

    `of` is the `state_of` the draft that was opened to be changed; None asks nothing.
    Raises:
        PermissionDenied: `by` may not draft policy.
        DraftMoved: the draft is no longer as it was opened.
        CannotDraft: it is not theirs to change, a value does not fit, or the proof fails.
    """
    access.require(by.sign_in, "policy.draft")
    draft = SettingsVersion.objects.select_for_update().get(pk=draft.pk)
    if of is not None and draft.is_draft and of != queries.state_of(draft):
        raise DraftMoved(draft)
    profile, own = _own(values, starts_on=starts_on, profile=draft.profile)
    _refuse_unproved(profile, own, starts_on=starts_on)
    try:
        kept = council.change_settings(draft, own=own, starts_on=starts_on, because=because, by=by)
    except council.NotYourDraft as refused:
        raise CannotDraft([("", str(refused))]) from refused
    _refuse_empty(kept, values)
    _write("changed", kept, by=by, at=at)
    return kept


def _own(
    values: Mapping[str, object], *, starts_on: date, profile: str = ""
) -> tuple[str, dict[str, object]]:
    """The council's own numbers: those in force on the day, with what differs from them.

    A draft that goes back to another profile keeps it, with the numbers in force put over it.
    """
    live, pack = queries.live_on(starts_on)
    own = dict(live.own) if live else {}
    standing = live.profile if live else settings.DEFAULT_PROFILE
    if profile not in ("", standing):
        shipped = packs.load(profile, on=starts_on)
        own = _values(pack, base=shipped)
        pack = shipped.with_settings(own)
    problems = []
    for name, raw in values.items():
        number = pack.number(name)
        try:
            if numbers.whole(raw, number.unit) != number.value:
                own[name] = raw
        except ValueError as wrong:
            problems.append((name, _sentence(str(wrong))))
    if problems:
        raise CannotDraft(problems)
    return profile or standing, own


def _refuse_unproved(profile: str, own: Mapping[str, object], *, starts_on: date) -> None:
    """Nothing that fails its proof goes on: the place is named, and what would mend it."""
    try:
        pack = packs.load(profile, on=starts_on).with_settings(own)
    except PolicyRefused as refused:
        found = [
            (one.place.removeprefix("settings."), _sentence(f"{one.reason} {one.mend}"))
            for one in refused.problems
        ]
        raise CannotDraft(found) from refused
    if faults := queries.faults(pack):
        raise CannotDraft(
            (_first_given(one.numbers, own), f"{one.reason} {one.mend}. Place: {one.place}")
            for one in faults
        )


def _refuse_empty(draft: SettingsVersion, values: Mapping[str, object]) -> None:
    """A draft that says what is in force already is nothing to weigh or publish."""
    if not queries.changes_of(draft):
        words = "The rules say this already. Enter another value, or there is nothing to draft"
        raise CannotDraft([(_first_given(values, values), words)])


def _first_given(names: Iterable[str], own: Container[str]) -> str:
    return next((name for name in names if name in own), "")


def _sentence(reason: str) -> str:
    return f"This {reason.strip()}"


@transaction.atomic
def use_factor(
    draft: SettingsVersion, *, share: int | None, of: str, by: Staff, at: datetime
) -> SettingsVersion:
    """Put the share that was read on the effect page in the draft, in ten-thousandths.

    `of` is the `figures_key` of the draft it was worked out for.
    Raises:
        PermissionDenied: `by` may not draft policy.
        CannotDraft: the draft has changed since, or is not theirs.
    """
    access.require(by.sign_in, "policy.draft")
    draft = SettingsVersion.objects.select_for_update().get(pk=draft.pk)
    if share is None or of != settings.figures_key(draft):
        words = "The draft changed since this share was worked out. Look at its effect again"
        raise CannotDraft([("factor", words)])
    values = _values(settings.rules_of(draft), base=queries.base_rules(draft))
    values["factor"] = share / money.RATIO
    return keep_draft(draft, values, starts_on=draft.starts_on, because=draft.because, by=by, at=at)


def _values(pack: Pack, *, base: Pack) -> dict[str, object]:
    return {
        one.number.name: numbers.as_written(one.number.value, one.number.unit)
        for one in queries.changes(pack, against=base)
    }


@transaction.atomic
def roll_back(
    to: SettingsVersion, *, starts_on: date, because: str, by: Staff, at: datetime
) -> SettingsVersion:
    """Draft a version equal to an older one. It goes the same way as any other.

    Raises:
        PermissionDenied: `by` may not draft policy.
        CannotDraft: the older rules do not stand on the new day.
    """
    access.require(by.sign_in, "policy.draft")
    _refuse_unproved(to.profile, to.own, starts_on=starts_on)
    draft = council.draft_settings(
        profile=to.profile,
        own=to.own,
        starts_on=starts_on,
        because=because,
        by=by,
        at=at,
        back_to=to,
    )
    _write("drafted", draft, by=by, at=at, detail=f"The same rules as version {to.number}")
    return draft


@transaction.atomic
def withdraw(draft: SettingsVersion, *, by: Staff, at: datetime) -> SettingsVersion:
    """Put a draft away.

    Raises:
        PermissionDenied: `by` may not draft policy.
        CannotDraft: it is not theirs, or no draft any more.
    """
    access.require(by.sign_in, "policy.draft")
    try:
        gone = council.withdraw_settings(draft, by=by)
    except council.NotYourDraft as refused:
        raise CannotDraft([("", str(refused))]) from refused
    _write("withdrawn", gone, by=by, at=at)
    return gone


@transaction.atomic
def assess(
    draft: SettingsVersion,
    *,
    said: Mapping[str, Any],
    measured: list[Any],
    of: str,
    by: Staff,
    at: datetime,
) -> EqualityAssessment:
    """Keep the equality assessment of a draft, as far as it is written.

    `of` is the `figures_key` of the draft whose figures were read.
    Raises:
        PermissionDenied: `by` may not draft policy.
        CannotDraft: it is no draft any more, or it changed since its figures were read.
    """
    access.require(by.sign_in, "policy.draft")
    try:
        kept = council.assess_equality(draft, said=said, measured=measured, of=of, by=by, at=at)
    except (council.NotYourDraft, council.FiguresMoved) as refused:
        raise CannotDraft([("", str(refused))]) from refused
    detail = "Every part is written" if not kept.missing else f"{len(kept.missing)} parts left"
    _write("assessed", draft, by=by, at=at, detail=detail)
    return kept


@transaction.atomic
def publish(draft: SettingsVersion, *, by: Staff, at: datetime) -> SettingsVersion:
    """Make a draft live from its day, with the report of what it does, and write down who did.

    Raises:
        PermissionDenied, CannotPublish: as `council.actions.publish_settings`.
    """
    access.require(by.sign_in, "policy.publish")
    council.hold_versions()
    draft = SettingsVersion.objects.get(pk=draft.pk)
    if not draft.is_draft:
        return council.publish_settings(draft, by=by, at=at)
    effect = queries.effect_of(draft, afresh=True)
    published = council.publish_settings(
        draft, by=by, at=at, effect=effect.as_json(), also=tasks.against(effect)
    )
    _write("published", published, by=by, at=at, is_key=True)
    return published


def calibrate(
    file: "UploadedFile[bytes]",
    *,
    name: str,
    percentile: int | None,
    with_challenger: bool,
    by: Staff,
    at: datetime,
) -> Calibration:
    """Find a formula from a history, over the pack in force; the history is not kept.

    Raises:
        PermissionDenied: `by` may not draft policy.
        PolicyRefused: the file cannot be read, or rows of it cannot be right.
    """
    access.require(by.sign_in, "policy.draft")
    on = timezone.localtime(at).date()
    pack = packs.load(settings.rules(on).name, on=on)
    history = _history(file, name=name, on=on)
    report = calibration.calibrate(
        history,
        pack,
        choices=calibration.Choices(None if percentile is None else percentile / 100, 0.0),
        budget_pence=None,
        with_challenger=with_challenger,
    )
    return Calibration.objects.create(
        name=name,
        report=report.as_json(),
        pack_text=calibration.draft(report, name="calibrated", on=on),
        starts_on=on,
        made_at=at,
        made_by=by,
    )


def _history(file: "UploadedFile[bytes]", *, name: str, on: date) -> calibration.History:
    """Read a history from a file of its own that is gone afterwards."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"history{Path(file.name or '').suffix.lower()}"
        with path.open("wb") as kept:
            kept.writelines(file.chunks())
        try:
            return replace(calibration.read(path, on=on), name=name)
        except PolicyRefused as refused:
            raise type(refused)(
                replace(one, place=one.place.replace(str(path), "The file"))
                for one in refused.problems
            ) from None


def draft_of(found: Calibration, *, starts_on: date, by: Staff, at: datetime) -> SettingsVersion:
    """Start a version with the numbers that were found.

    Raises:
        PermissionDenied, CannotDraft: as `draft_change`.
    """
    because = f"Calibrated from {found.name}"
    return draft_change(
        found.report["settings"], starts_on=starts_on, because=because, by=by, at=at
    )


def look_at_losing(draft: SettingsVersion, *, by: Staff, at: datetime) -> Losing:
    """Name those who would get less and whom `by` may see; each is told in their own record.

    Raises:
        PermissionDenied: `by` may not weigh drafts, or has nothing to do with people.
    """
    access.require(by.sign_in, "policy.weigh")
    access.require(by.sign_in, "people.find")
    found = losing.seen_by(by.sign_in, draft, at=at)
    record.log_looks(
        by.sign_in,
        [person for person, _ in found.rows],
        what="what new rules would do to your budget",
        why="To see whom a change of rules would reach",
        at=at,
    )
    return found


def _write(
    what: str,
    version: SettingsVersion,
    *,
    by: Staff,
    at: datetime,
    detail: str = "",
    is_key: bool = False,
) -> None:
    done = ": its equality assessment was kept" if what == "assessed" else f" was {what}"
    record.write(
        f"settings.{what}",
        about=None,
        by=by.sign_in,
        at=at,
        words=f"Settings version {version.number}{done}",
        detail=detail,
        is_key=is_key,
        version=version.number,
        starts_on=version.starts_on.isoformat(),
    )
