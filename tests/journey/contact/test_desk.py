"""The one screen: a call from the first word to settled, with nothing lost on the way."""

import re
from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ownway.foundation.council.models import SignIn, Staff
from ownway.foundation.letters.models import Letter
from ownway.foundation.people import actions as people
from ownway.foundation.people.models import Household, Person, Relationship
from ownway.foundation.record.models import AccessLog
from ownway.journey.contact import actions
from ownway.journey.contact.models import Contact, Signpost
from tests.journey.contact.conftest import TEN, As

pytestmark = pytest.mark.usefixtures("listed", "at_ten")
SAID = {
    "channel": "phone",
    "urgency": "this_week",
    "reason": "dementia",
    "said": "Gave up work in November",
    "hope": "An afternoon outside",
    "settle": "signpost",
    "call_back": "on",
}


@pytest.fixture
def at_ten(the_time: Callable[..., None]) -> None:
    """It is ten o'clock on the sixth."""
    the_time(TEN)


@pytest.fixture
def desk(as_: As, gwen: Staff) -> Client:
    """Gwen's browser."""
    return as_(gwen)


def page_of(contact: Contact) -> str:
    return f"/desk/contacts/{contact.pk}/"


def start(desk: Client) -> Contact:
    desk.post("/desk/contacts/new/", {"channel": "phone"})
    return Contact.objects.latest("pk")


def test_a_known_caller_is_settled_with_four_typed_fields_and_seven_presses(
    desk: Client, edith: Person, harold: Person
) -> None:
    contact = start(desk)
    page = page_of(contact)

    assert "Harold Jones" not in desk.post(page, {"find_caller": "edith"}).text
    desk.post(page, {"use_caller": edith.pk})
    found = desk.post(page, {"find_about": "harold jo", "find": "1"}).text
    desk.post(page, {"use_about": harold.pk})
    desk.post(page, SAID | {"tie": "wife:carer", "pick": "sit-awhile"})
    desk.post(page, SAID | {"pick": "teapot"})
    settled = desk.post(page, SAID, follow=True).text

    assert "Already known: same address" in found
    assert f"Contact {contact.number} settled in" in settled
    assert "Mrs Jones was told" in settled
    assert Signpost.objects.exclude(sent_at=None).count() == 2
    assert Relationship.objects.get().cares_for


def test_the_screen_shows_clock_words_and_suggestions(desk: Client, call: Contact) -> None:
    text = desk.get(page_of(call)).text

    assert "Mrs Jones, on the phone" in text
    assert "used, due Wed 7 Jan 10:00" in text
    assert "Mrs Jones is his" in text
    assert "What she hopes for, in her words" in text
    assert "Sit-Awhile" in text
    assert text.count("<h1") == 1


def test_own_pages_are_offered_until_they_are_given(
    desk: Client, call: Contact, edith: Person
) -> None:
    offered = "her own pages"
    assert offered in desk.get(page_of(call)).text

    people.give_way_in(edith, email="edith@alderbrook.example")

    assert offered not in desk.get(page_of(call)).text


def test_a_mother_and_daughter_of_one_title_are_told_apart(
    desk: Client, call: Contact, edith: Person, harold: Person
) -> None:
    for person, first in ((edith, "Rita"), (harold, "Wanda")):
        people.change_person(person, title="Ms", first_name=first, last_name="Kelworth")

    text = desk.get(page_of(call)).text

    assert "Rita Kelworth is" in text
    assert "Open an assessment for Wanda Kelworth, for Rita Kelworth, or for both" in text
    assert "Ms Kelworth is" not in text


def test_somebody_who_calls_about_themselves_is_not_on_the_other_side_too(
    call: Contact, edith: Person
) -> None:
    with pytest.raises(IntegrityError, match="about_somebody_else_than_the_caller"):
        Contact.objects.filter(pk=call.pk).update(about=edith)


def test_a_new_person_is_added_and_a_second_of_the_name_is_warned_of(
    desk: Client, call: Contact, harold: Person
) -> None:
    desk.post(page_of(call), {"change": "about"})
    typed = {
        "about-title": "Mr", "about-first_name": "Harold", "about-last_name": "Jones",
        "about-lives_with_caller": "on", "add_now": "about", "said": "Typed before",
    }  # fmt: skip

    warned = desk.post(page_of(call), typed).text

    assert "Already known: Harold Jones" in warned
    assert "Already known: same address" in re.sub(r"<[^>]+>", "", warned)
    assert 'value="Harold"' in warned
    assert "Typed before" in warned
    assert Person.objects.filter(last_name="Jones").count() == 2

    added = desk.post(page_of(call), typed | {"about-because": "His father"})

    assert added.status_code == 200
    assert Person.objects.filter(last_name="Jones").count() == 3
    assert Household.objects.count() == 1


def test_a_refusal_names_every_field_and_keeps_all_that_was_typed(
    desk: Client, call: Contact
) -> None:
    typed = SAID | {"reason": "", "settle": "screen", "open_for": "both", "hope": "Keep me ✿"}

    text = desk.post(page_of(call), typed | {"screen_care": "most_personal_care"}).text

    assert "Choose what it is about" in text
    assert 'href="#id_reason"' in text
    assert 'href="#id_screen_health"' in text
    assert 'href="#id_screen_care"' not in text
    assert "Keep me ✿" in text
    assert re.search(r'value="most_personal_care" selected', text)
    call.refresh_from_db()
    assert not call.is_settled


def test_too_long_a_note_is_refused_beside_its_field_and_stays(desk: Client, call: Contact) -> None:
    text = desk.post(page_of(call), SAID | {"said": "x" * 5001, "own_words": "Advice"}).text

    assert "Keep this to 5000 letters" in text
    assert "x" * 5001 in text


def test_sending_twice_settles_once_and_says_so(desk: Client, call: Contact) -> None:
    typed = SAID | {"own_words": "Some advice"}
    desk.post(page_of(call), typed)

    again = desk.post(page_of(call), typed, follow=True).text

    assert "was settled already" in again
    assert Letter.objects.count() == 1


def test_screening_on_the_page_names_a_worker_and_both_assessments(
    desk: Client, call: Contact, dev: Staff
) -> None:
    screened = {f"screen_{key}": "fine" for key in ("health", "harm", "ties", "roles")}
    screened |= {"screen_say": "partial_say", "screen_care": "several_personal_care"}
    typed = SAID | screened | {"settle": "screen", "worker": dev.pk, "tie": "wife:carer"}

    refused = desk.post(page_of(call), typed | {"open_for": ""}).text
    text = desk.post(page_of(call), typed | {"open_for": "both"}, follow=True).text

    assert "Choose for whom to open an assessment" in refused
    assert "Provisional band: <strong>substantial</strong>" in text
    assert "Carer. Assessment asked for" in text


def test_equipment_questions_come_next_when_ticked(
    desk: Client, call: Contact, harold: Person
) -> None:
    answer = desk.post(page_of(call), SAID | {"own_words": "Advice", "equipment": "on"})

    assert answer.headers["Location"] == f"/desk/people/{harold.pk}/equipment/"


def test_what_is_too_long_to_keep_is_never_said_to_be_saved(desk: Client, call: Contact) -> None:
    text = desk.post(page_of(call) + "keep/", SAID | {"said": "x" * 12_000}).text

    assert "Not saved." in text
    assert "Saved 10:00" not in text


def test_what_is_typed_is_kept_as_it_is_typed_and_the_words_follow(
    desk: Client, call: Contact
) -> None:
    text = desk.post(page_of(call) + "keep/", SAID | {"settle": "concern", "hope": "Quiet"}).text

    assert "Saved 10:00" in text
    assert "We act on it today" in text
    call.refresh_from_db()
    assert call.hope == "Quiet"


def test_people_are_found_while_typing_and_names_stay_out_of_addresses(
    desk: Client, call: Contact
) -> None:
    desk.post(page_of(call), {"change": "about"})
    find = page_of(call) + "find/about/"

    text = desk.post(find, {"find_about": "harold jo"}).text

    assert "<mark>Harold</mark> <mark>Jo</mark>nes" in text
    assert "1 at the caller’s address" in text
    assert desk.get(find).status_code == 405


def test_markup_in_a_name_is_text(desk: Client, call: Contact, gwen: Staff) -> None:
    actions.drop_person(call, side="about", by=gwen, at=TEN)
    actions.add_and_use(
        call, side="about", by=gwen, at=TEN, home={}, lives_with_caller=False, because="",
        known={"first_name": "<b>Bo", "last_name": "Zed"},
    )  # fmt: skip

    text = desk.get(page_of(call)).text

    assert "<b>Bo" not in text
    assert "&lt;b&gt;Bo" in text


def test_opening_a_contact_is_logged_for_each_of_the_two(desk: Client, call: Contact) -> None:
    desk.get(page_of(call))

    looks = AccessLog.objects.all()
    assert {look.person_id for look in looks} == {call.caller_id, call.about_id}
    assert {look.what for look in looks} == {"your record"}


def test_picking_somebody_shows_their_facts_and_is_logged_as_a_look(
    desk: Client, edith: Person
) -> None:
    contact = start(desk)

    text = desk.post(page_of(contact), {"use_caller": edith.pk}).text

    assert "14 Copper Lane" in text
    assert [look.person_id for look in AccessLog.objects.all()] == [edith.pk]


def test_a_look_names_the_contact_once_it_is_settled_but_never_a_worry_for_safety(
    desk: Client, call: Contact, edith: Person, harold: Person, gwen: Staff
) -> None:
    worry = actions.begin(by=gwen, at=TEN)
    actions.use_person(worry, harold, side="about", by=gwen, at=TEN)
    actions.keep(worry, by=gwen, at=TEN, reason="concern", said="Bruises")
    actions.settle_by_concern(worry, because="Bruises", by=gwen, at=TEN)
    actions.settle_by_signpost(call, by=gwen, at=TEN, words="Ring the café")

    for page in (page_of(worry), f"{page_of(worry)}facts/{harold.pk}/"):
        desk.get(page)
        look = AccessLog.objects.latest("number")
        assert (look.what, look.why) == ("your record", "Work of our access team")
    desk.get(page_of(call))
    assert AccessLog.objects.latest("number").what == "your contact with us"


def test_a_stranger_on_the_staff_finds_no_such_contact(as_: As, call: Contact, dev: Staff) -> None:
    assert as_(dev).get(page_of(call)).status_code == 404
    assert as_(dev).post(page_of(call), SAID).status_code == 404


def test_those_who_take_no_contacts_are_refused(
    as_: As, call: Contact, priya: Staff, edith_in: SignIn
) -> None:
    assert as_(priya).get(page_of(call)).status_code == 403
    assert as_(priya).get("/desk/contacts/").status_code == 403
    assert as_(edith_in).get(page_of(call)).status_code == 403


def test_the_list_asks_the_same_few_questions_however_long_it_is(desk: Client, gwen: Staff) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert desk.get("/desk/contacts/").status_code == 200
        return len(queries)

    start(desk)
    few = asked()
    for _ in range(7):
        actions.begin(by=gwen, at=TEN)

    assert asked() == few
    assert few <= 12


def test_the_list_says_what_share_was_settled_in_time(desk: Client, call: Contact) -> None:
    desk.post(page_of(call), SAID | {"own_words": "Advice"})

    text = desk.get("/desk/contacts/?show=settled").text

    assert "100% settled within 24 hours (1 of 1), target 80%" in text
    assert "Advice given" in text


def test_a_badge_is_started_and_its_number_shown(
    desk: Client, call: Contact, harold: Person
) -> None:
    typed = {"person": harold.pk, "kind": "parking_badge"}

    text = desk.post(page_of(call) + "apply/", typed, follow=True).text

    assert re.search(r"Parking badge for Mr Jones: received, number PB-\d{5}", text)
    again = desk.post(page_of(call) + "apply/", typed).text
    assert "has applied for a parking badge already" in again


def test_own_pages_are_given_only_with_an_authority_to_act(
    desk: Client, call: Contact, edith: Person
) -> None:
    page = f"{page_of(call)}way-in/{edith.pk}/"
    typed = {"email": "edith@example.com", "act_for": "on"}

    refused = desk.post(page, typed).text
    done = desk.post(page, typed | {"authority": "He agreed, on the phone"}, follow=True).text

    assert "Say who agreed to this and how" in refused
    assert 'value="edith@example.com"' in refused
    assert "An e-mail with the way in goes to edith@example.com" in done


def test_somebody_who_is_not_in_the_contact_has_no_page_there(
    desk: Client, call: Contact, gwen: Staff
) -> None:
    assert desk.get(f"{page_of(call)}facts/999999/").status_code == 404


def test_the_call_back_page_keeps_results_and_refuses_a_missing_why(
    desk: Client, call: Contact
) -> None:
    desk.post(page_of(call), SAID | {"pick": "teapot"})
    desk.post(page_of(call), SAID)
    key = Signpost.objects.get().pk
    page = page_of(call) + "call-back/"

    refused = desk.post(page, {f"result-{key}": "does_not_suit", f"words-{key}": "No bus"}).text
    done = desk.post(
        page,
        {f"result-{key}": "does_not_suit", f"why-{key}": "transport", f"words-{key}": "No bus"},
        follow=True,
    ).text

    assert "Say why Teapot Café does not suit" in refused
    assert "No bus" in refused
    assert "Does not suit: no transport" in done


def test_settling_a_concern_says_to_tell_them_now_for_nothing_is_sent(
    desk: Client, call: Contact
) -> None:
    typed = SAID | {"settle": "concern", "concern": "Bruises"}
    assert "nothing is sent about a worry" in desk.post(page_of(call) + "keep/", typed).text

    assert "Tell them now." in desk.post(page_of(call), typed, follow=True).text


def test_a_settled_concern_shows_the_worry_and_who_has_it(
    desk: Client, call: Contact, ruth: Staff
) -> None:
    typed = SAID | {"settle": "concern", "concern": "Bruises on his arm"}

    text = desk.post(page_of(call), typed, follow=True).text

    assert "<dt>The worry</dt><dd>Bruises on his arm</dd>" in text
    assert f"<dt>Who has it</dt><dd>{ruth.name}, to decide by Tue 6 Jan 14:00</dd>" in text


LONG_ADDRESS = f"{'a' * 60}@{'.'.join(['b' * 60] * 4)}.example"


def test_facts_that_cannot_be_kept_are_refused_beside_their_field_and_stay(
    desk: Client, call: Contact, edith: Person, harold: Person
) -> None:
    people.change_person(harold, nhs_number="943 476 5919")
    typed = {"nhs_number": "943 476 5919", "email": LONG_ADDRESS, "phone": "01632 960123"}

    text = desk.post(f"{page_of(call)}facts/{edith.pk}/", typed).text

    assert "Somebody else has this NHS number" in text
    assert "Keep this to 254 letters" in text
    assert "01632 960123" in text


def test_a_date_of_birth_to_come_is_refused_beside_its_field(
    desk: Client, call: Contact, edith: Person
) -> None:
    born = {"date_of_birth_day": "7", "date_of_birth_month": "1", "date_of_birth_year": "2026"}
    new = {f"caller-{name}": said for name, said in born.items()}
    new |= {"caller-first_name": "Nadia", "caller-last_name": "Brambleby", "add_now": "caller"}

    for page, typed in (
        (f"{page_of(call)}facts/{edith.pk}/", born),
        (page_of(start(desk)), new),
    ):
        assert "A date of birth is in the past" in desk.post(page, typed).text

    assert not Person.objects.filter(date_of_birth__year=2026).exists()


def test_a_postcode_that_is_none_is_refused_beside_its_field(desk: Client) -> None:
    page = page_of(start(desk))
    typed = {"caller-first_name": "Nadia", "caller-last_name": "Brambleby"}

    text = desk.post(page, typed | {"add_now": "caller", "caller-postcode": "ABCDEFGHIJ"}).text

    assert "Enter a real postcode" in text
    assert not Person.objects.exists()


def test_passing_on_asks_to_whom_and_why(desk: Client, call: Contact, dev: Staff) -> None:
    page = page_of(call) + "pass/"

    assert "Say why you pass it on" in desk.post(page, {"to": dev.pk}).text
    desk.post(page, {"to": dev.pk, "because": "Knows them"})

    call.refresh_from_db()
    assert call.owner == dev


def test_each_passing_on_is_shown_before_and_after_it_is_settled(
    desk: Client, call: Contact, gwen: Staff, dev: Staff
) -> None:
    actions.pass_on(call, to=dev, because="Knows them", by=gwen, at=TEN)
    actions.pass_on(call, to=gwen, because="Not his", by=dev, at=TEN)

    for _ in range(2):
        text = desk.get(page_of(call)).text
        assert "Passed by Gwen Applegarth to Dev Marlowe, Tue 6 Jan 10:00: “Knows them”" in text
        assert "Passed by Dev Marlowe to Gwen Applegarth" in text
        if not Contact.objects.get().is_settled:
            actions.settle_by_signpost(call, by=gwen, at=TEN, words="Ring the café.")


def test_the_urgent_lane_shows_whom_to_ring_at_once(desk: Client, call: Contact) -> None:
    text = desk.post(page_of(call), SAID | {"urgent": "1"}).text

    assert 'href="tel:999"' in text
    assert "Gave up work in November" in text


NEW = {
    "caller-first_name": "Nadia",
    "caller-last_name": "Brambleby",
    "caller-phone": "01632 960555",
    "caller-date_of_birth_day": "3",
}


def test_a_telephone_nobody_can_ring_is_refused_beside_its_box_and_kept(desk: Client) -> None:
    contact = start(desk)

    text = desk.post(page_of(contact), NEW | {"caller-phone": "abc🦊", "add_now": "caller"}).text

    assert text.count("Enter a phone number with its area code, like 01632 960001") == 2
    assert 'href="#id_caller-phone"' in text
    assert 'value="abc🦊"' in text
    assert not Person.objects.exists()


@pytest.mark.parametrize("press", ["keep", "find", "pick", "urgent", "add", "nothing"])
def test_whatever_is_pressed_a_person_half_typed_stays(desk: Client, press: str) -> None:
    contact = start(desk)

    text = desk.post(page_of(contact), NEW | {press: "sit-awhile"}).text

    assert 'value="Nadia"' in text
    assert 'value="01632 960555"' in text
    assert re.search(r'name="caller-date_of_birth_day"[^>]*value="3"', text)
    contact.refresh_from_db()
    assert not contact.is_settled


def test_looking_again_puts_the_new_person_away(desk: Client) -> None:
    assert "A new person" not in desk.post(page_of(start(desk)), NEW | {"find": "caller"}).text


def test_nothing_is_settled_over_a_person_who_was_not_added(desk: Client) -> None:
    contact = start(desk)

    text = desk.post(page_of(contact), SAID | NEW).text

    assert text.count("Press “Add and use”, or “Look again”, before you settle") == 2
    contact.refresh_from_db()
    assert not contact.is_settled
