"""A contact is settled once, in one of four ways, and the person is told in the words shown."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from ownway.foundation.council import queries as council
from ownway.foundation.council.models import SignIn, Staff
from ownway.foundation.letters.models import Letter, Outbox
from ownway.foundation.people import actions as people
from ownway.foundation.people import queries as people_queries
from ownway.foundation.people.models import Person
from ownway.foundation.plan import queries as plans
from ownway.foundation.record import queries as record
from ownway.foundation.record.models import Event, Task
from ownway.journey.contact import actions, queries
from ownway.journey.contact.models import Contact, Screening, Signpost
from ownway.policy import packs
from tests.conftest import LONDON
from tests.journey.contact.conftest import SIT_AWHILE, TEAPOT, TEN

LATER = TEN + timedelta(minutes=40)
ANSWERS = {
    "health": "fine",
    "harm": "fine",
    "say": "partial_say",
    "care": "several_personal_care",
    "ties": "fine",
    "roles": "fine",
}


@pytest.fixture
def picked(call: Contact, gwen: Staff) -> Contact:
    """The call, with two entries picked."""
    for one in (SIT_AWHILE, TEAPOT):
        actions.pick(call, one, by=gwen, at=TEN)
    return call


def screened(edith: Person, harold: Person) -> list[actions.Screened]:
    return [actions.Screened(harold, answers=ANSWERS), actions.Screened(edith, is_carer=True)]


def unchanged(contact: Contact) -> bool:
    contact.refresh_from_db()
    kinds = ("contact.settled", "contact.signposted", "contact.screened", "assessment.asked_for")
    told = Letter.objects.exists() or Event.objects.filter(kind__in=kinds).exists()
    return not contact.is_settled and contact.clock.stopped_at is None and not told


def test_signposts_are_stored_told_planned_and_called_back_in_14_days(
    picked: Contact, gwen: Staff, edith: Person, harold: Person
) -> None:
    actions.send_signposts(picked, by=gwen, at=TEN)

    assert [s.entry_key for s in Signpost.objects.exclude(sent_at=None)] == ["sit-awhile", "teapot"]
    for person in (edith, harold):
        plan = plans.plan_of(person)
        assert plan is not None
        assert [line.support for line in plans.lines_of(plan)] == ["Sit-Awhile", "Teapot Café"]
    task = Task.objects.get(kind="contact.call_back")
    assert (task.owner, task.due_at) == (gwen, datetime(2026, 1, 20, 17, 0, tzinfo=LONDON))
    picked.refresh_from_db()
    assert not picked.is_settled


def test_the_letter_says_what_the_screen_said(picked: Contact, gwen: Staff, edith: Person) -> None:
    people.need_format(edith, format="large_print", on=date(2026, 1, 6))
    shown = queries.told(picked, outcome="signpost", by=gwen, at=TEN)

    actions.settle_by_signpost(picked, by=gwen, at=TEN)

    letter = Letter.objects.get()
    assert shown.words in [block.get("text") for block in letter.body]
    assert shown.words == (
        "Ring Sit-Awhile on 01632 960301 (Thu 10:00 to 12:00). Look in at Teapot Café "
        "(Thu 10:00 to 12:00). I will ring you on Tuesday 20 January to ask if they suit. "
        "Gwen, 01632 960200."
    )
    assert not any(block.get("text", "").startswith("Dear") for block in letter.body)
    assert shown.how == "By letter in large print"
    assert letter.formats == ["large_print"]


def test_own_words_replace_ours(picked: Contact, gwen: Staff) -> None:
    actions.settle_by_signpost(picked, by=gwen, at=TEN, words="I will bring the leaflet round.")

    texts = [block.get("text") for block in Letter.objects.get().body]
    assert "I will bring the leaflet round." in texts


def test_a_text_goes_to_a_mobile_and_to_nothing_else(
    picked: Contact, gwen: Staff, edith: Person
) -> None:
    people.change_person(edith, phone="07700 900117")

    actions.settle_by_signpost(picked, by=gwen, at=TEN)

    assert Outbox.objects.get(channel="text").address == "07700 900117"
    people.change_person(edith, phone="01632 960117")
    assert queries.reach(edith)[0] == ("letter in standard print",)


def test_signposting_with_nothing_picked_and_nothing_said_is_refused_whole(
    call: Contact, gwen: Staff
) -> None:
    actions.keep(call, by=gwen, at=TEN, reason="", said=" ")

    with pytest.raises(actions.CannotSettle) as refusal:
        actions.settle_by_signpost(call, by=gwen, at=TEN)

    assert [name for name, _ in refusal.value.problems] == ["reason", "said", "looked_for"]
    assert unchanged(call)


def test_settling_twice_settles_and_tells_once(picked: Contact, gwen: Staff) -> None:
    actions.settle_by_signpost(picked, by=gwen, at=TEN)

    with pytest.raises(actions.AlreadySettled):
        actions.settle_by_signpost(picked, by=gwen, at=LATER)

    picked.refresh_from_db()
    assert picked.settled_at == TEN
    assert Letter.objects.count() == 1


def test_what_is_settled_cannot_be_rewritten(picked: Contact, gwen: Staff) -> None:
    actions.settle_by_signpost(picked, by=gwen, at=TEN)

    with pytest.raises(actions.AlreadySettled):
        actions.keep(picked, by=gwen, at=LATER, said="Something else")

    picked.refresh_from_db()
    assert picked.said == "Gave up work"


def test_screening_gives_a_band_a_flag_a_worker_and_two_assessments_in_40_minutes(
    call: Contact, gwen: Staff, dev: Staff, edith: Person, harold: Person
) -> None:
    actions.settle_by_screening(call, screened(edith, harold), worker=dev, by=gwen, at=LATER)

    his, hers = Screening.objects.get(person=harold), Screening.objects.get(person=edith)
    assert (his.band, his.is_likely_eligible, hers.is_carer) == ("substantial", True, True)
    assert [people_queries.named_worker(one) for one in (edith, harold)] == [dev, dev]
    assert all(plans.plan_of(one) for one in (edith, harold))
    asked = Event.objects.filter(kind="assessment.asked_for").order_by("pk")
    assert [(e.person, e.facts["who"]) for e in asked] == [(harold, "person"), (edith, "carer")]
    assert asked[0].facts["started_at"] == TEN.isoformat()
    assert asked[0].facts["people"] == [harold.pk, edith.pk]
    call.refresh_from_db()
    assert record.face(call.clock, at=LATER).words == "Done in 40 minutes"
    told = [block.get("text", "") for block in Letter.objects.get().body]
    assert any("Dev Marlowe will help you now: 01632 960118" in words for words in told)


def test_the_promised_first_call_is_the_workers_task_until_they_write_it_down(
    call: Contact, gwen: Staff, dev: Staff, ruth: Staff, edith: Person, harold: Person
) -> None:
    actions.settle_by_screening(call, screened(edith, harold), worker=dev, by=gwen, at=LATER)
    task = Task.objects.get(kind="contact.first_call")
    assert (task.owner, task.person) == (dev, edith)
    assert task.due_at == datetime(2026, 1, 8, 17, 0, tzinfo=LONDON)

    with pytest.raises(PermissionDenied):
        actions.note_first_call(call, words="She is well", by=ruth, at=LATER)
    actions.note_first_call(call, words="She answers online", by=dev, at=LATER)

    task.refresh_from_db()
    assert task.done_at == LATER
    rang = Event.objects.filter(kind="contact.first_called")
    assert {event.person for event in rang} == {edith, harold}


def test_a_decision_can_be_worked_out_again_from_what_was_kept(
    call: Contact, gwen: Staff, dev: Staff, edith: Person, harold: Person
) -> None:
    actions.settle_by_screening(call, screened(edith, harold), worker=dev, by=gwen, at=LATER)

    kept = Screening.objects.get(person=harold)
    pack = packs.load("alderbrook", on=date(2026, 1, 6))
    assert queries.provisional(kept.answers, pack=pack).decision == kept.decision


def test_under_the_care_act_an_appearance_of_need_is_enough() -> None:
    pack = packs.load("careact-2014", on=date(2026, 1, 6))

    some = queries.provisional(ANSWERS, pack=pack)
    none = queries.provisional(dict.fromkeys(ANSWERS, "fine"), pack=pack)

    assert (some.is_likely, some.band) == (True, "appears to need support")
    assert (none.is_likely, none.band) == (False, "none")


def test_screening_with_a_question_open_and_no_worker_is_refused_with_every_reason(
    call: Contact, gwen: Staff, harold: Person
) -> None:
    answers = ANSWERS | {"care": ""}

    with pytest.raises(actions.CannotSettle) as refusal:
        actions.settle_by_screening(
            call, [actions.Screened(harold, answers=answers)], worker=None, by=gwen, at=LATER
        )

    assert [name for name, _ in refusal.value.problems] == ["screen_care", "worker"]
    assert unchanged(call)


def test_a_worker_who_does_no_assessments_is_refused(
    call: Contact, gwen: Staff, priya: Staff, edith: Person, harold: Person
) -> None:
    with pytest.raises(actions.CannotSettle, match="Priya Fenwick does not do assessments"):
        actions.settle_by_screening(call, screened(edith, harold), worker=priya, by=gwen, at=LATER)

    assert unchanged(call)
    assert people_queries.named_worker(harold) is None


def test_what_was_picked_goes_out_with_a_screening_too(
    picked: Contact, gwen: Staff, dev: Staff, edith: Person, harold: Person
) -> None:
    actions.settle_by_screening(picked, screened(edith, harold), worker=dev, by=gwen, at=LATER)

    assert Signpost.objects.filter(sent_at=LATER).count() == 2
    assert Letter.objects.count() == 1


def test_what_was_told_before_does_not_stand_in_for_what_is_told_now(
    picked: Contact, gwen: Staff, dev: Staff, edith: Person, harold: Person
) -> None:
    actions.keep(picked, by=gwen, at=TEN, own_words="Try these two.")
    actions.send_signposts(picked, by=gwen, at=TEN, words="Try these two.")
    picked.refresh_from_db()
    assert picked.own_words == ""

    actions.settle_by_screening(picked, screened(edith, harold), worker=dev, by=gwen, at=LATER)

    picked.refresh_from_db()
    assert picked.told.startswith("Try these two.")
    assert "Dev Marlowe will help you now" in picked.told
    assert Letter.objects.count() == 2


def test_a_referral_reaches_the_team_as_an_event(
    call: Contact, gwen: Staff, harold: Person
) -> None:
    actions.settle_by_referral(
        call, to="reablement", because="Could dress alone again", by=gwen, at=LATER
    )

    event = Event.objects.get(kind="reablement.asked_for")
    assert (event.person, event.facts["because"]) == (harold, "Could dress alone again")


@pytest.mark.parametrize(
    ("weeks", "words"), [(6, "free for 6 weeks."), (1, "free for 1 week."), (0, "again. Gwen")]
)
def test_how_long_reablement_is_free_is_told_from_the_rules(
    call: Contact, gwen: Staff, monkeypatch: pytest.MonkeyPatch, weeks: int, words: str
) -> None:
    real = council.rules
    own = {"reablement_free_weeks": weeks}
    monkeypatch.setattr(council, "rules", lambda on: real(on).with_settings(own))

    told = queries.told(call, outcome="refer", refer_to="reablement", by=gwen, at=TEN)

    assert words in told.words


def test_a_crisis_is_somebodys_task_within_the_hour(
    call: Contact, gwen: Staff, ruth: Staff
) -> None:
    actions.settle_by_referral(call, to="crisis", because="In distress", by=gwen, at=LATER)

    task = Task.objects.get(kind="crisis.answer")
    assert (task.owner, task.due_at) == (ruth, LATER + timedelta(hours=1))


def test_a_referral_without_a_team_or_a_reason_is_refused(call: Contact, gwen: Staff) -> None:
    with pytest.raises(actions.CannotSettle) as refusal:
        actions.settle_by_referral(call, to="", because=" ", by=gwen, at=LATER)

    assert [name for name, _ in refusal.value.problems] == ["refer_to", "refer_because"]
    assert unchanged(call)


def test_a_concern_is_a_managers_task_within_four_hours(
    call: Contact, gwen: Staff, ruth: Staff
) -> None:
    actions.settle_by_concern(call, because="Bruises on his arm", by=gwen, at=LATER)

    task = Task.objects.get(kind="concern.decide")
    assert (task.owner, task.due_at) == (ruth, LATER + timedelta(hours=4))
    assert Event.objects.filter(kind="concern.raised").count() == 1


def test_nothing_of_a_concern_reaches_those_who_act_for_the_person(
    call: Contact, gwen: Staff, harold: Person, edith: Person, edith_in: SignIn
) -> None:
    people.change_person(edith, phone="07700 900123")
    actions.pick(call, SIT_AWHILE, by=gwen, at=TEN)
    actions.settle_by_concern(call, because="Bruises on his arm", by=gwen, at=LATER)

    for one in (harold, edith):
        assert not record.timeline(edith_in, one, at=LATER).exists()
        assert not record.tasks_about(edith_in, one)
    by_staff = record.timeline(gwen.sign_in, harold, at=LATER)
    assert {e.kind for e in by_staff} == {"concern.raised", "contact.begun", "contact.settled"}
    assert not any("Edith" in e.words for e in by_staff)
    assert (Letter.objects.count(), Outbox.objects.count()) == (0, 0)


def test_a_worry_for_safety_is_kept_from_others_whichever_way_it_is_settled(
    call: Contact, gwen: Staff, harold: Person, edith_in: SignIn
) -> None:
    actions.keep(call, by=gwen, at=TEN, reason="concern")
    actions.pick(call, SIT_AWHILE, by=gwen, at=TEN)
    actions.settle_by_signpost(call, by=gwen, at=LATER)

    assert not record.timeline(edith_in, harold, at=LATER).filter(kind__startswith="cont").exists()
    assert not record.tasks_about(edith_in, harold)
    assert not Letter.objects.exists()


def test_a_concern_that_says_nothing_is_refused(call: Contact, gwen: Staff) -> None:
    with pytest.raises(actions.CannotSettle, match="what the worry is"):
        actions.settle_by_concern(call, because="", by=gwen, at=LATER)

    assert unchanged(call)


def test_a_concern_starts_at_once_with_no_more_than_the_worry(
    call: Contact, gwen: Staff, ruth: Staff
) -> None:
    actions.keep(call, by=gwen, at=TEN, reason="", said=" ")

    actions.settle_by_concern(call, because="Bruises on his arm", by=gwen, at=LATER)

    call.refresh_from_db()
    assert (call.is_settled, call.reason, call.said) == (True, "concern", "Bruises on his arm")
    assert Task.objects.get(kind="concern.decide").owner == ruth


def test_how_a_contact_came_and_went_is_on_the_record_of_both_once_it_is_settled(
    call: Contact, gwen: Staff, dev: Staff, edith: Person, harold: Person
) -> None:
    actions.pass_on(call, to=dev, because="Knows them", by=gwen, at=TEN)
    assert not Event.objects.exists()

    actions.settle_by_signpost(call, by=gwen, at=LATER, words="Ring the café.")

    assert [(e.words, e.at) for e in edith.events.order_by("at", "pk")][:2] == [
        ("You called us", TEN),
        ("Your question was passed to Dev Marlowe", TEN),
    ]
    assert "Edith Jones spoke to us about you" in [e.words for e in harold.events.all()]


def test_somebody_picked_by_mistake_has_nothing_on_their_record(
    call: Contact, gwen: Staff, harold: Person
) -> None:
    actions.drop_person(call, side="about", by=gwen, at=TEN)

    actions.settle_by_signpost(call, by=gwen, at=LATER, words="Ring the café.")

    assert not harold.events.exists()


def test_advice_to_somebody_without_a_name_is_settled_and_nothing_is_sent(gwen: Staff) -> None:
    contact = actions.begin(by=gwen, at=TEN, channel="in_person")
    actions.keep(contact, by=gwen, at=TEN, reason="other", said="Garden help")

    actions.settle_by_signpost(contact, by=gwen, at=LATER, words="Try Green Gate.")

    contact.refresh_from_db()
    assert (contact.outcome_words, Letter.objects.count()) == ("Advice given", 0)
