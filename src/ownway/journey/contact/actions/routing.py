"""The council's routing table: what goes to which team at once. A line ends; none is changed."""

from datetime import date

from django.db import IntegrityError, transaction

from ownway.foundation.council.access import require
from ownway.foundation.council.models import Staff, Team, TeamKind
from ownway.journey.contact import access
from ownway.journey.contact.models import Reason, Route


class CannotRoute(Exception):
    """This line cannot stand in the table."""


@transaction.atomic
def add_route(
    what: str, *, team: Team, reason: str, accept_minutes: int, by: Staff, on: date
) -> Route:
    """Add a line to the table, from a day on.

    Raises:
        PermissionDenied: `by` does not keep the table.
        CannotRoute: such a line stands there already.
    """
    require(by.sign_in, access.ROUTE)
    try:
        with transaction.atomic():
            return Route.objects.create(
                what=what.strip(), team=team, reason=reason, accept_minutes=accept_minutes,
                from_on=on, made_by=by.sign_in,
            )  # fmt: skip
    except IntegrityError as twice:
        raise CannotRoute(f"“{what}” is in the table already. End that line first") from twice


@transaction.atomic
def end_route(route: Route, *, by: Staff, on: date) -> Route:
    """End a line; what went by it stays as it was.

    Raises:
        PermissionDenied: `by` does not keep the table.
    """
    require(by.sign_in, access.ROUTE)
    route.until_on = max(on, route.from_on)
    route.save(update_fields=["until_on"])
    return route


USUAL = (
    ("Mental health crisis", TeamKind.CRISIS, Reason.CRISIS, 15),
    ("Someone may be harmed", TeamKind.LONG_TERM, Reason.CONCERN, 30),
    ("Nowhere safe to sleep tonight", TeamKind.ACCESS, Reason.HOUSING, 60),
    ("The carer cannot go on today", TeamKind.REABLEMENT, Reason.CARING, 60),
)


def lay_usual_routes(*, on: date) -> list[Route]:
    """The lines most councils begin with, for the teams there are; none where there are some."""
    if Route.objects.exists():
        return []
    teams = {team.kind: team for team in Team.objects.all()}
    return [
        Route.objects.create(
            what=what, team=teams[kind], reason=reason, accept_minutes=minutes, from_on=on
        )
        for what, kind, reason, minutes in USUAL
        if kind in teams
    ]
