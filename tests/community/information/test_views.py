"""The guide, the questions, contact points and campaigns as people see and type them."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from ownway.community.information import actions, queries
from ownway.community.information.http import MOST_AN_HOUR
from ownway.community.information.models import Campaign, Choice, Opinion, Page, Question, ReadDay
from ownway.foundation.council.models import SignIn, Staff
from tests.conftest import NOON

As = Callable[[Staff | SignIn], Client]
OWN = "/council/information/"


@pytest.fixture(autouse=True)
def now(db: None, the_time: Callable[[datetime], None]) -> None:
    cache.clear()
    the_time(NOON)


# -- Reading ------------------------------------------------------------------------------------


def test_a_page_tells_of_its_owner_check_panel_and_how_to_challenge(
    guide: None, client: Client
) -> None:
    shown = client.get("/guide/personal-budgets/").text

    assert "Looked after by Lena Marchbank" in shown
    assert "next check 15 September 2026" in shown
    assert "Our readers’ panel read this page" in shown
    assert "What to expect and how to challenge" in shown
    assert "you hear within 5 working days" in shown
    assert 'popovertarget="word-reablement"' in shown
    assert 'id="word-reablement"' in shown


def test_a_language_or_form_that_is_not_there_gives_the_nearest(
    guide: None, client: Client
) -> None:
    easy = client.get("/guide/memory/?form=easy").text
    arabic_easy = client.get("/guide/personal-budgets/?language=ar&form=easy").text
    odd = client.get("/guide/memory/?language=%F0%9F%99%82&form=%00x")

    assert "Worried about memory (easy read)" in easy
    assert 'dir="rtl"' in arabic_easy
    assert odd.status_code == 200


def test_each_read_is_counted_and_nothing_of_the_reader(guide: None, client: Client) -> None:
    for _ in range(3):
        answer = client.get("/guide/memory/")

    assert ReadDay.objects.get(page__slug="memory", on=NOON.date()).reads == 3
    assert not answer.cookies


def test_an_answer_is_kept_without_who_gave_it_and_shown_to_the_owner(
    guide: None, client: Client, lena: Staff, as_: As
) -> None:
    refused = client.post("/guide/memory/useful/?form=easy", {"words": "What is this? 🙂"})
    sent = client.post(
        "/guide/memory/useful/?form=easy", {"useful": "no", "words": "What is this? 🙂"}
    )

    opinion = Opinion.objects.get()
    assert refused.status_code == 422
    assert "What is this? 🙂" in refused.text
    assert sent["Location"] == "/guide/memory/?form=easy&thanks=1#useful"
    assert (opinion.is_useful, opinion.form, opinion.on) == (False, "easy", NOON.date())
    owner_sees = as_(lena).get(f"{OWN}pages/memory/").text
    assert "0% of 1 found it useful" in owner_sees
    assert "What is this?" in owner_sees


def test_a_flood_of_answers_is_not_counted(guide: None, client: Client) -> None:
    for _ in range(MOST_AN_HOUR + 5):
        answer = client.post("/guide/memory/useful/", {"useful": "yes"})

    assert answer.status_code == 302
    assert Opinion.objects.count() == MOST_AN_HOUR


@pytest.mark.parametrize(
    ("words", "first"),
    [("falls", "Falls, and how to stop them"), ("direct pay", "Direct payments"),
     ("complain", "If you do not agree with us"), ("what will it cost me", "What you pay")],
)  # fmt: skip
def test_a_search_finds_pages_by_stem_start_and_sense(guide: None, words: str, first: str) -> None:
    assert first in [text.title for text in queries.search(words)][:3]


@pytest.mark.parametrize("words", ["", " ", "🙂", "'\"&|!:*", "zzzqqq", "x" * 5000, "a\x00b"])
def test_a_search_for_anything_answers(guide: None, client: Client, words: str) -> None:
    assert client.get("/guide/", {"what": words}).status_code == 200


def test_a_draft_is_seen_by_nobody_but_staff_and_the_panel(
    guide: None, client: Client, edith_in: SignIn, as_: As
) -> None:
    assert client.get("/guide/breaks-for-carers/").status_code == 404
    assert "Breaks for carers" not in client.get("/guide/").text
    found = [text.title for text in queries.search("breaks for carers")]
    assert "Breaks for carers" not in found
    resident = as_(edith_in)
    assert resident.get("/my/panel/breaks-for-carers/").status_code == 404
    resident.post("/my/panel/", {"join": "yes"})
    assert resident.get("/my/panel/breaks-for-carers/").status_code == 200


# -- The questions ------------------------------------------------------------------------------


def test_the_questions_lead_to_a_page_and_the_address_holds_the_answers(
    guide: None, client: Client
) -> None:
    asked = client.get("/guide/ask/", {"way": "me", "say": "memory", "go": "1"})
    shown = client.get("/guide/ask/?way=me.memory", follow=True)

    assert asked["Location"] == "/guide/ask/?way=me.memory"
    assert shown.redirect_chain[0][0] == "/guide/memory/?way=me.memory"
    assert "You told us" in shown.text
    assert not shown.cookies


@pytest.mark.parametrize(
    "way", ["x", "me.x.y", "." * 300, "me..memory", "🙂", "me.memory.memory", "'\"<b>"]
)
def test_answers_that_are_not_there_ask_a_question_again(
    guide: None, client: Client, way: str
) -> None:
    shown = client.get("/guide/ask/", {"way": way}, follow=True)

    assert shown.status_code == 200
    assert "<b>" not in shown.text


def test_a_choice_that_leads_to_a_page_that_is_down_asks_its_question_again(
    guide: None, client: Client
) -> None:
    Page.objects.filter(slug="memory").update(taken_down_on=NOON.date())

    shown = client.get("/guide/ask/?way=me.memory")

    assert "What is hardest right now?" in shown.text


def test_a_question_that_would_lead_back_to_itself_is_refused_and_nothing_is_lost(
    guide: None, lena: Staff, as_: As
) -> None:
    need, who = (Question.objects.get(key=key) for key in ("need", "who"))
    page = Page.objects.get(slug="memory")
    typed = {
        "title": "What is hardest?", "hint": "",
        "words0": "Go back", "to0": f"q{who.pk}", "words1": "Memory", "to1": f"p{page.pk}",
    }  # fmt: skip

    refused = as_(lena).post(f"{OWN}questions/need/", typed)

    assert refused.status_code == 422
    assert "lead back to this question" in refused.text
    assert "Go back" in refused.text
    assert Choice.objects.filter(question=need).count() == 8


def test_a_question_is_added_and_changed_and_keeps_its_addresses(
    guide: None, lena: Staff, as_: As
) -> None:
    client, page = as_(lena), Page.objects.get(slug="memory")
    typed = {
        "title": "Where is it?", "words0": "Here", "to0": f"p{page.pk}",
        "words1": "There", "to1": f"p{page.pk}",
    }  # fmt: skip
    client.post(f"{OWN}questions/new/", typed)

    client.post(f"{OWN}questions/where-is-it/", typed | {"words2": "Both", "to2": f"p{page.pk}"})
    short = client.post(f"{OWN}questions/where-is-it/", {"title": "Where?", "words0": "Here"})

    question = Question.objects.get(key="where-is-it")
    assert [choice.key for choice in question.choices.all()] == ["here", "there", "both"]
    assert "Say where “Here” leads" in short.text


# -- Staff --------------------------------------------------------------------------------------


def test_staff_type_anything_and_lose_nothing(guide: None, lena: Staff, as_: As) -> None:
    client = as_(lena)
    for address, typed in (
        (f"{OWN}new/", {"title": "🙂" * 200}),
        (f"{OWN}contact-points/new/", {"name": "Hall", "postcode": "??", "day0": "late"}),
        (f"{OWN}campaigns/new/", {"name": "x" * 99, "starts_on_day": "40"}),
        (f"{OWN}words/", {"term": "x" * 99}),
        (f"{OWN}questions/new/", {"title": ""}),
        (f"{OWN}readers/", {"email": "gwen.applegarth@alderbrook.example"}),
        (f"{OWN}readers/", {"email": "nobody@example.org"}),
        (f"{OWN}pages/memory/settle/", {"place": "-3"}),
    ):
        refused = client.post(address, typed)

        assert refused.status_code == 422, address
        assert "There is a problem" in refused.text
        first = next(iter(typed.values()))
        assert first in refused.text, address


def test_a_text_with_unknown_numbers_or_links_is_refused_beside_the_field(
    draft, lena: Staff, as_: As
) -> None:
    typed = {"title": "Parking", "summary": "Where.", "body": "{nothing} and [x](nowhere) end"}

    refused = as_(lena).post(f"{OWN}pages/parking/text/en-GB/plain/", typed)

    assert refused.status_code == 422
    assert "There is no number called “nothing”" in refused.text
    assert "The link to “nowhere” leads nowhere" in refused.text
    assert "and [x](nowhere) end" in refused.text


def test_who_does_not_write_reads_the_list_and_changes_nothing(
    guide: None, dev: Staff, as_: As
) -> None:
    client = as_(dev)

    assert client.get(OWN).status_code == 200
    assert client.get(f"{OWN}pages/memory/").status_code == 200
    for address in ("new/", "contact-points/new/", "campaigns/new/", "questions/new/", "readers/"):
        assert client.get(OWN + address).status_code == 403
    for what in ("begin", "checked", "take_down"):
        assert client.post(f"{OWN}pages/memory/do/", {"do": what}).status_code == 403
    assert Page.objects.get(slug="memory").is_live


# -- Campaigns ----------------------------------------------------------------------------------


def _campaign(lena: Staff, name: str, *, first: int, last: int) -> Campaign:
    said = {
        "name": name, "audience": "All", "message": "Stay well.", "leads_to": "/guide/memory/",
        "owner": lena, "starts_on": NOON.date() + timedelta(days=first),
        "ends_on": NOON.date() + timedelta(days=last),
    }  # fmt: skip
    return actions.plan_campaign(None, said=said, channels=["website", "press"], by=lena)


def test_a_banner_is_there_from_the_first_day_to_the_last_and_no_longer(
    guide: None, lena: Staff, client: Client, the_time: Callable[[datetime], None]
) -> None:
    _campaign(lena, "Warm at home", first=1, last=3)

    seen = []
    for day in range(5):
        the_time(NOON + timedelta(days=day))
        seen.append("Warm at home" in client.get("/").text)

    assert seen == [False, True, True, True, False]


@pytest.mark.parametrize(
    "address", ["/directory/", "/directory/map/", "/directory/whats-on/", "/contact-points/"]
)
def test_the_banner_is_on_the_pages_of_the_directory_too(
    address: str, guide: None, lena: Staff, client: Client, the_time: Callable[[datetime], None]
) -> None:
    _campaign(lena, "Warm at home", first=0, last=3)
    the_time(NOON)

    assert "Warm at home" in client.get(address).text


def test_who_follows_a_banner_is_counted_and_led_on(
    guide: None, lena: Staff, client: Client
) -> None:
    campaign = _campaign(lena, "Warm at home", first=0, last=3)

    shown = client.get("/campaign/warm-at-home/", follow=True)
    actions.count_reached(campaign, reached={"press": 4000, "website": None}, by=lena)
    actions.stop_campaign(campaign, by=lena, at=NOON)
    client.get("/campaign/warm-at-home/")

    campaign.refresh_from_db()
    assert "Worried about memory" in shown.text
    assert (campaign.opened, queries.reads_during(campaign)) == (1, 1)
    assert campaign.channels.get(kind="press").reached == 4000
    assert "Warm at home" not in client.get("/").text
    assert campaign.state(NOON.date()) == "over"
