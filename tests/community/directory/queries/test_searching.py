"""Finding entries."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ownway.community.directory import actions, queries
from ownway.community.directory.models import Entry, EntryPlace, Place
from ownway.community.directory.queries import Choices, spelling
from tests.community.directory.conftest import Fill

TODAY = date(2026, 1, 6)


def names(words: str, **options: object) -> list[str]:
    return [one.name for one in queries.search(words, on=TODAY, **options).listings]  # type: ignore[arg-type]


def test_a_marked_entry_comes_before_an_unmarked_one_that_fits_as_well(town: None) -> None:
    home = queries.spot("AL3 4QT")

    assert names("garden help", near=home)[:2] == ["Green Gate", "Hedge and Co"]


def test_a_mark_does_not_lift_a_weak_fit_above_a_strong_one(town: None) -> None:
    Entry.objects.filter(name="Teapot Café").update(mark=2)

    assert names("garden") == ["Green Gate", "Hedge and Co", "Teapot Café"]


def test_what_was_typed_in_a_name_or_headline_comes_before_its_words_apart(
    town: None, fill: Fill
) -> None:
    fill(
        "name,what,words,mark\n"
        "Alpha,Help to keep a home,,gold\n"
        "Beta,Meals,home help,gold\n"
        "Gamma,Home help and meals,,\n"
        "Brightsteps,Home help,,\n"
    )

    assert names("home help")[:3] == ["Brightsteps", "Gamma", "Alpha"]
    assert [one.name for one in queries.suggest("Home help", on=TODAY)][:2] == [
        "Brightsteps",
        "Gamma",
    ]


@pytest.mark.parametrize("words", ["🦊", "!!", "按摩", " ? "])
def test_what_has_no_words_we_can_read_finds_nothing_and_says_so(town: None, words: str) -> None:
    found = queries.search(words, on=TODAY)

    assert (found.total, found.is_unread) == (0, True)
    assert queries.suggest(words, on=TODAY) == []


@pytest.mark.parametrize("words", ["zxqv gardning", "gardning pottrey"])
def test_half_a_guess_is_no_guess_and_what_finds_nothing_is_not_suggested(
    town: None, fill: Fill, words: str
) -> None:
    fill("name,what\nThe Kiln,Pottery for all\n")

    assert queries.search(words, on=TODAY).did_you_mean == ""


def test_without_words_everything_is_found_marked_first_then_nearest(town: None) -> None:
    found = names("", near=queries.spot("AL3 4QT"))

    assert found[:2] == ["Green Gate", "Far Fields"]
    assert found[-1] == "Night Line"


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("cafe", "Teapot Café"),
        ("CAFÉ", "Teapot Café"),
        ("mow", "Green Gate"),
        ("volunteer", "Sit-Awhile"),
        ("sitt", "Sit-Awhile"),
        ("lonel", "Night Line"),
        ("time off", "Sit-Awhile"),
        ("horses, unicorns", "Far Fields"),
        ('"riding for disabled"', "Far Fields"),
    ],
)
def test_words_find_by_stem_by_start_and_without_accents(town: None, words: str, name: str) -> None:
    assert names(words)[0] == name


@pytest.mark.parametrize("sign", ["’", "'"])
@pytest.mark.parametrize(
    "typed", ["alzheimers", "Alzheimer's", "Alzheimer’s", "alzheimer", "alzheimers group"]
)
def test_apostrophes_may_be_left_out(fill: Fill, sign: str, typed: str) -> None:
    rows = f"Blue Door,Alzheimer{sign}s group,\nRed Door,A group,For Alzheimer{sign}s disease\n"
    fill(f"name,what,description\n{rows}Black Door,Chess,\n")

    found = queries.search(typed, on=TODAY)

    assert [one.name for one in found.listings] == ["Blue Door", "Red Door"]
    assert not found.by_any_word


@pytest.mark.parametrize("typed", ["carers", "carers'", "carer"])
def test_what_belongs_to_several_is_found_in_a_long_text(fill: Fill, typed: str) -> None:
    fill("name,what,description\nBlue Door,A group,With a carers’ room\nRed Door,Chess,\n")

    assert names(typed) == ["Blue Door"]


@pytest.mark.parametrize("typed", ["cleaner", "cleaners", "cleaning"])
def test_the_doer_and_the_doing_find_each_other(fill: Fill, typed: str) -> None:
    fill(
        "name,what\nTidy Nest,A weekly cleaner\nBright Steps,Cleaning at home\nWet Room,A shower\n"
    )

    assert set(names(typed)) == {"Tidy Nest", "Bright Steps"}


def test_what_only_looks_like_a_doer_finds_no_doing(fill: Fill) -> None:
    fill("name,what\nWet Room,A shower\nOld Reel,Showing films\n")

    assert names("shower") == ["Wet Room"]


def test_a_minus_sign_leaves_out(town: None) -> None:
    assert names("garden -mowing") == ["Hedge and Co", "Teapot Café"]


def test_when_no_entry_has_all_words_any_word_will_do_and_it_says_so(town: None) -> None:
    found = queries.search("riding unicorns", on=TODAY)

    assert found.by_any_word
    assert [one.name for one in found.listings] == ["Far Fields"]


@pytest.mark.parametrize(
    ("words", "better"),
    [("gardenin", ""), ("gardning", "gardening"), ("dementa caffe", "dementia cafe")],
)
def test_a_misspelt_word_is_answered_with_the_likest_we_have(
    town: None, words: str, better: str
) -> None:
    assert queries.search(words, on=TODAY).did_you_mean == better


def test_nonsense_has_no_likeness(town: None) -> None:
    found = queries.search("xqzzy", on=TODAY)

    assert (found.total, found.did_you_mean) == (0, "")


def test_the_words_are_learnt_again_when_the_directory_changes(town: None, fill) -> None:
    assert spelling.did_you_mean("pottrey") == ""

    fill("name,what\nThe Kiln,Pottery for all\n")

    assert spelling.did_you_mean("pottrey") == "pottery"


@pytest.mark.parametrize(
    ("choices", "found"),
    [
        (Choices(miles=1), {"Hedge and Co", "Teapot Café", "Sit-Awhile"}),
        (Choices(miles=3, is_marked=True), {"Green Gate"}),
        (Choices(domain="caring"), {"Teapot Café", "Sit-Awhile"}),
        (Choices(day="SU"), {"Night Line"}),
        (Choices(is_free=True), {"Night Line", "Sit-Awhile"}),
        (Choices(comes_to_you=True, domain="people"), {"Sit-Awhile"}),
    ],
)
def test_choices_narrow(town: None, choices: Choices, found: set[str]) -> None:
    # A hair more than a mile, for metres are whole.
    actions.load_postcodes([("AL34QT", 450_001, 290_000, False)])

    assert set(names("", near=queries.spot("AL3 4QT"), choices=choices)) == found


def test_an_entry_with_several_places_is_as_near_as_the_nearest(town: None) -> None:
    entry = Entry.objects.get(name="Far Fields")
    near = Place.objects.create(
        key=entry.key, source=entry.source, easting=450_000, northing=290_161
    )
    EntryPlace.objects.create(key=entry.key, entry=entry, place=near)
    Entry.objects.filter(pk=entry.pk).update(has_more_places=True)

    one = queries.search("riding", on=TODAY, near=queries.spot("AL3 4QT")).listings[0]

    assert one.distance == "close by"


def test_what_is_not_running_is_found_no_more_nor_by_its_key(town: None) -> None:
    entry = Entry.objects.get(name="Far Fields")
    Entry.objects.filter(pk=entry.pk).update(status="defunct")

    assert names("riding") == []
    assert queries.entry(str(entry.key), on=TODAY) is None


def test_pages_part_the_same_order_and_count_all(town: None) -> None:
    whole = names("")

    parts = [queries.search("", on=TODAY, start=start, limit=4) for start in (0, 4, 8)]

    assert [one.name for part in parts for one in part.listings] == whole
    assert {part.total for part in parts} == {6}


def test_a_search_makes_as_many_queries_for_one_as_for_many(
    town: None, django_assert_num_queries
) -> None:
    home = queries.spot("AL3 4QT")
    queries.search("riding", on=TODAY, near=home)

    for words, many in (("riding", 9), ("", 8)):
        with django_assert_num_queries(many):
            queries.search(words, on=TODAY, near=home)


def test_a_beginning_is_asked_for_by_the_words_there_are_unless_they_are_many() -> None:
    many = [f"care{number:02}" for number in range(spelling.MOST_BEGUN)]
    known = spelling.Vocabulary(sorted(["gard", "garden", "gardening", "guard", *many]))

    assert known.begun_by("gard") == ["gard", "garden", "gardening"]
    assert known.begun_by("care") == many
    assert known.begun_by("nowhere") == []
    assert spelling.Vocabulary([*many, "caring"]).begun_by("car") == []


def test_words_with_figures_and_addresses_are_found_by_how_they_start(
    town: None, fill: Fill
) -> None:
    fill("name,what\nWalk2gether,One\nWalkers,Two\nwalkabout.example,Three\n")

    assert set(names("walk")) >= {"Walk2gether", "Walkers", "walkabout.example"}


def test_suggestions_need_only_some_of_the_words_and_most_come_first(town: None) -> None:
    found = queries.suggest("dementia, time off for carers", postcode="AL3 4QT", on=TODAY)

    assert [one.name for one in found] == ["Sit-Awhile", "Teapot Café"]
    assert (found[0].price, found[0].times, found[0].distance) == (
        "Free",
        "Mon to Sat, days and evenings",
        "1 mile",
    )
    assert [one.is_overdue for one in found] == [False, True]


def test_an_entry_keeps_its_key_and_its_price_in_pence(town: None) -> None:
    one = queries.search("mowing", on=TODAY).listings[0]

    again = queries.entry(one.key, on=TODAY)

    assert again is not None
    assert (again.name, again.price_pence, again.price_each) == ("Green Gate", 2100, "an hour")
    assert queries.entries([one.key, "no key", ""], on=TODAY) == {one.key: again}


@given(st.text(max_size=80))
@settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
def test_whatever_is_typed_is_answered(town: None, words: str) -> None:
    clean = "".join(c for c in words if c != "\x00" and not "\ud800" <= c <= "\udfff")

    assert queries.search(clean, on=TODAY).total >= 0
    assert queries.suggest(clean, postcode=clean, on=TODAY) is not None
