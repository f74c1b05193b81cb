"""Checking ratings: showing, refusing, asking, passing on; and what a provider answers."""

import pytest
from django.core.exceptions import PermissionDenied

from ownway.community.quality.actions import moderating as actions
from ownway.community.quality.actions import rating as rate
from ownway.community.quality.models import Rating
from ownway.foundation.letters.models import Outbox
from ownway.foundation.record.models import Event, Task
from ownway.jobs import answers
from ownway.journey.contact.models import Contact
from tests.community.quality.conftest import NOON

BAD = rate.Said(1, "£40 is missing after a visit", "family")


@pytest.fixture
def held(bright_dawn, carys) -> Rating:
    return rate.give(bright_dawn, BAD, by=carys, at=NOON)


def told(address: str) -> list[str]:
    return [row.text for row in Outbox.objects.filter(address=address).order_by("pk")]


def test_a_rating_is_shown_with_a_reason_and_who_wrote_it_is_told(held, ivo, carys, bright_dawn):
    actions.publish(held, because="It tells of what happened", by=ivo, at=NOON)

    held.refresh_from_db()
    bright_dawn.refresh_from_db()
    assert (held.status, held.because, held.settled_by) == (
        "published", "It tells of what happened", ivo,
    )  # fmt: skip
    assert (str(bright_dawn.stars), bright_dawn.rated_by) == ("1.0", 1)
    assert "It is now in the directory" in told(carys.email)[-1]
    assert not Task.objects.filter(done_at=None).exists()


def test_no_rating_is_settled_without_a_reason(held, ivo):
    for settle in (actions.publish, actions.pass_on):
        with pytest.raises(actions.CannotModerate, match="Give your reason"):
            settle(held, because=" ", by=ivo, at=NOON)

    held.refresh_from_db()
    assert held.status == "held"


def test_a_refusal_tells_who_wrote_it_why(held, ivo, carys):
    actions.refuse(held, why="names", because="Leave out the street.", by=ivo, at=NOON)

    assert "It names or points to a person. Leave out the street." in told(carys.email)[-1]
    assert Rating.objects.get().status == "refused"


def test_it_is_settled_once(held, ivo):
    actions.refuse(held, why="other", because="No", by=ivo, at=NOON)

    with pytest.raises(actions.CannotModerate, match="settled already"):
        actions.publish(held, because="Yes", by=ivo, at=NOON)


def test_only_who_keeps_quality_settles(held, dev):
    with pytest.raises(PermissionDenied):
        actions.publish(held, because="Yes", by=dev, at=NOON)


def test_a_concern_reaches_the_access_desk_with_who_wrote_it_and_is_never_shown(
    held, ivo, carys, bright_dawn
):
    actions.pass_on(held, because="Money is missing", by=ivo, at=NOON)
    answers.answer_now(ivo.sign_in, at=NOON)

    contact = Contact.objects.get()
    bright_dawn.refresh_from_db()
    assert contact.is_urgent
    assert "£40 is missing after a visit" in contact.said
    assert (contact.caller_name, contact.caller_phone) == (carys.name, "01632 960188")
    assert (Rating.objects.get().status, bright_dawn.rated_by) == ("passed", 0)
    assert Event.objects.get(kind="rating.is_a_concern").is_confidential
    assert "may be about somebody not being safe" in told(carys.email)[-1]


def test_a_provider_sees_and_answers_a_held_rating_only_when_asked(held, ivo, marnie):
    with pytest.raises(actions.CannotReply):
        actions.reply(held, words="We are sorry", by=marnie, at=NOON)
    asked = actions.ask_for_reply(held, by=ivo, at=NOON)

    answered = actions.reply(asked, words="We are sorry", by=marnie, at=NOON)

    assert answered.reply == "We are sorry"
    assert "has rated Bright Dawn" in told(marnie.sign_in.email)[0]
    assert asked.due_on >= asked.reply_by_on


def test_nobody_answers_for_another_provider(held, ivo, joss):
    actions.publish(held, because="True", by=ivo, at=NOON)

    with pytest.raises(PermissionDenied):
        actions.reply(held, words="Ha", by=joss, at=NOON)


def test_an_answer_can_be_taken_down_for_a_reason(held, ivo, marnie):
    actions.publish(held, because="True", by=ivo, at=NOON)
    actions.reply(held, words="It was Mrs Jones", by=marnie, at=NOON)

    actions.remove_reply(held, because="It names somebody", by=ivo, at=NOON)

    assert Rating.objects.get().reply == ""
    assert "It names somebody" in told(marnie.sign_in.email)[-1]


def test_changed_words_lose_the_answer_to_the_old_ones(held, ivo, marnie, carys, bright_dawn):
    actions.publish(held, because="True", by=ivo, at=NOON)
    actions.reply(held, words="Sorry", by=marnie, at=NOON)

    rate.give(bright_dawn, rate.Said(4, "Much better now", "family"), by=carys, at=NOON)

    found = Rating.objects.get()
    assert (found.status, found.reply) == ("published", "")


def test_an_address_is_let_go_once_a_rating_is_at_an_end(bright_dawn, ivo):
    found = rate.give_without_signing_in(
        bright_dawn, BAD, email="joy@example.org", at=NOON, link=lambda _: "x"
    )
    rate.prove(found, at=NOON)

    actions.refuse(found, why="other", because="No", by=ivo, at=NOON)

    assert Rating.objects.get().email == ""
    assert "No" in told("joy@example.org")[-1]


def test_words_that_changed_since_they_were_read_are_not_settled(
    held, ivo, carys, bright_dawn, as_
):
    address = f"/council/quality/ratings/{held.pk}/"
    read = as_(ivo).get(address)
    assert 'name="seen" value="1"' in read.text
    rate.give(bright_dawn, rate.Said(1, "Worse words", "family"), by=carys, at=NOON)

    answer = as_(ivo).post(address, {"do": "publish", "because": "Fair", "seen": "1"})

    assert answer.status_code == 422
    assert "It was changed since you opened it" in answer.text
    assert Rating.objects.get().status == "held"
