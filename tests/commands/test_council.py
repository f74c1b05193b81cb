"""A real council is named and staffed from the command line."""

import pytest
from django.test import Client

from ownway.commands.council import main
from ownway.foundation.council.models import Identity, SignIn, Staff, Team

NAME = [
    "name",
    "--name",
    "Fenwick Council",
    "--short-name",
    "Fenwick",
    "--phone",
    "01632 960000",
    "--hours",
    "Monday to Friday",
    "--night-phone",
    "01632 960001",
    "--email",
    "care@fenwick.example",
    "--address",
    "Town Hall",
]
STAFF = ["staff", "--name", "Mo Fell", "--email", "mo@fenwick.example", "--team", "Access"]


def test_a_council_gets_its_name_a_team_and_a_first_member_of_staff(db: None) -> None:
    assert main(NAME) == 0
    assert main(["team", "--name", "Access", "--kind", "access"]) == 0
    assert main([*STAFF, "--role", "access_officer"]) == 0

    assert Identity.objects.get().name == "Fenwick Council"
    assert Staff.objects.get().team == Team.objects.get()


def test_a_role_that_does_not_exist_is_refused_and_nobody_is_added(
    db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["team", "--name", "Access", "--kind", "access"])

    assert main([*STAFF, "--role", "wizard"]) == 1

    assert "wizard" in capsys.readouterr().err
    assert not SignIn.objects.exists()


def test_who_has_left_cannot_get_in(db: None, client: Client) -> None:
    main(["team", "--name", "Access", "--kind", "access"])
    main([*STAFF, "--role", "access_officer"])
    client.force_login(SignIn.objects.get())
    assert client.get("/desk/people/").status_code == 200

    assert main(["leave", "--email", "mo@fenwick.example"]) == 0

    assert client.get("/desk/people/").status_code == 302
