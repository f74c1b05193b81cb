"""The map, what's on, the shortlist, telling of a mistake, and what is learnt of empty searches."""

import re
from datetime import date, time
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from ownway.community.directory import actions, queries
from ownway.community.directory.actions import evidence
from ownway.community.directory.actions.lines import read_times
from ownway.community.directory.models import Entry, Mistake, NotFound
from ownway.community.directory.queries import Choices
from ownway.foundation.letters.models import Outbox
from ownway.foundation.record.models import Task
from tests.community.directory.conftest import NOON, TODAY, Fill

EVENT = (
    "name,what,times,kind,postcode,price,access\n"
    "Tea Dance,Dance and tea,8 January 2026 14:00 to 16:30,event,AL1 1AA,3.00 each,Hearing loop\n"
    "Choir,Singing,1st Tue 18:30,group,AL2 2BB,free,\n"
    "Knitting,Wool and talk,Thu 10:00 to 12:00,group,AL2 2BB,5.00 each,Level way in\n"
)


def text(response: Any) -> str:
    body = response.content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body.split("<main", 1)[1]))


def key(name: str) -> str:
    return str(Entry.objects.get(name=name).key)


# -- Narrowing -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("choices", "found"),
    [
        (Choices(part="evening"), {"Choir"}),
        (Choices(part="morning"), {"Knitting"}),
        (Choices(day="TH", part="morning"), {"Knitting"}),
        (Choices(day="TH", part="evening"), set()),
        (Choices(on_date=date(2026, 1, 8)), {"Tea Dance", "Knitting"}),
        (Choices(on_date=date(2026, 2, 3)), {"Choir"}),
        (Choices(most_pence=300), {"Tea Dance", "Choir"}),
        (Choices(kind="event"), {"Tea Dance"}),
        (Choices(way_in="loop"), {"Tea Dance"}),
        (Choices(way_in="level"), {"Knitting"}),
    ],
)
def test_time_price_kind_and_way_in_narrow(fill: Fill, choices: Choices, found: set[str]) -> None:
    fill(EVENT)

    assert {one.name for one in queries.search("", on=TODAY, choices=choices).listings} == found


def test_a_day_of_the_calendar_is_read_from_a_sheet_as_once() -> None:
    once = read_times("8 January 2026 14:00 to 16:30")

    assert (once.starts_on, once.days) == (date(2026, 1, 8), "")
    assert (once.opens_at, once.closes_at) == (time(14), time(16, 30))


def test_more_than_can_be_counted_is_said_and_the_marked_still_come_first(
    fill: Fill, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ownway.community.directory.queries import searching

    monkeypatch.setattr(searching, "MOST", 10)
    monkeypatch.setattr(searching, "TIER", 5)
    rows = "".join(f"Choir {n},singing,,AL1 1AA\n" for n in range(30))
    actions.load_postcodes(
        [("AL11AA", 451_609, 290_000, False), ("AL99ZZ", 462_875, 290_000, False)]
    )
    fill("name,what,mark,postcode\n" + rows + "Far Choir,singing,gold,AL9 9ZZ\n")

    near = queries.spot("AL1 1AA")
    found = queries.search("singing", on=TODAY, near=near, limit=3)

    assert (found.total, found.is_more) == (10, True)
    assert found.listings[0].name == "Far Choir"


# -- Pages ---------------------------------------------------------------------------------------


def test_choices_show_how_many_they_leave_and_can_each_be_taken_away(
    town: None, client: Client
) -> None:
    shown = client.get("/directory/", {"what": "garden", "where": "AL3 4QT", "home": "on"})

    assert "Comes to your home" in text(shown)
    assert 'href="/directory/?what=garden&amp;where=AL3+4QT"' in shown.content.decode()
    assert re.search(r"Has our quality mark\s+leaves \(1\)", text(shown))


def test_the_map_numbers_the_list_and_asks_nothing_of_anybody_else(
    town: None, client: Client
) -> None:
    body = client.get("/directory/map/", {"what": "garden", "where": "AL3 4QT"}).content.decode()

    assert 'aria-label="1: Green Gate"' in body
    assert 'id="entry-1"' in body
    assert not re.search(r'(src|href)="https?://', body.split("<main")[1].split("</main")[0])


def test_a_map_of_what_has_no_place_is_a_table(town: None, client: Client) -> None:
    shown = text(client.get("/directory/map/", {"what": "chat phone"}))

    assert "None of these has an address" in shown
    assert "Night Line" in shown


def test_whats_on_is_by_date_with_the_hours_of_each_day(
    fill: Fill, client: Client, the_time: Any
) -> None:
    the_time(NOON)
    fill(EVENT)

    shown = text(client.get("/directory/whats-on/"))

    assert shown.index("Choir") < shown.index("Knitting") < shown.index("14:00 to 16:30")


@pytest.mark.parametrize(
    "asked",
    [
        {"from_day": "31", "from_month": "2", "from_year": "2026"},
        {"from_day": "1", "from_month": "1", "from_year": "1999"},
        {"from_day": "x" * 500, "where": "🙂", "long": "900", "part": "tea"},
        {"what": "\x00", "within": "-1"},
    ],
)
def test_whats_on_answers_whatever_is_asked(
    fill: Fill, client: Client, asked: dict[str, str]
) -> None:
    fill(EVENT)

    assert client.get("/directory/whats-on/", asked).status_code == 200


# -- Shortlist -----------------------------------------------------------------------------------


def test_a_shortlist_is_filled_emptied_and_never_leads_elsewhere(
    town: None, client: Client
) -> None:
    green = key("Green Gate")

    went = client.post("/directory/shortlist/change/", {"add": green, "back": "//evil.example/"})
    client.post("/directory/shortlist/change/", {"add": green})
    client.post("/directory/shortlist/change/", {"add": "not a key"})

    assert went.headers["Location"] == "/directory/shortlist/"
    assert text(client.get("/directory/shortlist/")).count("£21.00 an hour") == 1
    client.post("/directory/shortlist/change/", {"off": green})
    assert "It is empty" in text(client.get("/directory/shortlist/"))


def test_a_shortlist_is_sent_once_and_its_link_shows_it_to_who_got_it(
    town: None, client: Client, council: None
) -> None:
    client.post("/directory/shortlist/change/", {"add": key("Green Gate")})

    for _ in range(2):
        client.post("/directory/shortlist/", {"email": "niece@example.com"})

    message = Outbox.objects.get(address="niece@example.com")
    link = re.search(r"http://\S+", message.text)
    assert link is not None
    assert "Green Gate" in text(Client().get(link[0]))
    assert Client().get("/directory/shortlist/forged/").status_code == 404


def test_nobody_is_flooded_with_lists(town: None, client: Client, council: None) -> None:
    for name in ("Green Gate", "Hedge and Co", "Sit-Awhile", "Teapot Café"):
        client.post("/directory/shortlist/change/", {"add": key(name)})
        last = client.post("/directory/shortlist/", {"email": "niece@example.com"})

    assert "Send more tomorrow" in text(last)
    assert Outbox.objects.filter(address="niece@example.com").count() == 3


# -- Mistakes ------------------------------------------------------------------------------------


def test_a_mistake_told_twice_is_one_task_for_who_keeps_the_directory(
    town: None, client: Client, council: None, gwen: Any, as_: Any
) -> None:
    for _ in range(2):
        client.post("/directory/green-gate/wrong/", {"about": "times", "words": "Shut on Tuesday"})

    mistake = Mistake.objects.get()
    task = Task.objects.get(kind=evidence.MISTAKE)
    assert task.address == "/desk/directory/mistakes/"
    as_(gwen).post(f"/desk/directory/mistakes/{mistake.pk}/settle/")
    task.refresh_from_db()
    mistake.refresh_from_db()
    assert task.done_at
    assert mistake.settled_at


def test_something_else_needs_words(town: None, client: Client) -> None:
    answer = client.post("/directory/green-gate/wrong/", {"about": "other"})

    assert answer.status_code == 422
    assert "Tell us what is wrong" in text(answer)


# -- What was not found --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Zumba class for me please", "class zumba"),
        ("joan@example.com zumba", "zumba"),
        ("07700 900123", ""),
        ("my mum Joan Smith fell at home and now needs a bed and someone at night", ""),
        ("<b>tango</b>", ""),
    ],
)
def test_only_plain_short_words_are_kept(typed: str, kept: str) -> None:
    assert evidence.plain_words(typed) == kept


def test_an_empty_search_is_counted_by_month_and_district_with_nothing_of_who_searched(
    town: None, client: Client, the_time: Any
) -> None:
    the_time(NOON)

    for _ in range(2):
        client.get("/directory/", {"what": "zumba", "where": "AL3 4QT"})
    client.get("/directory/", {"what": "garden"})

    row = NotFound.objects.values("month", "words", "district", "need", "times").get()
    assert row == {
        "month": date(2026, 1, 1),
        "words": "zumba",
        "district": "AL3",
        "need": "",
        "times": 2,
    }


def test_small_counts_are_not_shown_and_the_page_is_for_staff_with_the_power(
    town: None, gwen: Any, priya: Any, as_: Any
) -> None:
    for words, times_sought in (("zumba", 5), ("tango", 4)):
        for _ in range(times_sought):
            actions.note_not_found(words, need="people", near=None, on=TODAY)

    shown = text(as_(gwen).get("/desk/directory/not-found/"))

    assert "zumba 5" in shown
    assert "tango" not in shown
    assert "Seeing people and getting out 9" in shown
    with pytest.raises(PermissionDenied):
        queries.not_found(priya.sign_in, on=TODAY, least=5)
