"""Who a visitor of the demonstration can be."""

from dataclasses import dataclass

from ownway.community.quality.models import LayReviewer
from ownway.foundation.council.models import OrganisationMember, SignIn, Staff
from ownway.foundation.people.models import PersonSignIn


@dataclass(frozen=True)
class WayIn:
    """One human being to sign in as: who they are, and what they would look at first."""

    sign_in: SignIn
    as_what: str
    first: str


SHOWN = 12
FIRST = {
    "access_officer": "takes a call on one screen",
    "social_worker": "has a list of what is due and late",
    "occupational_therapist": "helps people get stronger",
    "team_manager": "agrees plans by three tests",
    "finance_officer": "prepares and releases payments",
    "commissioner": "checks ratings, awards marks and sees the figures",
    "policy_owner": "keeps the rules, with every number’s source",
    "programme_manager": "publishes rules that somebody else drafted",
    "director": "answers for it all",
}


def ways_in() -> list[WayIn]:
    """Staff by role, then the organisations' own, then lay reviewers."""
    staff = Staff.objects.filter(left_on=None).select_related("sign_in").order_by("pk")
    members = OrganisationMember.objects.select_related("sign_in", "organisation").order_by("pk")
    played = [s for s in staff if s.sign_in.has_usable_password()]
    inside = [WayIn(s.sign_in, str(s.get_role_display()), FIRST[s.role]) for s in played]
    outside = [
        WayIn(
            m.sign_in, f"{m.get_part_display()}, {m.organisation.name}", "sees only their own part"
        )
        for m in members
    ]
    visiting = [
        WayIn(
            one.sign_in,
            f"Lay reviewer, {one.get_group_display().lower()}",
            "visits, and says by each standard what they found",
        )
        for one in LayReviewer.objects.select_related("sign_in")
    ]
    return inside + outside + visiting


def residents() -> list[WayIn]:
    """People of the invented council with a way in of their own: the first, and the newest."""
    ways = list(PersonSignIn.objects.select_related("sign_in", "person").order_by("pk"))
    return [
        WayIn(way.sign_in, "Resident", "reads the sum and writes the plan")
        for way in (ways if len(ways) <= SHOWN else ways[:2] + ways[2 - SHOWN :])
    ]
