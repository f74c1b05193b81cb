"""What comes by e-mail, by partners and at contact points, and the urgent lane."""

from contextlib import suppress
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from ownway.commands.contact import main as command
from ownway.foundation.council.actions import set_clock
from ownway.foundation.council.models import OrganisationMember, Staff
from ownway.foundation.letters.models import Outbox
from ownway.foundation.people.models import Consent, Person
from ownway.foundation.record.models import Event, Task
from ownway.journey.contact import actions, queries
from ownway.journey.contact.models import Contact, Enquiry, Message
from tests.journey.contact.conftest import SIT_AWHILE, TEN, As

pytestmark = pytest.mark.django_db


def eml(words: str = "I cannot lift my mother.", **headers: str) -> bytes:
    mail = EmailMessage()
    known = {"From": "Nadia Brook <nadia@example.com>", "Subject": "Help", "Message-ID": "<a@x>"}
    for name, value in (known | {k.replace("_", "-"): v for k, v in headers.items()}).items():
        mail[name] = value
    mail.set_content(words)
    return mail.as_bytes()


def take(raw: bytes, *, at: object = TEN) -> tuple[Contact, str]:
    return actions.take_mail(queries.read_mail(raw), at=at)  # type: ignore[arg-type]


# -- E-mail --------------------------------------------------------------------------------------


def test_an_email_opens_a_contact_and_says_that_it_came(gwen: Staff) -> None:
    contact, how = take(eml())

    assert (how, contact.channel, contact.caller_name) == ("new", "email", "Nadia Brook")
    assert "I cannot lift my mother." in contact.said
    assert contact.clock.due_at == TEN + timedelta(hours=24)
    assert Outbox.objects.get(address="nadia@example.com").subject.endswith(str(contact.number))


def test_the_same_email_brought_in_twice_is_one_contact(gwen: Staff) -> None:
    first, _ = take(eml())
    second, how = take(eml())

    assert (second, how) == (first, "known")
    assert Message.objects.count() == Contact.objects.count() == 1


def test_an_answer_goes_on_with_the_open_contact(gwen: Staff) -> None:
    first, _ = take(eml())
    second, how = take(
        eml("It is worse.\n\nOn Tue you wrote:\n> old", Message_ID="<b@x>", In_Reply_To="<a@x>",
            Subject="Re: Help"))  # fmt: skip

    assert (second.pk, how) == (first.pk, "went on")
    assert "It is worse." in second.said
    assert "> old" not in second.said


def test_an_answer_to_what_is_settled_follows_it(gwen: Staff) -> None:
    first, _ = take(eml())
    actions.keep(first, by=gwen, at=TEN, reason="daily")
    actions.settle_by_signpost(first, by=gwen, at=TEN, words="Ring us")
    second, how = take(eml(Message_ID="<b@x>", References="<a@x>"), at=TEN + timedelta(days=2))

    assert how == "new"
    assert second.follows == first


def test_somebody_else_naming_a_message_does_not_get_into_its_contact(gwen: Staff) -> None:
    first, _ = take(eml())
    forged, how = take(eml(From="x@evil.example", Message_ID="<b@x>", In_Reply_To="<a@x>"))

    assert how == "new"
    assert forged != first


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"", "names no sender"),
        (b"\x00\xff\xfe" * 50, "names no sender"),
        (eml(Auto_Submitted="auto-replied"), "machine"),
        (eml(From="MAILER-DAEMON@example.com"), "machine"),
        (b"a" * 20_000_001, "20 MB"),
    ],
)
def test_what_is_no_email_is_refused_with_a_reason(raw: bytes, why: str) -> None:
    with pytest.raises(queries.NotAMail, match=why):
        queries.read_mail(raw)


def test_markup_alone_is_read_as_words() -> None:
    raw = (b"From: a@example.com\r\nSubject: =?utf-8?q?Caf=C3=A9?=\r\n"
           b"Content-Type: text/html; charset=nonsense\r\n\r\n"
           b"<style>p{}</style><p>Hello</p><script>x()</script><p>caf\xc3\xa9</p>")  # fmt: skip
    mail = queries.read_mail(raw)

    assert mail.subject == "Café"
    assert mail.body.split() == ["Hello", "café"]


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(junk: bytes) -> None:
    with suppress(queries.NotAMail):
        assert queries.read_mail(b"From: a@example.com\r\n" + junk).from_email


def test_the_desk_brings_an_email_in_by_its_page(as_: As, gwen: Staff) -> None:
    file = SimpleUploadedFile("m.eml", eml())
    answer = as_(gwen).post("/desk/contacts/email/", {"file": file}, follow=True)

    assert f"Contact {Contact.objects.get().number} is open" in answer.content.decode()


def test_the_command_takes_files_and_says_what_it_refused(
    gwen: Staff, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad = tmp_path / "good.eml", tmp_path / "bad.eml"
    good.write_bytes(eml())
    bad.write_bytes(b"nothing")

    assert command(["email", str(good), str(bad)]) == 1
    said = capsys.readouterr().out
    assert f"contact {Contact.objects.get().number}, new" in said
    assert "not taken" in said


# -- The urgent lane -----------------------------------------------------------------------------


def test_an_urgent_call_stands_in_no_list_and_is_settled_when_taken(gwen: Staff) -> None:
    crisis = actions.lay_usual_routes(on=TEN.date())[0]
    call = actions.begin(by=gwen, at=TEN)
    actions.route_now(call, crisis, because="In distress", by=gwen, at=TEN)

    assert call not in queries.open_contacts(gwen.sign_in, at=TEN)
    assert list(queries.in_urgent_lane(gwen.sign_in, at=TEN)) == [call]
    assert Task.objects.get(kind="contact.take_over").due_at == TEN + timedelta(minutes=15)

    settled = actions.take_over(call, name="Ana", by=gwen, at=TEN + timedelta(minutes=6))
    assert settled.outcome_words.endswith("taken by Ana at 10:06")
    assert not queries.in_urgent_lane(gwen.sign_in, at=TEN).exists()


def test_a_hand_over_is_undone_until_it_is_taken(gwen: Staff) -> None:
    crisis = actions.lay_usual_routes(on=TEN.date())[0]
    call = actions.begin(by=gwen, at=TEN)
    actions.route_now(call, crisis, because="", by=gwen, at=TEN)
    with pytest.raises(actions.CannotUse, match="already"):
        actions.route_now(call, crisis, because="", by=gwen, at=TEN)

    actions.take_back(call, by=gwen, at=TEN)

    assert call in queries.open_contacts(gwen.sign_in, at=TEN)
    with pytest.raises(actions.CannotUse, match="not handed over"):
        actions.take_over(call, name="Ana", by=gwen, at=TEN)


def test_a_manager_keeps_the_routing_table(as_: As, ruth: Staff, gwen: Staff) -> None:
    actions.lay_usual_routes(on=TEN.date())
    page = as_(ruth).get("/desk/routing/").content.decode()
    assert "Mental health crisis" in page

    row = queries.routes(on=TEN.date())[0]
    assert as_(gwen).post("/desk/routing/", {"end": row.pk}).status_code == 403
    as_(ruth).post("/desk/routing/", {"end": row.pk})
    row.refresh_from_db()
    assert row.until_on is not None


# -- Partners ------------------------------------------------------------------------------------

REFERRED = {
    "name": "Nora Pike", "phone": "01632 960555", "postcode": "al34qt", "reason": "hospital",
    "said": "Home on Friday, lives alone", "urgency": "today", "agreed": "yes", "key": "k1",
}  # fmt: skip


def nell() -> OrganisationMember:
    return OrganisationMember.objects.get(sign_in__email="nell.harker@alderbrook.example")


def test_a_partner_sends_somebody_once_and_follows_it(as_: As, gwen: Staff, client: Client) -> None:
    client.force_login(nell().sign_in)
    client.post("/partner/refer/", REFERRED)
    page = client.post("/partner/refer/", REFERRED, follow=True).content.decode()
    contact = Contact.objects.get()

    assert contact in queries.open_contacts(gwen.sign_in, at=contact.began_at)
    assert (contact.channel, contact.caller_postcode) == ("referral", "AL3 4QT")
    assert f"Contact {contact.number}, Nora Pike" in page


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"name": ""}, "Enter their name"),
        ({"agreed": ""}, "ask them first"),
        ({"phone": "", "postcode": ""}, "Enter a phone number, a postcode or an NHS number"),
        ({"nhs_number": "9434765918"}, "wrong digit"),
        ({"postcode": "🙂"}, "real postcode"),
    ],
)
def test_a_referral_says_what_is_wrong(
    changed: dict[str, str], why: str, client: Client, council: None
) -> None:
    client.force_login(nell().sign_in)
    page = client.post("/partner/refer/", REFERRED | changed).content.decode()

    assert why in page
    assert not Contact.objects.exists()


def test_help_at_a_contact_point_is_a_contact_settled_there(as_: As, gwen: Staff) -> None:
    typed = {"place": "Quayside Library", "reason": "daily", "done": "Found Green Gate",
             "minutes": "20", "key": "k"}  # fmt: skip
    as_(gwen).post("/desk/contacts/visit/", typed)
    made = Contact.objects.get()

    assert (made.channel, made.is_settled) == ("contact_point", True)
    assert made.settled_at - made.began_at == timedelta(minutes=20)


def test_a_visit_is_listed_with_who_saved_it(as_: As, gwen: Staff, ruth: Staff) -> None:
    actions.begin(by=gwen, at=TEN)
    visit = actions.Visit(
        place="Quayside Library", reason="daily", done="Found Green Gate", began_at=TEN
    )

    made = actions.save_visit(visit, by=ruth, key="ruths", at=TEN)

    assert made.owner == ruth
    text = as_(gwen).get("/desk/contacts/?show=settled").text
    assert f'<td data-label="Settled by">{ruth.name}</td>' in text


# -- Asking a provider ---------------------------------------------------------------------------


@pytest.fixture
def enquiry(call: Contact, gwen: Staff, listed: None) -> Enquiry:
    set_clock(TEN)
    actions.pick(call, SIT_AWHILE, by=gwen, at=TEN)
    actions.settle_by_signpost(call, by=gwen, at=TEN)
    call.refresh_from_db()
    made = actions.ask(call.signposts.get(), email="sit@example.org", site="http://x/", by=gwen,
                       at=TEN)  # fmt: skip
    assert made is not None
    return made


def link(enquiry: Enquiry) -> str:
    row = Outbox.objects.get(key=f"enquiry:{enquiry.pk}")
    return next(line for line in row.text.splitlines() if line.startswith("http://x"))[8:]


def test_a_provider_answers_once_without_an_account_and_sees_no_name(
    enquiry: Enquiry, client: Client, edith: Person
) -> None:
    page = client.get(link(enquiry)).content.decode()
    assert "Jones" not in page
    assert "dementia" not in page

    client.post(link(enquiry), {"says": "full", "words": "After Easter"})
    again = client.post(link(enquiry), {"says": "yes"}, follow=True).content.decode()

    enquiry.refresh_from_db()
    assert (enquiry.answer, enquiry.words) == ("full", "After Easter")
    assert "You answered: No, we are full" in again
    assert Task.objects.filter(kind="contact.look_again").count() == 1
    assert Event.objects.filter(kind="contact.provider_answered", person=edith).exists()


def test_a_name_is_told_only_by_consent(call: Contact, gwen: Staff, listed: None) -> None:
    actions.pick(call, SIT_AWHILE, by=gwen, at=TEN)
    actions.keep(call, by=gwen, at=TEN, agreed="yes")
    actions.settle_by_signpost(call, by=gwen, at=TEN)
    call.refresh_from_db()
    made = actions.ask(
        call.signposts.get(), email="s@example.org", site="http://x", by=gwen, at=TEN
    )

    assert made is not None
    assert made.shares_name
    assert Consent.objects.filter(scope="contact.provider", given_to="Sit-Awhile").exists()


def test_a_link_that_expired_or_was_forged_opens_nothing(enquiry: Enquiry, client: Client) -> None:
    assert client.get("/can-you-help/forged/").status_code == 404
    with pytest.raises(actions.CannotAnswer, match="expired"):
        actions.answer(enquiry, says="yes", words="", at=enquiry.expires_at)


# -- What it tells the council -------------------------------------------------------------------


def test_an_application_is_decided_once_and_a_letter_says_so(
    as_: As, gwen: Staff, harold: Person
) -> None:
    made = actions.apply_for("parking_badge", person=harold, contact=None, by=gwen, at=TEN)
    with pytest.raises(actions.CannotDecide, match="Say why"):
        actions.decide_application(made, status="refused", because="", by=gwen, at=TEN)
    answer = as_(gwen).post(f"/desk/applications/{made.pk}/", {"status": "granted"}, follow=True)

    made.refresh_from_db()
    assert made.status == "granted"
    assert "decided" in answer.content.decode()
    with pytest.raises(actions.CannotDecide, match="already"):
        actions.decide_application(made, status="granted", because="", by=gwen, at=TEN)


def test_a_commissioner_sees_gaps_and_nobodys_name(as_: As, enquiry: Enquiry, gwen: Staff) -> None:
    found = {enquiry.signpost_id: actions.Result("does_not_suit", "transport", "No bus")}
    actions.record_results(enquiry.signpost.contact, found, by=gwen, at=TEN)
    ivo = Staff.objects.get(name="Ivo Stannard")
    page = as_(ivo).get("/desk/contacts/evidence/").content.decode()

    assert "No transport" in page
    assert "Sit-Awhile" in page
    assert "Jones" not in page
    assert "No bus" not in page
    assert as_(gwen).get("/desk/contacts/evidence/").status_code == 403
