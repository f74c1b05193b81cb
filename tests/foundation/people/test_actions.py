"""People are known once, tied together, and looked after by somebody with a name."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from ownway.foundation.council.models import SignIn, Staff
from ownway.foundation.people import access, actions, queries
from ownway.foundation.people.models import Household, NamedWorker, Person
from tests.conftest import NOON


def test_a_second_mr_jones_at_the_same_address_is_already_known(
    harold: Person, gwen: Staff
) -> None:
    with pytest.raises(actions.AlreadyKnown, match="Harold Jones"):
        actions.add_person(
            first_name="Harold", last_name="Jones", by=gwen.sign_in, at=NOON, home=harold.household
        )

    assert Person.objects.count() == 1


def test_another_mr_jones_is_added_when_a_reason_says_so(harold: Person, gwen: Staff) -> None:
    actions.add_person(
        first_name="Harold",
        last_name="Jones",
        by=gwen.sign_in,
        at=NOON,
        home=harold.household,
        not_a_duplicate_because="His father, of the same name",
    )

    assert Person.objects.count() == 2


def test_a_name_that_only_sounds_the_same_with_the_same_birth_date_is_warned_of(
    harold: Person, gwen: Staff
) -> None:
    with pytest.raises(actions.AlreadyKnown):
        actions.add_person(
            first_name="Harald",
            last_name="Joans",
            by=gwen.sign_in,
            at=NOON,
            date_of_birth=harold.date_of_birth,
        )


def test_an_nhs_number_is_nobody_elses(harold: Person, gwen: Staff) -> None:
    actions.change_person(harold, nhs_number="943 476 5919")

    with pytest.raises(actions.AlreadyKnown):
        actions.add_person(
            first_name="Someone",
            last_name="Else",
            by=gwen.sign_in,
            at=NOON,
            nhs_number="9434765919",
            not_a_duplicate_because="Another person",
        )


@pytest.mark.parametrize(
    "typed", ["943 476 5918", "123", "94347659190", "943476591X", "٩٤٣٤٧٦٥٩١٩"]
)
def test_a_wrong_nhs_number_is_refused(typed: str) -> None:
    with pytest.raises(actions.NotAnNhsNumber):
        actions.checked_nhs_number(typed)


def test_a_number_on_somebody_elses_record_is_refused_and_nothing_changes(
    harold: Person, edith: Person
) -> None:
    actions.change_person(harold, nhs_number="943 476 5919")

    with pytest.raises(actions.NhsNumberTaken, match="Somebody else has this NHS number"):
        actions.change_person(edith, nhs_number="943 476 5919", phone="01632 960123")

    edith.refresh_from_db()
    assert (edith.nhs_number, edith.phone) == (None, "")
    assert actions.change_person(harold, nhs_number="9434765919").nhs_number == "9434765919"


@pytest.mark.parametrize(
    ("typed", "filed"),
    [("al34qt", "AL3 4QT"), ("ec1a 1bb", "EC1A 1BB"), ("AL3", "AL3"), ("w1a", "W1A"), ("", "")],
)
def test_a_postcode_is_filed_whole_or_by_its_first_half(typed: str, filed: str) -> None:
    assert actions.checked_postcode(typed) == filed


@pytest.mark.parametrize("typed", ["ABCDEFGHIJ", "14 Copper", "12345", "AL3 4QTX", "AL٣ 4QT"])
def test_what_is_no_postcode_makes_no_home(council: None, typed: str) -> None:
    with pytest.raises(actions.NotAPostcode, match="like AL3 4QT"):
        actions.home_at(postcode=typed, first_line="1 High Street")

    assert not Household.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_somebody_added_twice_at_once_is_one_person_in_one_home() -> None:
    def add(_: int) -> object:
        try:
            with transaction.atomic():
                home = actions.home_at(postcode="AL3 4QT", first_line="14 Copper Lane")
                return actions.add_person(
                    first_name="Harold", last_name="Jones", by=None, at=NOON, home=home
                )
        except actions.AlreadyKnown as known:
            return known
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(add, range(6)))

    assert sum(isinstance(one, Person) for one in found) == 1
    assert (Person.objects.count(), Household.objects.count()) == (1, 1)


def test_nobody_is_born_tomorrow(council: None) -> None:
    with pytest.raises(actions.NotABirthDate, match="in the past"):
        actions.add_person(
            first_name="Zoe", last_name="Lark", by=None, at=NOON, date_of_birth=date(2026, 1, 7)
        )

    assert not Person.objects.exists()


def test_the_likeliest_is_warned_of_however_many_sound_alike(harold: Person) -> None:
    alike = {"sort_name": "joans", "sounds_like": queries.sounds_like("Jones")}
    for number in range(120):
        Person.objects.create(first_name=f"H{number}", last_name="Joans", **alike)

    found = queries.possible_duplicates(
        first_name="Harold", last_name="JONES", born=None, postcode="al34qt"
    )

    assert found == [harold]


def test_signs_without_a_letter_find_nobody(harold: Person, gwen: Staff) -> None:
    assert queries.find(gwen.sign_in, "\u0301\u0308") == []


def test_the_longest_name_in_hangul_can_be_kept_and_found(gwen: Staff) -> None:
    name = "김" * 80

    added = actions.add_person(first_name=name, last_name=name, by=None, at=NOON)

    assert queries.find(gwen.sign_in, "김" * 40) == [added]


def test_who_may_act_later_does_not_act_now(
    harold: Person, edith: Person, edith_in: SignIn
) -> None:
    assert queries.representatives_of(harold, at=NOON - timedelta(days=1)) == []
    assert len(queries.representatives_of(harold, at=NOON)) == 1


def test_one_address_is_one_household_however_it_is_typed(harold: Person) -> None:
    again = actions.home_at(postcode="al34qt", first_line="14 COPPER LANE")

    assert again.pk == harold.household_id
    assert Household.objects.count() == 1


def test_a_person_has_one_named_worker_at_a_time(harold: Person, dev: Staff, ruth: Staff) -> None:
    actions.name_worker(harold, staff=dev, at=NOON)
    actions.name_worker(harold, staff=ruth, at=NOON + timedelta(days=1))

    assert queries.named_worker(harold) == ruth
    assert NamedWorker.objects.filter(person=harold, ends_at=None).count() == 1


def test_a_social_worker_sees_who_their_team_looks_after_and_nobody_else(
    harold: Person, edith: Person, dev: Staff, ruth: Staff
) -> None:
    actions.name_worker(harold, staff=ruth, at=NOON)

    assert set(access.visible_to(dev.sign_in, at=NOON)) == {harold}


def test_a_reason_to_look_opens_a_record_and_runs_out(harold: Person, dev: Staff) -> None:
    actions.give_reason_to_look(dev, person=harold, because="Covering for Imogen today", at=NOON)

    assert harold in access.visible_to(dev.sign_in, at=NOON + timedelta(hours=1))
    assert harold not in access.visible_to(dev.sign_in, at=NOON + timedelta(hours=13))


def test_a_representative_sees_the_person_until_the_authority_ends(
    edith_in: SignIn, harold: Person
) -> None:
    assert harold in access.visible_to(edith_in, at=NOON)

    harold.representatives.update(ends_at=NOON + timedelta(days=1))

    assert harold not in access.visible_to(edith_in, at=NOON + timedelta(days=2))


def test_a_provider_sees_nobody_by_being_a_provider(harold: Person, council: None) -> None:
    nell = SignIn.objects.get(email="nell.harker@alderbrook.example")

    assert not access.visible_to(nell, at=NOON).exists()


@pytest.mark.parametrize(
    "words", ["jones", "Jones Harold", "HAROLD JO", "14/5/1951", "AL3 4QT", "al34qt", "joans"]
)
def test_somebody_is_found_by_name_sound_birth_date_or_postcode(
    words: str, harold: Person, gwen: Staff
) -> None:
    assert harold in queries.find(gwen.sign_in, words)


def test_somebody_whose_role_does_not_find_people_finds_nobody(harold: Person, lena: Staff) -> None:
    assert queries.find(lena.sign_in, "jones") == []


@given(st.text(max_size=60))
def test_any_name_can_be_filed(name: str) -> None:
    assert queries.sort_name(name, name) == queries.sort_name(name, name).lower()
    assert len(queries.sounds_like(name)) <= 6


def test_the_history_of_a_row_keeps_what_it_was(harold: Person) -> None:
    from django.apps import apps

    actions.change_person(harold, date_of_birth=date(1951, 5, 15))

    history = apps.get_model("people", "PersonEvent")._default_manager.filter(pgh_obj_id=harold.pk)
    assert [row.date_of_birth.day for row in history.order_by("pgh_id")] == [14, 15]
