"""The staff and organisations of Alderbrook, all invented, with their ways in.

Tests start from them too, so that what is shown and what is tested are one council.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction

from ownway.foundation.council import actions as council
from ownway.foundation.council.models import (
    Identity,
    Organisation,
    OrganisationKind,
    OrganisationMember,
    Role,
    SettingsVersion,
    SignIn,
    Staff,
    Team,
    TeamKind,
)
from ownway.foundation.council.queries import figures_key

PASSWORD = "alderbrook-is-invented"  # noqa: S105 (the demo's own, printed when it starts)
MAIL = "alderbrook.example"


@dataclass(frozen=True)
class Member:
    """One member of staff: name, role, the kind of their team, and the end of their number."""

    name: str
    role: str
    team: str
    number: str


STAFF = [
    Member("Gwen Applegarth", Role.ACCESS_OFFICER, TeamKind.ACCESS, "200"),
    Member("Dev Marlowe", Role.SOCIAL_WORKER, TeamKind.LONG_TERM, "118"),
    Member("Imogen Strand", Role.OCCUPATIONAL_THERAPIST, TeamKind.REABLEMENT, "121"),
    Member("Ruth Calloway", Role.TEAM_MANAGER, TeamKind.LONG_TERM, "119"),
    Member("Priya Fenwick", Role.FINANCE_OFFICER, TeamKind.FINANCE, "140"),
    Member("Owen Tarrant", Role.FINANCE_OFFICER, TeamKind.FINANCE, "141"),
    Member("Ivo Stannard", Role.COMMISSIONER, TeamKind.COMMISSIONING, "150"),
    Member("Lena Marchbank", Role.POLICY_OWNER, TeamKind.POLICY, "160"),
    Member("Sol Whitcombe", Role.PROGRAMME_MANAGER, TeamKind.POLICY, "161"),
    Member("Tamsin Orrell", Role.DIRECTOR, TeamKind.POLICY, "170"),
]
TEAMS = {
    TeamKind.ACCESS: "Access",
    TeamKind.REABLEMENT: "Reablement",
    TeamKind.LONG_TERM: "Long-term",
    TeamKind.CRISIS: "Mental health crisis team",
    TeamKind.FINANCE: "Finance",
    TeamKind.COMMISSIONING: "Commissioning",
    TeamKind.POLICY: "Policy and programme",
}
ORGANISATIONS = [
    ("Many Voices", OrganisationKind.USER_LED),
    ("Sit-Awhile", OrganisationKind.VOLUNTARY),
    ("Teapot Café", OrganisationKind.VOLUNTARY),
    ("Brightsteps", OrganisationKind.PROVIDER),
    ("Pottering About", OrganisationKind.PROVIDER),
    ("Millrace", OrganisationKind.IN_HOUSE),
    ("PayPath", OrganisationKind.MONEY_SUPPORT),
    ("Bright Dawn", OrganisationKind.PROVIDER),
]
MEMBERS = [
    ("Petra Windle", "Many Voices", OrganisationMember.Part.BROKER),
    ("Nell Harker", "Brightsteps", OrganisationMember.Part.PROVIDER),
    ("Joss Pemberley", "Millrace", OrganisationMember.Part.PROVIDER),
    ("Kit Sorrel", "Pottering About", OrganisationMember.Part.PROVIDER),
    ("Marnie Holt", "Bright Dawn", OrganisationMember.Part.PROVIDER),
]


@transaction.atomic
def raise_council(*, at: datetime, password: str = PASSWORD) -> None:
    """Make the council: its name, teams, staff, organisations, and settings version 1."""
    Identity.objects.create(
        name="Alderbrook Council",
        short_name="Alderbrook",
        phone="01632 960100",
        hours="Monday to Friday, 8am to 6pm",
        night_phone="01632 960199",
        email=f"care@{MAIL}",
        address="Town Hall, Mill Street, Alderbrook, AL1 1AA",
        is_invented=True,
    )
    _employ(password=password)
    _introduce(password=password)
    _settle(at=at)


def _employ(*, password: str) -> None:
    """Its teams, and its staff with their sign-ins."""
    teams = {
        team.kind: team
        for team in Team.objects.bulk_create(
            Team(kind=kind, name=name) for kind, name in TEAMS.items()
        )
    }
    ways = _ways_in([member.name for member in STAFF], password=password)
    Staff.objects.bulk_create(
        Staff(
            sign_in=ways[member.name],
            name=member.name,
            role=member.role,
            team=teams[TeamKind(member.team)],
            phone=f"01632 960{member.number}",
            email=ways[member.name].email,
        )
        for member in STAFF
    )


def _introduce(*, password: str) -> None:
    """The organisations it works with, and who works for them."""
    known = {
        organisation.name: organisation
        for organisation in Organisation.objects.bulk_create(
            Organisation(name=name, kind=kind) for name, kind in ORGANISATIONS
        )
    }
    ways = _ways_in([name for name, _, _ in MEMBERS], password=password)
    OrganisationMember.objects.bulk_create(
        OrganisationMember(sign_in=ways[name], organisation=known[organisation], part=part)
        for name, organisation, part in MEMBERS
    )


def _ways_in(names: Sequence[str], *, password: str) -> dict[str, SignIn]:
    """A sign-in each. One hash serves them all: it is slow to make, and the password is told."""
    kept = make_password(password)
    made = SignIn.objects.bulk_create(
        SignIn(email=_address(name), name=name, password=kept) for name in names
    )
    return {sign_in.name: sign_in for sign_in in made}


def way_in(name: str, *, password: str | None = PASSWORD) -> SignIn:
    """A sign-in at firstname.lastname@alderbrook.example."""
    return SignIn.objects.create_user(email=_address(name), password=password, name=name)


def _address(name: str) -> str:
    return f"{name.lower().replace(' ', '.')}@{MAIL}"


def staff_named(name: str) -> Staff:
    """A member of staff by name."""
    return Staff.objects.select_related("sign_in", "team").get(name=name)


def _settle(*, at: datetime) -> SettingsVersion:
    lena = staff_named("Lena Marchbank")
    starts_on = min(at.date(), date(2026, 1, 5))
    at = at if at.date() == starts_on else at.replace(month=1, day=5, year=2026, hour=10, minute=0)
    version = council.draft_settings(
        profile="alderbrook",
        own={},
        starts_on=starts_on,
        because="The first settings of the invented council",
        by=lena,
        at=at,
    )
    of = figures_key(version)
    council.assess_equality(version, said=_FIRST_ASSESSMENT, measured=[], of=of, by=lena, at=at)
    return council.publish_settings(version, by=staff_named("Sol Whitcombe"), at=at)


_FIRST_ASSESSMENT = {
    "change": "The first settings. They say for the first time what a point is worth.",
    "data": "None yet: nobody had a budget before.",
    "groups": "Age, sex, ethnic group, disability and carers were thought of one by one.",
    "finding": "Sample: no group is found to lose.",
    "mitigation": "Looked at again once there are budgets to measure.",
    "decision": "Go on with the settings as they are.",
    "review_on": date(2027, 1, 5),
}
