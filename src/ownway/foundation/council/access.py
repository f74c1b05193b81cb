"""What each role may do here. Who may see a person is in `people.access`."""

from collections.abc import Mapping
from typing import Final

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from ownway.foundation.council.models import OrganisationMember, Role, SignIn, Staff

R = Role
POWERS: Final[Mapping[str, frozenset[str]]] = {
    # Looking
    "people.find": frozenset(
        {
            R.ACCESS_OFFICER,
            R.SOCIAL_WORKER,
            R.OCCUPATIONAL_THERAPIST,
            R.TEAM_MANAGER,
            R.FINANCE_OFFICER,
        }
    ),
    "people.see_all": frozenset({R.ACCESS_OFFICER, R.FINANCE_OFFICER}),
    # Doing
    "people.change": frozenset(
        {R.ACCESS_OFFICER, R.SOCIAL_WORKER, R.OCCUPATIONAL_THERAPIST, R.TEAM_MANAGER}
    ),
    "contact.take": frozenset({R.ACCESS_OFFICER, R.SOCIAL_WORKER, R.TEAM_MANAGER}),
    # A worry for somebody's safety that is another's to decide
    "concern.decide": frozenset({R.TEAM_MANAGER}),
    "contact.route": frozenset({R.TEAM_MANAGER, R.POLICY_OWNER}),
    "assessment.do": frozenset({R.SOCIAL_WORKER, R.OCCUPATIONAL_THERAPIST, R.TEAM_MANAGER}),
    "prevention.do": frozenset(
        {R.ACCESS_OFFICER, R.SOCIAL_WORKER, R.OCCUPATIONAL_THERAPIST, R.TEAM_MANAGER}
    ),
    "equipment.stock": frozenset({R.ACCESS_OFFICER, R.OCCUPATIONAL_THERAPIST, R.TEAM_MANAGER}),
    # The catalogue, shops and partners' offers
    "prevention.keep": frozenset({R.OCCUPATIONAL_THERAPIST, R.TEAM_MANAGER, R.COMMISSIONER}),
    "budget.work_out": frozenset({R.SOCIAL_WORKER, R.TEAM_MANAGER}),
    "charge.work_out": frozenset({R.SOCIAL_WORKER, R.TEAM_MANAGER, R.FINANCE_OFFICER}),
    "charge.uprate": frozenset({R.FINANCE_OFFICER}),
    "plan.help": frozenset({R.SOCIAL_WORKER, R.OCCUPATIONAL_THERAPIST, R.TEAM_MANAGER}),
    "plan.agree": frozenset({R.TEAM_MANAGER}),
    "pay.prepare": frozenset({R.FINANCE_OFFICER}),
    "pay.release": frozenset({R.FINANCE_OFFICER, R.TEAM_MANAGER}),
    "directory.keep": frozenset({R.ACCESS_OFFICER, R.COMMISSIONER}),
    "directory.evidence": frozenset(
        {R.ACCESS_OFFICER, R.COMMISSIONER, R.DIRECTOR, R.PROGRAMME_MANAGER, R.TEAM_MANAGER}
    ),
    "quality.keep": frozenset({R.COMMISSIONER, R.DIRECTOR}),
    # Pages of information: who writes, and who publishes the pages of others too
    "information.write": frozenset(
        {
            R.ACCESS_OFFICER,
            R.TEAM_MANAGER,
            R.COMMISSIONER,
            R.POLICY_OWNER,
            R.PROGRAMME_MANAGER,
        }
    ),
    "information.publish": frozenset({R.POLICY_OWNER, R.PROGRAMME_MANAGER}),
    "contact_points.keep": frozenset(
        {R.TEAM_MANAGER, R.COMMISSIONER, R.POLICY_OWNER, R.PROGRAMME_MANAGER}
    ),
    "contact_points.help": frozenset(
        {R.ACCESS_OFFICER, R.SOCIAL_WORKER, R.OCCUPATIONAL_THERAPIST, R.TEAM_MANAGER}
    ),
    "campaigns.keep": frozenset({R.POLICY_OWNER, R.PROGRAMME_MANAGER, R.DIRECTOR}),
    "forms.keep": frozenset({R.POLICY_OWNER, R.TEAM_MANAGER}),
    "policy.read": frozenset(set(R)),
    "policy.weigh": frozenset(
        {
            R.POLICY_OWNER,
            R.PROGRAMME_MANAGER,
            R.DIRECTOR,
            R.COMMISSIONER,
            R.TEAM_MANAGER,
            R.FINANCE_OFFICER,
        }
    ),
    "policy.draft": frozenset({R.POLICY_OWNER}),
    "policy.publish": frozenset({R.DIRECTOR, R.PROGRAMME_MANAGER, R.POLICY_OWNER}),
    "figures.read": frozenset(
        {R.COMMISSIONER, R.DIRECTOR, R.PROGRAMME_MANAGER, R.TEAM_MANAGER, R.POLICY_OWNER}
    ),
    "outbox.read": frozenset(
        {R.ACCESS_OFFICER, R.TEAM_MANAGER, R.FINANCE_OFFICER, R.SOCIAL_WORKER}
    ),
}

Viewer = SignIn | AnonymousUser


def staff_of(viewer: Viewer) -> Staff | None:
    """The member of staff behind a sign-in, while they still work here."""
    staff = getattr(viewer, "staff", None) if viewer.is_authenticated else None
    return staff if staff is not None and staff.left_on is None else None


def member_of(viewer: Viewer) -> OrganisationMember | None:
    """The organisation's own behind a sign-in."""
    return getattr(viewer, "member", None) if viewer.is_authenticated else None


def may(viewer: Viewer, power: str) -> bool:
    """Say whether somebody's role gives them a power; an unknown power is a fault of ours."""
    staff = staff_of(viewer)
    return staff is not None and staff.role in POWERS[power]


def require(viewer: Viewer, power: str) -> Staff:
    """Return the member of staff who may do this.

    Raises:
        PermissionDenied: their role does not allow it.
    """
    staff = staff_of(viewer)
    if staff is None or staff.role not in POWERS[power]:
        raise PermissionDenied(f"Your role does not allow this ({power})")
    return staff
