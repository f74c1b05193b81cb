"""`ownway council`: name a council, its teams, its staff and the organisations it works with."""

import argparse
import sys
from collections.abc import Callable


def main(argv: list[str]) -> int:
    """Do one thing; 1 with a sentence when it cannot be done."""
    wanted = _parser().parse_args(argv)
    from django.core.exceptions import ValidationError
    from django.db import IntegrityError, transaction

    try:
        with transaction.atomic():
            print(wanted.does(wanted))
    except (ValidationError, IntegrityError, LookupError) as refusal:
        words = "; ".join(refusal.messages) if isinstance(refusal, ValidationError) else refusal
        print(f"Not done: {words}", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="ownway council", description=__doc__)
    does = parser.add_subparsers(dest="what", required=True)
    name = _command(does, "name", _name, "the council's own name and numbers")
    for field in ("name", "short-name", "phone", "hours", "night-phone", "email", "address"):
        name.add_argument(f"--{field}", required=True)
    name.add_argument("--brand", default="", help="its colour, like #14524c")
    team = _command(does, "team", _team, "add a team")
    team.add_argument("--name", required=True)
    team.add_argument("--kind", required=True, help="access, reablement, long_term, crisis, …")
    staff = _command(does, "staff", _staff, "add a member of staff; they sign in by e-mailed code")
    for field in ("name", "email", "role", "team"):
        staff.add_argument(f"--{field}", required=True)
    staff.add_argument("--phone", default="")
    leave = _command(does, "leave", _leave, "a member of staff leaves today")
    leave.add_argument("--email", required=True)
    body = _command(does, "organisation", _organisation, "add an organisation and who signs in")
    for field in ("name", "kind", "member", "email", "part"):
        body.add_argument(f"--{field}", required=True)
    return parser


def _command(
    does: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    run: Callable[[argparse.Namespace], str],
    words: str,
) -> argparse.ArgumentParser:
    made = does.add_parser(name, help=words, description=words)
    made.set_defaults(does=run)
    return made


def _name(wanted: argparse.Namespace) -> str:
    from ownway.foundation.council.models import Identity

    fields = ("name", "short_name", "phone", "hours", "night_phone", "email", "address", "brand")
    made = Identity(**{field: getattr(wanted, field) for field in fields})
    made.full_clean(validate_unique=False)
    Identity.objects.update_or_create(
        only=True, defaults={field: getattr(wanted, field) for field in fields}
    )
    return f"The council is {made.name}"


def _team(wanted: argparse.Namespace) -> str:
    from ownway.foundation.council.models import Team

    made = Team(name=wanted.name, kind=wanted.kind)
    made.full_clean()
    made.save()
    return f"Added the team {made.name}"


def _staff(wanted: argparse.Namespace) -> str:
    from ownway.foundation.council.models import SignIn, Staff, Team

    team = Team.objects.filter(name=wanted.team).first()
    if team is None:
        raise LookupError(f"there is no team called {wanted.team}")
    sign_in = SignIn.objects.create_user(email=wanted.email, name=wanted.name)
    made = Staff(
        sign_in=sign_in,
        name=wanted.name,
        role=wanted.role,
        team=team,
        phone=wanted.phone,
        email=wanted.email,
    )
    made.full_clean()
    made.save()
    return f"Added {made.name}, {made.get_role_display().lower()}, {team.name}"


def _leave(wanted: argparse.Namespace) -> str:
    from ownway.foundation.council.models import SignIn, Staff
    from ownway.foundation.council.queries import today

    staff = Staff.objects.filter(sign_in__email=wanted.email.lower(), left_on=None).first()
    if staff is None:
        raise LookupError(f"nobody with the e-mail address {wanted.email} works here")
    staff.left_on = today()
    staff.save(update_fields=["left_on"])
    SignIn.objects.filter(pk=staff.sign_in_id).update(is_active=False)
    return f"{staff.name} has left; their way in is closed"


def _organisation(wanted: argparse.Namespace) -> str:
    from ownway.foundation.council.models import Organisation, OrganisationMember, SignIn

    body, is_new = Organisation.objects.get_or_create(
        name=wanted.name, defaults={"kind": wanted.kind}
    )
    if is_new:
        body.full_clean()
    sign_in = SignIn.objects.create_user(email=wanted.email, name=wanted.member)
    made = OrganisationMember(sign_in=sign_in, organisation=body, part=wanted.part)
    made.full_clean()
    made.save()
    return f"Added {sign_in.name} of {body.name}"
