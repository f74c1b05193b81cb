"""The reablement gate: open, excepted or ended, and who decided."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from ownway.foundation.council import queries as council
from ownway.foundation.council.models import SignIn, Staff
from ownway.foundation.people import actions as people
from ownway.foundation.people.models import Person
from ownway.foundation.record import actions as record
from ownway.foundation.record.models import Event, Task
from ownway.journey.reablement import actions, jobs, queries
from ownway.journey.reablement.models import Referral, Waiver
from tests.conftest import NOON

As = Callable[..., Client]
BECAUSE = "He cannot hold a step in mind, even with Mrs Jones beside him"


@pytest.fixture
def imogen(council: None) -> Staff:
    return Staff.objects.get(name="Imogen Strand")


@pytest.fixture
def devs(harold: Person, dev: Staff) -> Person:
    """Mr Jones, with Dev as his named worker."""
    people.name_worker(harold, staff=dev, at=NOON)
    return harold


def test_nothing_considered_holds_the_budget_back(harold: Person) -> None:
    gate = queries.gate(harold)

    assert (gate.state, gate.lets_through) == ("open", False)
    assert gate.words == "Reablement: not considered yet"


def test_an_exception_keeps_reason_names_and_date_and_lets_through(
    harold: Person, dev: Staff, imogen: Staff
) -> None:
    actions.except_person(
        harold, kind="cannot_follow", because=BECAUSE, decided_with=imogen, by=dev, at=NOON
    )

    gate = queries.gate(harold)
    assert (gate.state, gate.lets_through) == ("excepted", True)
    assert gate.words == "Reablement: excepted, 6 January 2026"
    assert BECAUSE in gate.reason
    assert "Dev Marlowe and Imogen Strand, 6 January 2026" in gate.reason
    assert Event.objects.get(kind="reablement.excepted").by == dev.sign_in


def test_a_diagnosis_alone_is_no_reason(harold: Person, dev: Staff) -> None:
    with pytest.raises(actions.CannotDecide) as refusal:
        actions.except_person(harold, kind="", because="Dementia", by=dev, at=NOON)

    assert [name for name, _ in refusal.value.problems] == ["kind", "because"]
    assert not Waiver.objects.exists()
    assert not Event.objects.filter(kind="reablement.excepted").exists()


def test_an_access_officer_does_not_decide_it(harold: Person, gwen: Staff) -> None:
    with pytest.raises(PermissionDenied):
        actions.except_person(harold, kind="declined", because=BECAUSE, by=gwen, at=NOON)


def test_a_referral_is_answered_within_the_hours_of_the_rules_and_asked_once(
    harold: Person, dev: Staff, imogen: Staff
) -> None:
    for _ in range(2):
        actions.refer(harold, source="hospital", because="Stairs", by=dev.sign_in, at=NOON)

    assert Referral.objects.count() == 1
    task = Task.objects.get()
    assert (task.owner, task.due_at) == (imogen, NOON + timedelta(hours=24))
    assert queries.gate(harold).words == "Reablement: asked for on Tuesday 6 January, not ended yet"


def test_reablement_that_ended_lets_through_and_ends_once(harold: Person, dev: Staff) -> None:
    referral = actions.refer(harold, source="community", because="", by=dev.sign_in, at=NOON)
    later = NOON + timedelta(days=35)

    actions.end(referral, outcome="independent", by=dev, at=later)

    gate = queries.gate(harold)
    assert (gate.state, gate.words) == ("ended", "Reablement: ended, 10 February 2026")
    with pytest.raises(actions.CannotDecide, match="ended already"):
        actions.end(referral, outcome="stopped", by=dev, at=later)
    assert not Task.objects.filter(done_at=None).exists()


def test_an_ending_without_an_outcome_is_refused(harold: Person, dev: Staff) -> None:
    referral = actions.refer(harold, source="community", because="", by=dev.sign_in, at=NOON)

    with pytest.raises(actions.CannotDecide, match="how it went"):
        actions.end(referral, outcome="", by=dev, at=NOON)

    referral.refresh_from_db()
    assert referral.ended_at is None


def test_a_new_referral_after_an_exception_opens_the_gate_again(harold: Person, dev: Staff) -> None:
    actions.except_person(harold, kind="declined", because=BECAUSE, by=dev, at=NOON)

    actions.refer(harold, source="known", because="", by=dev.sign_in, at=NOON + timedelta(days=60))

    assert queries.gate(harold).state == "open"


def test_what_the_desk_asked_for_becomes_a_referral(harold: Person, gwen: Staff) -> None:
    event = record.write(
        "reablement.asked_for", about=harold, by=gwen.sign_in, at=NOON,
        words="We asked for help for you", because="Could dress alone again",
    )  # fmt: skip

    jobs.ANSWERS["reablement.asked_for"](event, NOON)

    assert Referral.objects.get().because == "Could dress alone again"


def test_the_page_records_an_exception_and_refuses_a_thin_reason(
    as_: As, dev: Staff, devs: Person, imogen: Staff
) -> None:
    page = f"/desk/people/{devs.pk}/reablement/"
    typed = {"except": "1", "kind": "cannot_follow", "decided_with": imogen.pk}

    refused = as_(dev).post(page, typed | {"because": "Dementia"}).text
    done = as_(dev).post(page, typed | {"because": BECAUSE}, follow=True).text

    assert "Say what it means for this person" in refused
    assert ">Dementia</textarea>" in refused
    assert "Reablement: excepted" in done
    assert BECAUSE in done
    assert Waiver.objects.count() == 1


def test_the_page_refers_and_ends(as_: As, dev: Staff, devs: Person) -> None:
    page = f"/desk/people/{devs.pk}/reablement/"
    as_(dev).post(page, {"refer": "1", "source": "community", "because": "Dress alone"})

    text = as_(dev).post(page, {"end": "1", "outcome": "independent"}, follow=True).text

    assert "Reablement: ended" in text
    assert text.count("<h1") == 1


def test_the_page_says_for_how_long_it_is_free_by_the_rules(
    as_: As, dev: Staff, devs: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = council.rules
    own = {"reablement_free_weeks": 4}
    monkeypatch.setattr(council, "rules", lambda on: real(on).with_settings(own))

    assert "free for 4 weeks" in as_(dev).get(f"/desk/people/{devs.pk}/reablement/").text


def test_strangers_and_residents_have_no_such_page(
    as_: As, dev: Staff, harold: Person, edith_in: SignIn
) -> None:
    page = f"/desk/people/{harold.pk}/reablement/"

    assert as_(dev).get(page).status_code == 404
    assert as_(edith_in).get(page).status_code == 403
