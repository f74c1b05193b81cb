"""Registering contact points, keeping their trainings, and counting the help they give."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from ownway.community.directory.queries import Spot
from ownway.community.information import queries
from ownway.community.information.actions.writing import end_of, still_here
from ownway.community.information.models import ContactPoint, Help, Training
from ownway.community.information.queries.points import PointStanding
from ownway.foundation.council import access as council
from ownway.foundation.council.models import OrganisationMember, Staff
from ownway.foundation.council.queries import rules
from ownway.foundation.record import actions as record

TRAIN: Final = "information.train"
FIELDS: Final = ("name", "kind", "address", "phone", "opening", "busy", "access", "is_independent")


@transaction.atomic
def register_point(
    point: ContactPoint | None, *, said: Mapping[str, Any], spot: Spot, owner: Staff, by: Staff
) -> ContactPoint:
    """Register a contact point, or change what is known of it. It lies where its postcode lies."""
    council.require(by.sign_in, "contact_points.keep")
    if point is None:
        point = ContactPoint(slug=_free_slug(said["name"]))
    for name in FIELDS:
        setattr(point, name, said[name])
    point.postcode, point.easting, point.northing = spot.postcode, spot.easting, spot.northing
    point.owner = owner
    point.save()
    return point


def _free_slug(name: str) -> str:
    wanted = slugify(name)[:60].strip("-") or "point"
    taken = {"new", *ContactPoint.objects.values_list("slug", flat=True)}
    numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (wanted, *numbered) if slug not in taken)


@transaction.atomic
def record_training(
    point: ContactPoint, *, topic: str, held_on: date, people: int, by: Staff, at: datetime
) -> PointStanding:
    """Keep that the helpers of a contact point were trained, and see where it stands now."""
    council.require(by.sign_in, "contact_points.keep")
    ContactPoint.objects.select_for_update().get(pk=point.pk)
    Training.objects.create(point=point, topic=topic, held_on=held_on, people=people, by=by, at=at)
    return look_at(point, at=at, by=by)


def close_point(point: ContactPoint, *, by: Staff, at: datetime) -> ContactPoint:
    """Close a contact point: it is off the map, and nothing more is asked of it."""
    council.require(by.sign_in, "contact_points.keep")
    point.closed_on, point.is_listed = timezone.localtime(at).date(), False
    point.save(update_fields=["closed_on", "is_listed"])
    record.finish_tasks(TRAIN, person=None, by=by.sign_in, at=at, subject=f"point:{point.pk}")
    return point


def open_again(point: ContactPoint, *, by: Staff, at: datetime) -> PointStanding:
    """Open a closed contact point again; its trainings decide whether it is on the map."""
    council.require(by.sign_in, "contact_points.keep")
    point.closed_on = None
    point.save(update_fields=["closed_on"])
    return look_at(point, at=at, by=by)


def look_at(point: ContactPoint, *, at: datetime, by: Staff | None = None) -> PointStanding:
    """Put a contact point on the map or take it off by its trainings, and say what is due."""
    on = timezone.localtime(at).date()
    fresh = queries.points().get(pk=point.pk)
    stands = queries.standing(fresh, pack=rules(on), on=on)
    _settle(stands, at=at, by=by)
    return stands


def _settle(stands: PointStanding, *, at: datetime, by: Staff | None) -> None:
    was_listed = stands.point.is_listed
    if was_listed != stands.is_on_map:
        ContactPoint.objects.filter(pk=stands.point.pk).update(is_listed=stands.is_on_map)
    notice = rules(stands.on).value("information_notice_days")
    _give_task(stands, was_listed=was_listed, notice=notice, at=at, by=by)


def _give_task(
    stands: PointStanding, *, was_listed: bool, notice: int, at: datetime, by: Staff | None
) -> None:
    """One task at a time: to train anew before a training ends, or since one has ended."""
    subject = f"point:{stands.point.pk}"
    ends = stands.ends_on
    ends_soon = stands.is_on_map and ends is not None and (ends - stands.on).days <= notice
    if not (ends_soon or (was_listed and not stands.is_on_map)):
        if stands.is_on_map:
            sign_in = by.sign_in if by else None
            record.finish_tasks(TRAIN, person=None, by=sign_in, at=at, subject=subject)
        return
    owner = still_here(stands.point.owner)
    if owner is None:
        return
    name = stands.point.name
    words = (
        f"{name}: train again before it comes off the map"
        if ends_soon
        else f"{name} is off the map. Train in: {', '.join(stands.missing).lower()}"
    )
    if not ends_soon:
        record.finish_tasks(TRAIN, person=None, by=None, at=at, subject=subject)
    record.give_task(
        TRAIN, person=None, words=words, owner=owner, at=at, subject=subject,
        due_at=end_of(ends if ends_soon and ends else stands.on),
        address=f"/council/information/contact-points/{stands.point.slug}/",
    )  # fmt: skip


def look_at_every_point(*, at: datetime) -> int:
    """Take off the map what is no longer trained, and give the tasks. Says how many are on it."""
    on = timezone.localtime(at).date()
    found = queries.standings_of_points(pack=rules(on), on=on)
    for stands in found:
        _settle(stands, at=at, by=None)
    return sum(stands.is_on_map for stands in found)


def record_help(
    point: ContactPoint | None, *, did: Sequence[str], minutes: int | None, is_settled: bool,
    by: Staff | OrganisationMember, on: date, subject: str = "",
) -> Help:  # fmt: skip
    """Count help that somebody was given to find things out. No name is asked or kept.

    Without a contact point it was given at the access desk. Help of one `subject` counts once.

    Raises:
        PermissionDenied: `by` is staff who do not help there.
    """
    helper = by if isinstance(by, Staff) else None
    if helper is not None:
        council.require(helper.sign_in, "contact_points.help")
    if subject and (same := Help.objects.filter(subject=subject).first()):
        return same
    return Help.objects.create(
        point=point, did=list(did), minutes=minutes, is_settled=is_settled, by=helper, on=on,
        subject=subject,
    )  # fmt: skip
