"""Giving a rating, with a way in and without, changing it and taking it back."""

from datetime import timedelta
from decimal import Decimal

import pytest

from ownway.community.directory.models import Entry, HiddenFor
from ownway.community.quality.actions import rating as actions
from ownway.community.quality.models import Rating
from ownway.community.quality.queries import ratings as queries
from ownway.foundation.letters.models import Outbox
from ownway.foundation.plan import actions as plans
from ownway.foundation.record import actions as record
from ownway.foundation.record.models import Event, Task
from tests.community.quality.conftest import NOON, listed, rated, resident

LINK = "https://alderbrook.example/rating/key/"


def said(stars: int, words: str = "They came on time") -> actions.Said:
    return actions.Said(stars, words, "used_it")


def test_a_good_rating_is_shown_at_once_and_makes_the_stars(bright_dawn, carys):
    found = actions.give(bright_dawn, said(5), by=carys, at=NOON)
    rated(bright_dawn, 4, by="Ann Other")

    bright_dawn.refresh_from_db()
    assert found.status == "published"
    assert (bright_dawn.stars, bright_dawn.rated_by) == (Decimal("4.5"), 2)


@pytest.mark.parametrize("stars", [1, 2])
def test_one_and_two_stars_wait_for_a_check_with_a_task_and_a_day(bright_dawn, carys, ivo, stars):
    found = actions.give(bright_dawn, said(stars), by=carys, at=NOON)

    bright_dawn.refresh_from_db()
    task = Task.objects.get(kind="quality.rating")
    assert (found.status, bright_dawn.rated_by) == ("held", 0)
    assert (task.owner, task.due_at.date()) == (ivo, found.due_on)
    assert task.address == f"/council/quality/ratings/{found.pk}/"
    assert not queries.published(bright_dawn).exists()


def test_words_of_harm_or_with_a_name_wait_though_the_stars_are_good(bright_dawn, carys):
    words = "My carer Janet is lovely, but £40 is missing"

    found = actions.give(bright_dawn, said(5, words), by=carys, at=NOON)

    assert found.status == "held"
    assert found.held_for == ["May be a safeguarding matter", "May point to a person: Janet"]


def test_a_person_has_one_rating_of_an_entry_and_may_change_it(bright_dawn, carys):
    first = actions.give(bright_dawn, said(5), by=carys, at=NOON)

    again = actions.give(bright_dawn, said(3, "It got worse"), by=carys, at=NOON)

    bright_dawn.refresh_from_db()
    assert (again.pk, again.version, Rating.objects.count()) == (first.pk, 2, 1)
    assert (bright_dawn.stars, bright_dawn.rated_by) == (Decimal(3), 1)


def test_the_same_rating_sent_twice_is_one_and_changes_nothing(bright_dawn, carys):
    actions.give(bright_dawn, said(2), by=carys, at=NOON)

    again = actions.give(bright_dawn, said(2), by=carys, at=NOON + timedelta(minutes=1))

    assert (again.version, again.given_at, Task.objects.count()) == (1, NOON, 1)


def test_a_rating_changed_to_a_poor_one_leaves_the_stars_until_it_is_checked(bright_dawn, carys):
    actions.give(bright_dawn, said(5), by=carys, at=NOON)

    actions.give(bright_dawn, said(1, "It got bad"), by=carys, at=NOON)

    bright_dawn.refresh_from_db()
    assert (bright_dawn.stars, bright_dawn.rated_by) == (None, 0)


def test_what_is_taken_back_counts_no_more_and_its_task_is_done(bright_dawn, carys):
    found = actions.give(bright_dawn, said(1), by=carys, at=NOON)

    actions.take_back(found, by=carys, at=NOON)

    assert Rating.objects.get().status == "taken_back"
    assert not Task.objects.filter(done_at=None).exists()


def test_nobody_takes_back_what_another_said(bright_dawn, carys):
    found = actions.give(bright_dawn, said(5), by=carys, at=NOON)

    with pytest.raises(actions.CannotRate):
        actions.take_back(found, by=resident("Ann Other"), at=NOON)

    assert Rating.objects.get().status == "published"


def test_staff_and_providers_do_not_rate(bright_dawn, ivo, marnie):
    for works in (ivo.sign_in, marnie.sign_in):
        with pytest.raises(actions.CannotRate, match="Staff and providers do not rate"):
            actions.give(bright_dawn, said(5), by=works, at=NOON)

    assert not Rating.objects.exists()


def test_what_is_off_the_directory_is_not_rated(bright_dawn, carys):
    bright_dawn.hidden_for = [HiddenFor.RATINGS]
    bright_dawn.save()

    with pytest.raises(actions.CannotRate, match="not in the directory"):
        actions.give(bright_dawn, said(5), by=carys, at=NOON)


def test_a_rating_is_never_on_anybodys_record(bright_dawn, carys):
    before = Event.objects.count()

    actions.give(bright_dawn, said(1), by=carys, at=NOON)

    assert Event.objects.count() == before


def outside(entry, stars=5, email="joy@example.org", at=NOON):
    return actions.give_without_signing_in(
        entry, said(stars), email=email, at=at, link=lambda _: LINK
    )


def test_a_rating_without_signing_in_waits_for_its_link_and_then_for_a_check(bright_dawn):
    found = outside(bright_dawn)

    assert found.status == "unproved"
    assert LINK in Outbox.objects.get().text
    assert actions.prove(found, at=NOON).status == "held"
    assert Rating.objects.get().held_for == ["Written without signing in"]


def test_sending_it_twice_sends_one_message(bright_dawn):
    outside(bright_dawn)
    outside(bright_dawn)

    assert (Rating.objects.count(), Outbox.objects.count()) == (1, 1)


def test_a_second_proved_rating_of_an_address_takes_the_place_of_the_first(bright_dawn):
    actions.prove(outside(bright_dawn), at=NOON)

    actions.prove(outside(bright_dawn, stars=3), at=NOON)

    stars = dict(Rating.objects.values_list("status", "stars"))
    assert stars == {"taken_back": 5, "held": 3}


def test_an_old_link_sends_nothing(bright_dawn):
    found = outside(bright_dawn)

    with pytest.raises(actions.CannotRate, match="too old"):
        actions.prove(found, at=NOON + timedelta(days=8))

    assert Rating.objects.get().status == "unproved"


def test_an_address_writes_no_more_than_a_few_times_a_day(bright_dawn, millrace):
    for number in range(5):
        actions.prove(outside(bright_dawn, stars=1 + number), at=NOON)

    with pytest.raises(actions.CannotRate, match="many times today"):
        outside(millrace)


def test_what_nobody_proved_is_let_go(bright_dawn):
    outside(bright_dawn)

    assert actions.forget_unproved(at=NOON + timedelta(days=6)) == 0
    assert actions.forget_unproved(at=NOON + timedelta(days=8)) == 1
    assert not Rating.objects.exists()


def test_many_poor_ratings_by_one_person_are_flagged(bright_dawn, millrace, carys):
    third = listed("Another Place", number=3)
    for entry in (bright_dawn, millrace):
        actions.give(entry, said(1), by=carys, at=NOON)

    found = actions.give(third, said(1), by=carys, at=NOON)

    assert found.held_for == ["1 star", "3 poor ratings by the same person within 7 days"]


def test_several_poor_ratings_of_one_entry_in_a_short_time_are_flagged(bright_dawn):
    for name in ("Ann One", "Ben Two"):
        rated(bright_dawn, 2, by=name)

    found = rated(bright_dawn, 1, by="Cat Three")

    assert found.held_for == ["1 star", "3 poor ratings of the same entry within 7 days"]


def test_one_person_has_one_rating_whether_they_sign_in_or_not(bright_dawn, carys):
    actions.give(bright_dawn, said(4), by=carys, at=NOON)

    actions.prove(outside(bright_dawn, email=carys.email), at=NOON)
    assert set(Rating.objects.values_list("status", flat=True)) == {"taken_back", "held"}
    actions.give(bright_dawn, said(3), by=carys, at=NOON)

    standing = Rating.objects.exclude(status="taken_back")
    assert [(one.stars, one.by) for one in standing] == [(3, carys)]


def test_what_does_not_suit_and_what_nobody_can_rate_is_not_asked_about(bright_dawn, ivo):
    carys = resident("Carys Quillfeather")
    person = carys.person_sign_in.person
    plan = plans.open_plan(person, by=ivo.sign_in, at=NOON)
    key = str(bright_dawn.key)
    plans.add_line(plan, wish="Help", paid_from="community", entry_key=key, by=None, at=NOON)
    assert queries.to_rate(carys, at=NOON) == [bright_dawn]

    Entry.objects.filter(pk=bright_dawn.pk).update(status="defunct")
    assert queries.to_rate(carys, at=NOON) == []
    Entry.objects.filter(pk=bright_dawn.pk).update(status="active")

    record.write(
        "contact.called_back", about=person, by=ivo.sign_in, at=NOON, words="It does not suit",
        entry=key, result="does_not_suit",
    )  # fmt: skip
    assert queries.to_rate(carys, at=NOON) == []
