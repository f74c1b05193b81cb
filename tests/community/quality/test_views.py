"""The pages of quality: what each shows, to whom, and that nothing typed is lost."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from ownway.community.quality.actions import moderating, standards
from ownway.community.quality.actions import rating as rate
from ownway.community.quality.models import Rating
from tests.community.quality.conftest import NOON, rated

STRANGE = ["", " ", "x" * 2001, "\x00\x00", "🎉 five of five 🎉", "<script>alert(1)</script>"]
RATE = "/directory/bright-dawn/rate/"


@pytest.fixture(autouse=True)
def at_noon(the_time) -> None:
    the_time(NOON)


def words_of(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text.split("<main", 1)[1]))


@pytest.mark.parametrize("words", STRANGE)
def test_strange_words_are_refused_or_kept_as_they_are(bright_dawn, carys, as_, words):
    typed = {"stars": "5", "words": words, "part": "used_it"}

    answer = as_(carys).post(RATE, typed)

    if answer.status_code == 302:
        assert Rating.objects.get().words == words.strip()
    else:
        assert answer.status_code == 422
        assert "<title>Error: " in answer.text
        assert 'value="5" checked' in answer.text
        assert not Rating.objects.exists()
    shown = as_(carys).get("/directory/bright-dawn/ratings/")
    assert "<script>alert" not in shown.text


@pytest.mark.parametrize("stars", ["0", "6", "-1", "1.5", "five", ""])
def test_stars_are_from_one_to_five_and_the_words_stay(bright_dawn, carys, as_, stars):
    answer = as_(carys).post(RATE, {"stars": stars, "words": "Kind people", "part": "family"})

    assert answer.status_code == 422
    assert "Choose 1 to 5 stars" in answer.text
    assert "Kind people</textarea>" in answer.text


def test_who_says_that_nobody_can_be_known_is_held_rather_than_refused(bright_dawn, carys, as_):
    typed = {"stars": "5", "words": "We had our carer Rose in it all", "part": "used_it"}
    asked = as_(carys).post(RATE, typed)
    assert asked.status_code == 422
    assert "Take out “Rose”" in words_of(asked)

    as_(carys).post(RATE, typed | {"has_checked": "on"})

    assert Rating.objects.get().status == "held"


def test_who_works_here_is_told_that_they_do_not_rate(bright_dawn, ivo, as_):
    page = as_(ivo).get(RATE)

    assert "You are signed in for your work" in words_of(page)
    answer = as_(ivo).post(RATE, {"stars": "5", "words": "Great", "part": "used_it"})
    assert answer.status_code == 422
    assert not Rating.objects.exists()


@pytest.mark.parametrize("key", ["x", "WzEsMV0:1tZ:bad", "../../etc"])
def test_a_link_that_was_never_sent_opens_nothing(db, client: Client, key):
    assert client.get(f"/rating/{key}/").status_code == 404


def test_only_a_writer_takes_back_and_a_bad_number_is_no_page(bright_dawn, carys, as_):
    found = rated(bright_dawn, 5, by="Ann Other")

    for number in (str(found.pk), "x", "", "99999999999999999999"):
        assert as_(carys).post("/my/ratings/", {"rating": number}).status_code == 404

    assert Rating.objects.get().status == "published"


def test_a_resident_finds_what_they_said_and_why_it_is_not_shown(bright_dawn, carys, ivo, as_):
    said = rate.Said(1, "Bad", "used_it")
    held = rate.give(bright_dawn, said, by=carys, at=NOON)
    moderating.refuse(held, why="unkind", because="Say what was bad.", by=ivo, at=NOON)

    page = words_of(as_(carys).get("/my/ratings/"))

    assert "It has rude or hateful words. Say what was bad." in page


STAFF_PAGES = ["quality", "quality-criteria", "quality-standards"]


@pytest.mark.parametrize("name", STAFF_PAGES)
def test_only_who_keeps_quality_opens_its_pages(name, council, dev, gwen, ivo, as_):
    for staff, status in ((dev, 403), (gwen, 403), (ivo, 200)):
        assert as_(staff).get(reverse(name)).status_code == status


def test_another_provider_finds_nothing_of_a_rating(bright_dawn, joss, marnie, as_):
    found = rated(bright_dawn, 5, by="Ann Other")
    address = reverse("answer-rating", args=[found.pk])

    assert as_(joss.sign_in).get(address).status_code == 404
    assert as_(marnie.sign_in).get(address).status_code == 200


def test_a_provider_does_not_see_a_held_rating_it_was_not_asked_about(bright_dawn, marnie, as_):
    found = rated(bright_dawn, 1, by="Ann Other")

    page = as_(marnie.sign_in).get("/partner/quality/")

    assert found.words not in page.text
    assert as_(marnie.sign_in).get(f"/partner/quality/ratings/{found.pk}/").status_code == 404


def test_a_visit_is_nobodys_but_the_reviewers_until_it_is_published(
    millrace, ivo, hattie, carys, five_standards, as_
):
    visit = standards.plan_visit(millrace, on=NOON.date(), reviewer=hattie, by=ivo, at=NOON)

    assert as_(carys).get(f"/visits/{visit.pk}/").status_code == 404
    assert as_(carys).get(f"/quality-of-life/visits/{visit.pk}/").status_code == 404
    assert as_(hattie.sign_in).get(f"/visits/{visit.pk}/").status_code == 200


def test_the_public_pages_stand_before_anything_is_written(council, client: Client):
    assert "We have not written the list yet" in words_of(client.get("/quality-mark/"))
    assert "still writing them" in words_of(client.get("/quality-of-life/"))


def test_a_new_version_keeps_what_was_typed_when_the_day_is_wrong(five_standards, ivo, as_):
    typed = {
        "starts_on_day": "1", "starts_on_month": "1", "starts_on_year": "2020",
        "written_by": "Carers", "because": "Better", "statement_0": "I choose", "expect_0": "a",
        "does_0": "b",
    }  # fmt: skip

    answer = as_(ivo).post("/council/quality/standards/", typed)

    assert answer.status_code == 422
    assert "Start it today or later" in answer.text
    assert "I choose</textarea>" in answer.text


def asked(client: Client, page: str) -> int:
    answer = client.get(page)
    assert answer.status_code == 200
    return int(answer["Server-Timing"].split('desc="')[1].split('"')[0])


@pytest.mark.parametrize(
    ("who", "page"),
    [("ivo", "/council/quality/"), ("marnie", "/partner/quality/"),
     ("ivo", "/directory/bright-dawn/ratings/"), ("ivo", "/council/quality/entries/bright-dawn/")],
)  # fmt: skip
def test_a_list_asks_as_often_for_many_as_for_few(bright_dawn, ivo, marnie, as_, who, page):
    client = as_(ivo if who == "ivo" else marnie.sign_in)
    for number, name in enumerate(("Ann One", "Ben Two", "Cat Three", "Dan Four")):
        rated(bright_dawn, 5 if number % 2 else 2, by=name)
    client.get(page)
    few = asked(client, page)

    for number, name in enumerate(("Eve Five", "Fay Six", "Gus Seven", "Hal Eight")):
        rated(bright_dawn, 5 if number % 2 else 2, by=name)

    assert asked(client, page) == few
