"""Pages are written, read by the panel, published, and checked each year."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from ownway.community.information import actions, jobs, queries
from ownway.community.information.models import Page, Reader, Reading, Text, Version
from ownway.demo.cast import way_in
from ownway.foundation.council.models import Staff
from ownway.foundation.record.models import Task
from tests.conftest import NOON

SAID = {"title": "Parking", "summary": "Where to park.", "body": "Park there."}


def test_a_page_is_published_only_after_the_panel_said_yes(
    draft: Version, lena: Staff, council: None
) -> None:
    reader = actions.join_panel(way_in("Joy Thistlewood"), at=NOON)
    with pytest.raises(actions.CannotDo, match="Send it to the readers’ panel first"):
        actions.publish(draft, by=lena, at=NOON)
    actions.send_to_panel(draft, at_once=False, by=lena, at=NOON)
    with pytest.raises(actions.CannotDo, match="Waiting for readers’ panel: 1 more yes"):
        actions.publish(draft, by=lena, at=NOON)

    is_out = actions.say(draft, reader=reader, is_yes=True, words="", at=NOON)
    actions.publish(draft, by=lena, at=NOON)

    page = Page.objects.get(slug="parking")
    assert not is_out
    assert page.live == draft
    assert (page.checked_on, page.next_check_on) == (date(2026, 1, 6), date(2027, 1, 6))


def test_a_no_must_be_answered_before_a_page_goes_out(
    waiting: Version, joy: Reader, lena: Staff
) -> None:
    actions.say(waiting, reader=joy, is_yes=False, words="What is a sitter?", at=NOON)
    other = actions.join_panel(way_in("Una Strand"), at=NOON)

    is_out = actions.say(waiting, reader=other, is_yes=True, words="", at=NOON)
    said = actions.objections(waiting, on=NOON.date())
    reading = Reading.objects.get(reader=joy, version=waiting)
    is_out_then = actions.reply(reading, words="We now explain it", by=lena, at=NOON)

    assert not is_out
    assert said == ["Reply to each reader who said no, to say what you did about it"]
    assert is_out_then
    assert Page.objects.get(slug="breaks-for-carers").is_live


def test_what_was_asked_to_go_out_at_once_does_so_with_the_last_yes_its_owner_publishing(
    waiting: Version, joy: Reader, lena: Staff
) -> None:
    is_out = actions.say(waiting, reader=joy, is_yes=True, words="Good", at=NOON)

    waiting.refresh_from_db()
    assert is_out
    assert (waiting.status, waiting.published_by) == ("published", lena)
    assert waiting.page.next_check_on == date(2027, 1, 6)


def test_a_reader_says_it_once_and_says_why_not(waiting: Version, joy: Reader) -> None:
    with pytest.raises(actions.CannotDo, match="Say what should change"):
        actions.say(waiting, reader=joy, is_yes=False, words=" ", at=NOON)
    actions.say(waiting, reader=joy, is_yes=False, words="Too long", at=NOON)

    with pytest.raises(actions.CannotDo, match="You have read this one"):
        actions.say(waiting, reader=joy, is_yes=True, words="", at=NOON)

    assert waiting.readings.count() == 1


def test_a_page_taken_back_needs_the_panel_anew(waiting: Version, joy: Reader, lena: Staff) -> None:
    Version.objects.filter(pk=waiting.pk).update(at_once=False)
    actions.say(waiting, reader=joy, is_yes=True, words="", at=NOON)
    actions.take_back(waiting, by=lena)
    actions.write_text(waiting, language="en-GB", form="plain", said=SAID, by=lena, at=NOON)
    actions.send_to_panel(waiting, at_once=False, by=lena, at=NOON)

    with pytest.raises(actions.CannotDo, match="1 more yes needed"):
        actions.publish(waiting, by=lena, at=NOON)


def test_what_the_panel_reads_does_not_change_under_it(waiting: Version, lena: Staff) -> None:
    before = waiting.texts.get(language="en-GB", form="plain").body

    with pytest.raises(actions.CannotDo, match="no longer a draft"):
        actions.write_text(waiting, language="en-GB", form="plain", said=SAID, by=lena, at=NOON)

    assert waiting.texts.get(language="en-GB", form="plain").body == before


def test_a_new_version_leaves_the_live_one_up_until_it_is_published(
    guide: None, joy: Reader, lena: Staff, client
) -> None:
    page = Page.objects.get(slug="personal-budgets")

    version = actions.begin_version(page, because="New price", by=lena, at=NOON)
    again = actions.begin_version(page, because="Twice", by=lena, at=NOON)
    actions.write_text(version, language="en-GB", form="plain", said=SAID, by=lena, at=NOON)
    during = client.get("/guide/personal-budgets/").text
    actions.send_to_panel(version, at_once=True, by=lena, at=NOON)
    actions.say(version, reader=joy, is_yes=True, words="", at=NOON)

    assert again == version
    assert "Park there" not in during
    assert "Park there" in client.get("/guide/personal-budgets/").text
    statuses = list(page.versions.values_list("number", "status"))
    assert statuses == [(2, "published"), (1, "replaced")]


def test_a_translation_that_is_older_than_the_page_says_so(
    guide: None, joy: Reader, lena: Staff, client
) -> None:
    page = Page.objects.get(slug="personal-budgets")
    version = actions.begin_version(page, because="", by=lena, at=NOON)
    later = NOON + timedelta(hours=1)
    actions.write_text(version, language="en-GB", form="plain", said=SAID, by=lena, at=later)
    actions.send_to_panel(version, at_once=True, by=lena, at=later)
    actions.say(version, reader=joy, is_yes=True, words="", at=later)

    shown = client.get("/guide/personal-budgets/?language=ar").text

    assert "The standard page has changed since this one was written" in shown
    assert 'lang="ar" dir="rtl"' in shown


def test_only_the_owner_or_who_publishes_for_all_sends_and_publishes(
    draft: Version, gwen: Staff, dev: Staff
) -> None:
    with pytest.raises(PermissionDenied):
        actions.send_to_panel(draft, at_once=True, by=gwen, at=NOON)
    with pytest.raises(PermissionDenied):
        actions.write_text(draft, language="en-GB", form="easy", said=SAID, by=dev, at=NOON)

    draft.refresh_from_db()
    assert draft.status == "draft"


def test_the_database_keeps_a_page_from_going_out_unread(draft: Version) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Version.objects.filter(pk=draft.pk).update(status="published")


def test_the_yearly_check_is_a_task_of_the_owner_and_late_pages_come_first(
    guide: None, lena: Staff
) -> None:
    page = Page.objects.get(slug="direct-payments")
    Page.objects.filter(pk=page.pk).update(next_check_on=NOON.date() + timedelta(days=10))
    jobs.give_due_checks(NOON)
    jobs.give_due_checks(NOON)

    task = Task.objects.get(kind="information.check")
    later = NOON + timedelta(days=11)
    first = queries.standings(on=later.date())[0]
    actions.say_it_is_right(page, by=lena, at=later)

    assert (task.owner, task.address) == (lena, "/council/information/pages/direct-payments/")
    assert task.due_at.date() == date(2026, 1, 16)
    assert (first.page, first.is_late, first.state) == (page, True, "Check is late")
    task.refresh_from_db()
    assert task.done_at == later
    assert Page.objects.get(pk=page.pk).next_check_on == date(2027, 1, 17)


def test_the_check_of_a_page_whose_owner_has_left_goes_to_who_publishes_for_all(
    guide: None, gwen: Staff, lena: Staff
) -> None:
    Page.objects.filter(slug="direct-payments").update(owner=gwen, next_check_on=NOON.date())
    Staff.objects.filter(pk=gwen.pk).update(left_on=NOON.date())

    jobs.give_due_checks(NOON)

    assert Task.objects.get(kind="information.check").owner == lena


def test_a_page_that_was_taken_down_is_gone_and_no_text_leads_to_it(
    guide: None, lena: Staff, client
) -> None:
    page = Page.objects.get(slug="direct-payments")

    actions.take_down(page, by=lena, at=NOON)

    assert client.get("/guide/direct-payments/").status_code == 404
    assert "/guide/direct-payments/" not in client.get("/guide/personal-budgets/").text


def test_the_shipped_texts_come_in_as_drafts_and_touch_nothing_that_is_there(
    council: None, lena: Staff
) -> None:
    first = actions.bring_texts_in(by=lena, at=NOON)
    Text.objects.filter(version__page__slug="memory").update(title="Ours")
    again = actions.bring_texts_in(by=lena, at=NOON)

    assert (first > 20, again) == (True, 0)
    assert not Page.objects.exclude(live=None).exists()
    assert Text.objects.filter(title="Ours").exists()
    assert queries.follow("").question.title == "Who is this about?"
