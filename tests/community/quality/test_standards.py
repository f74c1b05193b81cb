"""The Standards: versions, who signs, visits from the plan to the published report."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from ownway.community.quality import jobs
from ownway.community.quality.actions import standards as actions
from ownway.community.quality.models import Signing, Visit
from ownway.community.quality.queries import standards as queries
from ownway.foundation.letters.models import Outbox
from ownway.foundation.record.models import Task
from tests.community.quality.conftest import LONDON, NOON

DAY = date(2026, 3, 27)
WENT = datetime(2026, 3, 27, 16, 0, tzinfo=LONDON)


@pytest.fixture
def planned(millrace, ivo, hattie, five_standards) -> Visit:
    return actions.plan_visit(millrace, on=DAY, reviewer=hattie, by=ivo, at=NOON)


def report(visit: Visit, *, on: date = DAY) -> actions.Report:
    findings = {one.pk: ("partly", "Most say so") for one in visit.standards.each.all()}
    asked = [("Put the menu in large print", date(2026, 4, 24))]
    return actions.Report(on, findings, "A good place", 6, asked)


@pytest.fixture
def sent(planned, hattie) -> Visit:
    return actions.send_report(planned, report(planned), by=hattie.sign_in, at=WENT)


def test_a_visit_is_planned_and_both_sides_are_told(planned, hattie, joss):
    told = set(Outbox.objects.values_list("address", flat=True))

    assert {hattie.sign_in.email, joss.sign_in.email} <= told
    assert Task.objects.get(kind="quality.visit").due_at.date() == DAY


def test_a_reviewer_whose_check_ends_before_the_day_is_not_sent(
    millrace, ivo, hattie, five_standards
):
    with pytest.raises(actions.CannotVisit, match="check of Hattie Oaks ends"):
        actions.plan_visit(millrace, on=date(2028, 4, 1), reviewer=hattie, by=ivo, at=NOON)


def test_a_report_has_every_standard_an_action_and_the_day_of_the_next_visit(sent):
    assert sent.findings.count() == 5
    assert sent.to_do.get().words == "Put the menu in large print"
    assert sent.next_due_on == date(2027, 3, 27)
    assert not queries.reports().exists()


def test_a_report_without_a_standard_or_of_a_day_to_come_is_refused_whole(planned, hattie):
    short = report(planned)
    lacking = actions.Report(DAY, dict(list(short.findings.items())[:4]), "x", None, [])
    with pytest.raises(actions.CannotVisit, match="each standard"):
        actions.send_report(planned, lacking, by=hattie.sign_in, at=WENT)
    with pytest.raises(actions.CannotVisit, match="still to come"):
        actions.send_report(planned, short, by=hattie.sign_in, at=NOON)

    planned.refresh_from_db()
    assert (planned.status, planned.findings.count()) == ("planned", 0)


def test_only_the_reviewer_who_goes_reports_and_only_once(planned, sent, hattie, carys):
    with pytest.raises(PermissionDenied):
        actions.send_report(planned, report(planned), by=carys, at=WENT)
    with pytest.raises(actions.CannotVisit, match="sent already"):
        actions.send_report(planned, report(planned), by=hattie.sign_in, at=WENT)


def test_a_report_is_published_with_the_reply_and_what_was_done(sent, ivo, joss):
    actions.reply_to_report(sent, words="Thank you", by=joss, at=WENT)
    actions.publish_report(sent, by=ivo, at=WENT)
    actions.do_what_was_asked(sent.to_do.get(), words="Done in 24 point", by=joss, at=WENT)

    shown = queries.report(sent.pk)
    assert shown is not None
    assert shown.reply == "Thank you"
    assert shown.to_do.get().done_words == "Done in 24 point"


def test_nobody_replies_for_another(sent, marnie):
    with pytest.raises(PermissionDenied):
        actions.reply_to_report(sent, words="Ha", by=marnie, at=WENT)


def test_the_next_visit_is_called_for_when_it_is_due_unless_one_is_planned(sent, ivo, hattie):
    due = datetime(2027, 3, 27, 9, tzinfo=LONDON)
    assert jobs.call_next_visits(due - timedelta(days=1)) == 0

    assert jobs.call_next_visits(due) == 1
    jobs.call_next_visits(due)

    assert Task.objects.filter(kind="quality.next").count() == 1
    actions.plan_visit(sent.entry, on=due.date(), reviewer=hattie, by=ivo, at=due)
    assert jobs.call_next_visits(due) == 0


def test_a_visit_keeps_the_standards_of_its_day(planned, ivo):
    actions.publish_standards(
        [("New", "a", "b")], starts_on=NOON.date(), written_by="x", because="y", by=ivo, at=NOON
    )

    planned.refresh_from_db()
    assert (planned.standards.number, queries.standards_on(DAY).number) == (1, 2)


def test_a_version_starts_today_or_later(five_standards, ivo):
    with pytest.raises(actions.CannotVisit, match="today or later"):
        actions.publish_standards(
            [("N", "a", "b")], starts_on=date(2026, 1, 1), written_by="x", because="y", by=ivo,
            at=NOON,
        )  # fmt: skip


def test_a_provider_signs_once_and_a_contract_is_noted_beside_it(
    millrace, joss, ivo, five_standards
):
    actions.sign(millrace, by=joss, at=NOON)
    actions.sign(millrace, by=joss, at=NOON)
    actions.sign_in_contract(millrace, contract="Day services 2026", by=ivo, at=NOON)

    signing = Signing.objects.get()
    assert (signing.signed_by, signing.contract) == (joss.sign_in, "Day services 2026")
