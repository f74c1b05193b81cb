"""One text, many formats; sent once; read only by those who may."""

from io import BytesIO
from smtplib import SMTPRecipientsRefused
from typing import Any

import pikepdf
import pytest
from django.test import Client

from ownway.design.letters import as_pdf, as_text
from ownway.design.letters.pdf import Heading, _has_a_shape
from ownway.foundation.council.models import SignIn, Staff
from ownway.foundation.letters import actions, queries
from ownway.foundation.letters.models import Letter, Outbox
from ownway.foundation.people import actions as people
from ownway.foundation.people.models import Person
from ownway.foundation.record.models import AccessLog, Task
from tests.conftest import NOON

BODY = [
    {"kind": "text", "text": 'Here is your sum. #set page(paper: "a0") is only text. Ŵyn, 你好.'},
    {"kind": "heading", "text": "How we worked it out"},
    {
        "kind": "table",
        "caption": "The sum",
        "head": ["Step", "Figure"],
        "rows": [["The help you need", "40 points"]],
        "total": ["Your budget", "£171.00"],
    },
    {"kind": "list", "items": ["Tell Dev", "Ask for someone new"]},
]
HEADING = Heading(
    council="Alderbrook Council",
    council_address=["Town Hall"],
    to=["Mrs Jones"],
    on="30 January 2026",
    title="Your budget",
    greeting="Dear Mrs Jones",
    sign_off=["Dev Marlowe"],
)


def _letter(edith: Person, gwen: Staff) -> Letter:
    return actions.write_letter(
        "test", about=edith, to=edith, title="Your budget", body=BODY, by=gwen.sign_in, at=NOON
    )


def _tags(node: pikepdf.Object, found: set[str]) -> set[str]:
    if isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            found.add(str(node.S))
        if "/K" in node:
            _tags(node.K, found)
    elif isinstance(node, pikepdf.Array):
        for child in node:
            _tags(child, found)
    return found


@pytest.mark.parametrize("size", ["standard", "large_print"])
def test_a_letter_is_tagged_for_screen_readers(size: str) -> None:
    body = [*BODY[1:], {"kind": "text", "text": "Ŵyn"}]

    made = as_pdf(HEADING, body, size=size)

    with pikepdf.open(BytesIO(made)) as pdf:
        tags = _tags(pdf.Root.StructTreeRoot, set())
        assert str(pdf.Root.Lang) == "en-GB"
        assert bool(pdf.Root.MarkInfo.Marked)
        assert b"pdfuaid" in bytes(pdf.Root.Metadata.read_bytes())
        assert {"/H1", "/H2", "/P", "/Table", "/TH", "/TD", "/L", "/LI"} <= tags


def test_signs_that_cannot_be_printed_do_not_stop_a_letter() -> None:
    made = as_pdf(HEADING, [{"kind": "text", "text": "A garden 🌻 and 你好 and Ŵyn"}])

    assert made.startswith(b"%PDF")
    assert not _has_a_shape("🌻")
    assert all(_has_a_shape(sign) for sign in "Ŵyn £12.00 – “yes” −5 ×")


def test_large_print_is_larger() -> None:
    pages = []
    for size in ("standard", "large_print"):
        with pikepdf.open(BytesIO(as_pdf(HEADING, BODY[1:] * 6, size=size))) as pdf:
            pages.append(len(pdf.pages))

    assert pages[1] > pages[0]


def test_a_letter_reads_as_plain_text() -> None:
    text = as_text("Your budget", BODY)

    assert "The help you need: 40 points" in text
    assert "- Ask for someone new" in text


def test_a_letter_is_queued_once_for_each_way_its_reader_has(edith: Person, gwen: Staff) -> None:
    people.change_person(edith, email="edith@alderbrook.example")
    edith.refresh_from_db()

    _letter(edith, gwen)

    assert sorted(Outbox.objects.values_list("channel", flat=True)) == ["email", "post"]


def test_the_letter_goes_in_the_format_its_reader_needs(edith: Person, gwen: Staff) -> None:
    people.need_format(edith, format="large_print", on=NOON.date())

    assert _letter(edith, gwen).formats == ["large_print"]


def test_a_row_of_the_outbox_is_sent_once(edith: Person, gwen: Staff) -> None:
    people.change_person(edith, email="edith@alderbrook.example")
    edith.refresh_from_db()
    _letter(edith, gwen)
    row = queries.still_to_send()[0]

    assert [actions.send(row, at=NOON), actions.send(row, at=NOON)] == [True, False]


def test_the_same_key_is_queued_once(edith: Person) -> None:
    for _ in range(2):
        actions.queue_message(
            person=edith,
            channel="text",
            address="01632 960117",
            subject="",
            text="Hello",
            key="k",
            at=NOON,
        )

    assert Outbox.objects.count() == 1


@pytest.mark.parametrize("ending", ["/", ".pdf", ".txt"])
def test_a_letter_is_read_by_its_reader_and_by_no_stranger(
    ending: str, edith_in: SignIn, edith: Person, gwen: Staff, dev: Staff, client: Client
) -> None:
    letter = _letter(edith, gwen)
    address = f"/letters/{letter.pk}{ending}"

    client.force_login(edith_in)
    assert client.get(address).status_code == 200
    client.force_login(dev.sign_in)
    assert client.get(address).status_code == 404


def test_post_waits_for_hands_and_is_marked_as_posted_once(edith: Person, gwen: Staff) -> None:
    _letter(edith, gwen)
    row = Outbox.objects.get(channel="post")
    assert queries.still_to_send() == []

    done = [actions.mark_posted([row.pk], by=gwen.sign_in, at=NOON) for _ in range(2)]

    assert done == [1, 0]


def test_an_address_that_is_refused_stops_no_other_and_becomes_a_task(
    edith: Person, gwen: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: object) -> None:
        raise SMTPRecipientsRefused({"x": (550, b"no such mailbox")})

    actions.queue_message(
        person=edith,
        channel="email",
        address="x@example.org",
        subject="Hello",
        text="",
        key="k",
        at=NOON,
    )
    row = Outbox.objects.get()
    monkeypatch.setattr(actions, "send_mail", refuse)

    sent = [actions.send(row.pk, at=NOON) for _ in range(actions.MOST_TRIES + 1)]

    row.refresh_from_db()
    assert not any(sent)
    assert "no such mailbox" in row.failed_because
    assert Task.objects.filter(kind="outbox.failed").count() == 1
    assert queries.still_to_send() == []


def test_without_a_text_service_a_text_waits_and_says_so(edith: Person, settings: Any) -> None:
    settings.TEXTS_GO = "nowhere"
    actions.queue_message(
        person=edith,
        channel="text",
        address="07700 900111",
        subject="",
        text="Hi",
        key="t",
        at=NOON,
    )
    row = Outbox.objects.get()

    assert not actions.send(row.pk, at=NOON)
    row.refresh_from_db()
    assert row.sent_at is None
    assert "No text message service" in row.failed_because


def test_the_outbox_shows_names_and_a_message_is_opened_with_a_look(
    edith: Person, gwen: Staff, client: Client
) -> None:
    _letter(edith, gwen)
    row = Outbox.objects.get(channel="post")
    client.force_login(gwen.sign_in)

    listed = client.get("/desk/outbox/").content.decode()
    assert "Edith Jones" in listed
    assert "14 Copper Lane" not in listed
    assert not AccessLog.objects.exists()

    opened = client.get(f"/desk/outbox/{row.pk}/").content.decode()
    assert row.address in opened
    assert [look.person for look in AccessLog.objects.all()] == [edith]


def test_a_worker_finds_only_what_goes_to_people_of_the_team(
    edith: Person, gwen: Staff, dev: Staff, client: Client
) -> None:
    _letter(edith, gwen)
    row = Outbox.objects.get(channel="post")
    client.force_login(dev.sign_in)

    assert "Edith Jones" not in client.get("/desk/outbox/").content.decode()
    assert client.get(f"/desk/outbox/{row.pk}/").status_code == 404
    assert actions.mark_posted([row.pk], by=dev.sign_in, at=NOON) == 0
    people.name_worker(edith, staff=dev, at=NOON)
    assert "Edith Jones" in client.get("/desk/outbox/").content.decode()
