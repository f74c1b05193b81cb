"""The pages of owners, keepers and volunteers: they work, they refuse, and keep what was typed."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from ownway.community.directory.actions import changing, publishing
from ownway.community.directory.models import Change, Check, Entry, Owner, Upload
from ownway.community.directory.queries import content, keeping, links
from ownway.foundation.council.models import OrganisationMember, SignIn, Staff
from ownway.foundation.letters.models import Outbox
from tests.community.directory.conftest import NOON, TODAY
from tests.community.directory.keeping.conftest import entry_named

As = Callable[[Staff | SignIn], Client]


@pytest.fixture(autouse=True)
def noon(the_time: Callable[[datetime], None]) -> None:
    """It is noon on 6 January 2026."""
    the_time(NOON)


def _hidden(text: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', text)
    assert found, name
    return found[1]


def _link(entry: Entry) -> str:
    return links.link_for(entry, at=NOON).removeprefix("http://127.0.0.1:8000")


# -- By a link ----------------------------------------------------------------------------------


def test_an_owner_says_by_a_link_that_all_is_right(teapot: Entry, client: Client) -> None:
    page = client.get(_link(teapot)).text

    answer = client.post(_link(teapot), {"do": "right", "seen": _hidden(page, "seen")}, follow=True)

    assert "marked as checked today" in answer.text
    assert entry_named("Teapot Café").checked_on == TODAY


def test_an_owner_changes_times_by_a_link_in_their_own_words(teapot: Entry, client: Client) -> None:
    page = client.post(_link(teapot), {"do": "change"}, follow=True)
    part = client.get(f"{_link(teapot)}change/times/").text

    client.post(
        f"{_link(teapot)}change/times/",
        {"times": "Fridays 10am to 12\nBy appointment", "version": _hidden(part, "version")},
    )
    page = client.get(f"{_link(teapot)}change/")
    sent = client.post(
        f"{_link(teapot)}change/",
        {"do": "send", "version": _hidden(page.text, "version")},
        follow=True,
    )

    assert "Fri 10:00 to 12:00" in page.text
    assert "It waits for us" in sent.text
    assert Change.objects.get().said["times"] == ["Fri 10:00 to 12:00", "By appointment"]
    assert entry_named("Teapot Café").checked_on != TODAY


@pytest.mark.parametrize("broken", ["x", "a:b:c", "{}:1:2"])
def test_a_link_that_is_none_of_ours_opens_nothing(
    broken: str, teapot: Entry, client: Client
) -> None:
    answer = client.get(f"/directory/keep/{broken}/")

    assert answer.status_code == 404
    assert "Ask us for a new one" in answer.text


def test_a_link_ends_after_its_days(
    teapot: Entry, client: Client, the_time: Callable[[datetime], None]
) -> None:
    link = _link(teapot)
    the_time(NOON + timedelta(days=14, minutes=1))

    assert client.get(link).status_code == 404


def test_a_link_ends_when_the_entry_has_another_owner(teapot: Entry, client: Client) -> None:
    link = _link(teapot)
    other = Owner.objects.exclude(entries=teapot)[0]
    Entry.objects.filter(pk=teapot.pk).update(owner=other)

    assert client.get(link).status_code == 404
    assert client.post(link, {"do": "change"}).status_code == 404


WRONG = [
    ("times", {"times": "Thu 4pm to 2pm"}, "ends before it starts"),
    ("about", {"name": "", "what": "Tea"}, "Enter a name"),
    ("about", {"name": "x" * 300, "what": "Tea"}, "at most 200"),
    ("prices", {"prices": "-3 each"}, "less than nothing"),
    ("where", {"postcode": "nowhere"}, "full postcode"),
    ("where", {"postcode": "ZZ9 9ZZ"}, "do not know this postcode"),
    ("touch", {"email": "me at home"}, "Enter an e-mail address"),
    ("touch", {"url": "javascript:alert(1)"}, "Enter a web address"),
    ("touch", {"phones": "ring me"}, "ring me"),
    ("helps", {"minimum_age": "old"}, "whole years"),
    ("helps", {"minimum_age": "60", "maximum_age": "18"}, "below the youngest"),
    ("showing", {"status": ""}, "Say whether it is open"),
    (
        "showing",
        {
            "status": "active",
            **{
                f"shown_from_{n}": v
                for n, v in zip(("day", "month", "year"), (2, 2, 2026), strict=True)
            },
            **{
                f"shown_until_{n}": v
                for n, v in zip(("day", "month", "year"), (1, 2, 2026), strict=True)
            },
        },
        "before the day it comes",
    ),
]


@pytest.mark.parametrize(("key", "said", "wrong"), WRONG)
def test_what_is_wrong_is_said_beside_its_field_and_what_was_typed_stays(
    key: str, said: dict[str, object], wrong: str, teapot: Entry, client: Client
) -> None:
    Entry.objects.filter(pk=teapot.pk).update(kind="help")
    client.post(_link(teapot), {"do": "change"})

    answer = client.post(f"{_link(teapot)}change/{key}/", said | {"version": "0"})

    assert answer.status_code == 422
    assert wrong in answer.text.replace("&#39;", "'")
    assert all(str(v).replace("'", "&#39;") in answer.text for v in said.values())
    assert Change.objects.get().said == {}


@pytest.mark.parametrize("typed", ["😀 <b>bold</b> & more", "a\x00b", "‮backwards"])
def test_odd_letters_are_taken_as_plain_text(typed: str, teapot: Entry, client: Client) -> None:
    client.post(_link(teapot), {"do": "change"})

    client.post(
        f"{_link(teapot)}change/about/",
        {"name": "Teapot Café", "what": "Tea", "description": typed, "version": "0"},
    )

    kept = Change.objects.get().said["description"]
    assert kept
    assert not {"<", "\x00", "‮"} & set(kept)


# -- Signed in ----------------------------------------------------------------------------------


def test_a_member_sees_their_entries_with_what_is_missing(
    hana: OrganisationMember, as_: As
) -> None:
    text = as_(hana.sign_in).get("/partner/directory/").text

    assert "Teapot Café" in text
    assert "Sit-Awhile" not in text
    assert "no how to get in touch" in text


def test_another_organisations_entry_is_not_there(hana: OrganisationMember, as_: As) -> None:
    other = entry_named("Sit-Awhile")
    change = changing.begin(other, by=None, by_words="Its owner", at=NOON)
    client = as_(hana.sign_in)

    for address in (f"{other.pk}/", f"changes/{change.pk}/", f"changes/{change.pk}/about/"):
        assert client.get(f"/partner/directory/{address}").status_code == 404


def test_a_member_adds_an_event_by_its_template(hana: OrganisationMember, as_: As) -> None:
    client = as_(hana.sign_in)
    page = client.post("/partner/directory/new/", {"kind": "event"}, follow=True)
    change = Change.objects.get()

    client.post(
        f"/partner/directory/changes/{change.pk}/times/",
        {"first_day_day": "14", "first_day_month": "2", "first_day_year": "2026",
         "times": "10am to 4pm", "version": "0"},
    )  # fmt: skip

    change.refresh_from_db()
    assert "What the event is" in page.text
    assert change.said["first_day"] == "2026-02-14"
    assert change.said["times"] == ["14 February 2026, 10:00 to 16:00"]


def test_every_part_of_every_template_opens(hana: OrganisationMember, as_: As) -> None:
    client = as_(hana.sign_in)
    for kind in ("help", "group", "place", "person", "event"):
        client.post("/partner/directory/new/", {"kind": kind})
        change = Change.objects.latest("pk")
        page = client.get(f"/partner/directory/changes/{change.pk}/").text
        for address in re.findall(rf'href="(/partner/directory/changes/{change.pk}/\w+/)"', page):
            assert client.get(address).status_code == 200


def test_a_personal_assistant_is_not_asked_for_an_address(
    hana: OrganisationMember, as_: As
) -> None:
    client = as_(hana.sign_in)
    client.post("/partner/directory/new/", {"kind": "person"})
    change = Change.objects.get()

    text = client.get(f"/partner/directory/changes/{change.pk}/where/").text

    assert 'name="postcode"' in text
    assert 'name="address"' not in text


# -- Keepers ------------------------------------------------------------------------------------

KEEPERS = ["", "changes/", "sheet/", "new/", "sheet/template.csv", "sheet/entries.csv"]


@pytest.mark.parametrize("page", KEEPERS)
def test_only_who_keeps_the_directory_opens_its_pages(
    page: str, teapot: Entry, dev: Staff, gwen: Staff, as_: As
) -> None:
    assert as_(gwen).get(f"/desk/directory/{page}").status_code == 200
    assert as_(dev).get(f"/desk/directory/{page}").status_code == 403


def test_the_list_begins_with_what_is_due(teapot: Entry, gwen: Staff, as_: As) -> None:
    text = as_(gwen).get("/desk/directory/").text

    assert "1 due for a check" in text
    assert "4 January 2026" in text
    assert "Sit-Awhile" not in text


def test_a_keeper_approves_a_change_from_old_beside_new(
    teapot: Entry, gwen: Staff, as_: As
) -> None:
    change = changing.begin(teapot, by=None, by_words="Its owner", at=NOON)
    change = changing.save_part(
        change, {"times": ["Fri 10:00 to 12:00"]}, version=0, by=None, by_words="Its owner"
    )
    changing.send(change, version=change.version, at=NOON)
    client, address = as_(gwen), f"/desk/directory/changes/{change.pk}/"
    page = client.get(address).text

    answer = client.post(address, {"do": "approve", "seen": _hidden(page, "seen")}, follow=True)

    assert "<del>Thu 10:00 to 12:00</del>" in page
    assert "<ins>Fri 10:00 to 12:00</ins>" in page
    assert "is published, and its owner is told" in answer.text
    assert "Fri 10:00 to 12:00" in client.get("/directory/teapot-cafe/").text


def test_a_change_is_not_sent_back_without_a_reason(teapot: Entry, gwen: Staff, as_: As) -> None:
    change = changing.begin(teapot, by=None, by_words="Its owner", at=NOON)
    change = changing.save_part(change, {"fees": "Cash"}, version=0, by=None, by_words="Its owner")
    changing.send(change, version=change.version, at=NOON)

    answer = as_(gwen).post(f"/desk/directory/changes/{change.pk}/", {"do": "back"})

    assert answer.status_code == 422
    assert "Say why, so that the owner knows what to do" in answer.text


def _typed(entry: Entry, **said: str) -> dict[str, object]:
    whole = content.content_of(keeping.entries().get(pk=entry.pk))
    typed = {name: "\n".join(v) if isinstance(v, list) else v or "" for name, v in whole.items()}
    typed["domains"] = whole["domains"]
    if not whole["comes_to_you"]:
        typed.pop("comes_to_you")
    return {n: v for n, v in typed.items() if v} | {"seen": content.stands(whole)} | said


def test_what_a_keeper_saves_is_published_at_once(teapot: Entry, gwen: Staff, as_: As) -> None:
    client = as_(gwen)

    client.post(f"/desk/directory/{teapot.pk}/edit/", _typed(teapot, times="Fri 10:00 to 12:00"))

    assert "Fri 10:00 to 12:00" in client.get("/directory/teapot-cafe/").text


def test_two_keepers_do_not_overwrite_each_other(teapot: Entry, gwen: Staff, as_: As) -> None:
    typed = _typed(teapot, fees="Cash only")
    publishing.publish(teapot, {"fees": "Cards too"}, how=publishing.How.STAFF, by=None, at=NOON)

    answer = as_(gwen).post(f"/desk/directory/{teapot.pk}/edit/", typed)

    assert answer.status_code == 422
    assert "Somebody else changed this entry" in answer.text
    assert "Cards too" in answer.text
    assert "Cash only" in answer.text
    assert entry_named("Teapot Café").fees == "Cards too"


def test_a_version_is_compared_and_put_back(teapot: Entry, gwen: Staff, as_: As) -> None:
    publishing.publish(
        teapot, {"times": ["Fri 10:00 to 12:00"]}, how=publishing.How.STAFF, by=None, at=NOON
    )
    client, base = as_(gwen), f"/desk/directory/{teapot.pk}"
    page = client.get(f"{base}/versions/").text

    client.post(f"{base}/back/1/", {"seen": _hidden(page, "seen")})

    assert "<ins>Fri 10:00 to 12:00</ins>" in page
    now = content.content_of(keeping.entries().get(pk=teapot.pk))
    assert now["times"] == ["Thu 10:00 to 12:00"]
    assert [one.how for one in keeping.versions(teapot)] == ["back", "staff", "before"]


def test_a_keeper_sends_the_owner_a_link(teapot: Entry, gwen: Staff, as_: As) -> None:
    as_(gwen).post(f"/desk/directory/{teapot.pk}/link/")

    text = Outbox.objects.get().text
    found = re.search(r"http://127.0.0.1:8000(/directory/keep/\S+)", text)
    assert found
    assert Client().get(found[1]).status_code == 200


def test_the_ladder_is_stopped_only_with_a_reason_and_a_day_to_come(
    teapot: Entry, gwen: Staff, as_: As
) -> None:
    from ownway.community.directory.actions import freshness

    freshness.climb(at=NOON)
    client, address = as_(gwen), f"/desk/directory/{teapot.pk}/stop/"
    day = {"until_day": "6", "until_month": "1", "until_year": "2026"}

    refused = client.post(address, {"because": "", **day})
    stopped = client.post(
        address, {"because": "Closed for winter", **day, "until_month": "4"}, follow=True
    )

    assert "This day is not in the future" in refused.text
    assert "Say why the round is stopped" in refused.text
    assert "Closed for winter" in stopped.text


def test_a_new_entry_by_a_keeper_is_in_the_directory(town: None, gwen: Staff, as_: As) -> None:
    client = as_(gwen)

    client.post(
        "/desk/directory/new/?kind=place",
        {"name": "Reading Room", "what": "A warm room with books", "status": "active"},
    )

    assert client.get("/directory/reading-room/").status_code == 200


# -- Volunteers ---------------------------------------------------------------------------------


def test_a_volunteer_takes_a_check_and_says_what_changed(
    teapot: Entry, joy: SignIn, as_: As
) -> None:
    client = as_(joy)
    page = client.get("/my/directory-checks/").text
    client.post("/my/directory-checks/", {"entry": teapot.pk})
    check = Check.objects.get()

    empty = client.post(f"/my/directory-checks/{check.pk}/", {})
    vague = client.post(f"/my/directory-checks/{check.pk}/", {"answer": "changed"})
    told = client.post(
        f"/my/directory-checks/{check.pk}/",
        {"answer": "changed", "words": "Fridays now", "way": "called"},
        follow=True,
    )

    assert "Last checked 4 January 2025" in page
    assert "Say whether it is still right" in empty.text
    assert "Say what has changed" in vague.text
    assert "We have told Teapot Café" in told.text


def test_a_check_of_somebody_else_is_not_there(
    teapot: Entry, joy: SignIn, gwen: Staff, as_: As
) -> None:
    as_(gwen).post("/desk/directory/checks/", {"entry": teapot.pk})
    check = Check.objects.get()

    assert as_(joy).get(f"/my/directory-checks/{check.pk}/").status_code == 404


def test_a_provider_has_no_checks(hana: OrganisationMember, as_: As) -> None:
    assert as_(hana.sign_in).get("/my/directory-checks/").status_code == 404
    assert as_(hana.sign_in).get("/desk/directory/checks/").status_code == 403


# -- Sheets -------------------------------------------------------------------------------------


def _send(client: Client, text: str) -> str:
    sheet = SimpleUploadedFile("ours.csv", text.encode(), content_type="text/csv")
    answer = client.post("/desk/directory/sheet/", {"sheet": sheet})
    assert answer.status_code == 302, answer.text
    return str(answer["Location"])


def test_a_sheet_shows_what_it_would_change_and_is_then_taken(
    teapot: Entry, gwen: Staff, as_: As
) -> None:
    client = as_(gwen)
    address = _send(client, "name,times\nTeapot Café,Fri 10:00 to 12:00\nNew Club,Mon 09:00\n")
    page = client.get(address).text
    before = content.content_of(keeping.entries().get(pk=teapot.pk))

    client.post(address, {"do": "take", "seen": _hidden(page, "seen")})

    after = content.content_of(keeping.entries().get(pk=teapot.pk))
    assert "1 new, 1 changed, 0 the same" in page
    assert before["times"] == ["Thu 10:00 to 12:00"]
    assert after == before | {"times": ["Fri 10:00 to 12:00"]}
    assert entry_named("New Club").slug == "new-club"


def test_a_sheet_with_a_bad_row_takes_nothing_and_names_its_line(
    teapot: Entry, gwen: Staff, as_: As
) -> None:
    client = as_(gwen)
    address = _send(client, "name,what\nGood Club,Tea\n,No name\n")
    page = client.get(address).text

    client.post(address, {"do": "take", "seen": "x"})

    assert "1 row is bad" in page
    assert "Take all of it" not in page
    assert '<th scope="row">3</th>' in page
    assert not Entry.objects.filter(name="Good Club").exists()


def test_all_entries_as_a_sheet_change_nothing_when_they_come_back(
    teapot: Entry, gwen: Staff, as_: As
) -> None:
    client = as_(gwen)
    text = client.get("/desk/directory/sheet/entries.csv").content.decode()

    page = client.get(_send(client, text)).text

    assert "0 new, 0 changed, 6 the same" in page


def test_a_sheet_is_taken_once_and_not_over_what_changed_meanwhile(
    teapot: Entry, gwen: Staff, as_: As
) -> None:
    client = as_(gwen)
    address = _send(client, "name,what\nTeapot Café,Coffee\n")
    seen = _hidden(client.get(address).text, "seen")
    publishing.publish(teapot, {"fees": "Cash"}, how=publishing.How.STAFF, by=None, at=NOON)

    refused = client.post(address, {"do": "take", "seen": seen})
    client.post(address, {"do": "take", "seen": _hidden(refused.text, "seen")})
    again = client.post(address, {"do": "take", "seen": seen})

    assert "Look again" in refused.text
    assert entry_named("Teapot Café").what == "Coffee"
    assert again.status_code == 404


@pytest.mark.parametrize("raw", [b"\xff\xfe\x00", b"what\nx\n", b"", b"name,shoe\nA,b\n"])
def test_what_is_no_sheet_is_refused_beside_the_field(
    raw: bytes, town: None, gwen: Staff, as_: As
) -> None:
    sheet = SimpleUploadedFile("x.csv", raw)

    answer = as_(gwen).post("/desk/directory/sheet/", {"sheet": sheet})

    assert answer.status_code == 422
    assert not Upload.objects.exists()
