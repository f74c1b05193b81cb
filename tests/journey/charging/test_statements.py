"""A statement of money: kept question by question, sent, taken back, decided, and never lost."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from ownway.foundation.letters.models import Letter
from ownway.foundation.people.models import Person
from ownway.foundation.record.models import Event, Task
from ownway.jobs.answers import answer_now
from ownway.journey.allocation import actions as allocation
from ownway.journey.charging import actions, queries
from ownway.journey.charging.models import Charge, Statement
from tests.journey.allocation.joneses import TEN

INCOME = {"pence": 24_500, "often": "week"}
PDF = b"%PDF-1.7 a letter"
PNG = b"\x89PNG\r\n\x1a\n and more"


@pytest.fixture
def statement(budgeted: Person, edith_in) -> Statement:
    """Begun by his wife, and answered."""
    begun = actions.begin(budgeted, by=edith_in, at=TEN)
    return actions.answer(begun, key="money-coming-in", said=INCOME, by=edith_in, at=TEN)


def _paper(statement: Statement, content: bytes, by, name: str = "letter.pdf"):
    return actions.add_paper(statement, kind="income", name=name, content=content, by=by, at=TEN)


def test_beginning_twice_goes_on_with_the_same(budgeted: Person, edith_in) -> None:
    first = actions.begin(budgeted, by=edith_in, at=TEN)

    assert actions.begin(budgeted, by=edith_in, at=TEN).pk == first.pk


def test_sent_under_plain_rules_it_is_answered_at_once_and_finance_checks(
    statement: Statement, edith_in, priya
) -> None:
    charge = actions.send(statement, by=edith_in, at=TEN)

    assert charge is not None
    assert (charge.charge_pence, charge.council_pays_pence) == (3000, 14_100)
    statement.refresh_from_db()
    assert statement.status == "decided"
    task = Task.objects.get(kind="charge.check", done_at=None)
    assert task.owner.role == "finance_officer"


def test_the_letter_has_the_whole_sum_and_the_dated_rules(statement: Statement, edith_in) -> None:
    actions.send(statement, by=edith_in, at=TEN)

    letter = Letter.objects.get(kind="charge")
    text = str(letter.body)
    assert letter.title == "What Harold pays from 30 January 2026"
    assert all(amount in text for amount in ("£245.00", "£215.00", "£30.00"))
    assert "rules version 1, in use since 5 January 2026" in text
    assert "facs-2010" in text


def test_a_question_that_is_open_keeps_it_from_being_sent(budgeted: Person, edith_in) -> None:
    begun = actions.begin(budgeted, by=edith_in, at=TEN)

    with pytest.raises(actions.CannotCharge) as refusal:
        actions.send(begun, by=edith_in, at=TEN)

    assert list(refusal.value.problems) == ["money-coming-in"]
    begun.refresh_from_db()
    assert begun.status == "draft"


def test_not_wanting_to_tell_waits_for_an_officer_and_then_costs_all(
    statement: Statement, edith_in, priya
) -> None:
    assert actions.send(statement, by=edith_in, at=TEN, refuses=True) is None
    assert not Charge.objects.exists()

    charge = actions.decide(
        statement.person,
        answers={},
        judged={},
        refuses=True,
        starts_on=TEN.date(),
        note="",
        seen=None,
        by=priya,
        at=TEN,
    )

    assert (charge.charge_pence, charge.council_pays_pence) == (17_100, 0)
    assert queries.pays_for_own_care(charge)


def test_what_was_sent_can_be_taken_back_and_its_task_goes(statement: Statement, edith_in) -> None:
    actions.send(statement, by=edith_in, at=TEN, refuses=True)

    back = actions.take_back(statement, by=edith_in, at=TEN)

    assert back.status == "draft"
    assert back.answers == {"money-coming-in": INCOME}
    assert not Task.objects.filter(kind="charge.decide", done_at=None).exists()


def test_what_was_decided_cannot_be_taken_back(statement: Statement, edith_in) -> None:
    actions.send(statement, by=edith_in, at=TEN)

    with pytest.raises(actions.CannotChange):
        actions.take_back(statement, by=edith_in, at=TEN)


def test_sent_before_a_budget_it_is_answered_when_the_budget_is_there(
    ready: Person, edith_in, dev
) -> None:
    begun = actions.begin(ready, by=edith_in, at=TEN)
    actions.answer(begun, key="money-coming-in", said=INCOME, by=edith_in, at=TEN)
    assert actions.send(begun, by=edith_in, at=TEN) is None

    allocation.work_out(ready, by=dev, at=TEN)
    answer_now(dev.sign_in, at=TEN)

    charge = queries.contribution(ready, on=TEN.date())
    assert charge is not None
    assert charge.charge_pence == 3000


def test_a_correction_is_a_new_decision_and_the_old_one_is_kept(
    statement: Statement, edith_in, priya
) -> None:
    first = actions.send(statement, by=edith_in, at=TEN)

    second = actions.decide(
        statement.person,
        answers={"money-coming-in": {"pence": 23_500, "often": "week"}},
        judged={},
        refuses=False,
        starts_on=TEN.date(),
        note="His pension is £10.00 less than was said.",
        seen=queries.newest_id(statement.person),
        by=priya,
        at=TEN + timedelta(hours=1),
    )

    assert first is not None
    assert second.charge_pence == 2000
    assert queries.contribution(statement.person, on=TEN.date()) == second
    assert Charge.objects.get(pk=first.pk).withdrawn.because == "Decided anew"
    assert queries.charges_before(second) == [first]
    assert "£10.00 less" in str(Letter.objects.filter(kind="charge").first().body)


def test_a_decision_closes_every_earlier_ask_to_check_the_figures(
    statement: Statement, edith_in, priya
) -> None:
    actions.send(statement, by=edith_in, at=TEN)
    again = actions.begin(statement.person, by=edith_in, at=TEN)
    actions.send(again, by=edith_in, at=TEN)
    waiting = Task.objects.filter(kind="charge.check", done_at=None)
    asked = waiting.count()

    actions.decide(
        statement.person,
        answers={"money-coming-in": INCOME},
        judged={},
        refuses=False,
        starts_on=TEN.date(),
        note="Checked with the papers.",
        seen=queries.newest_id(statement.person),
        by=priya,
        at=TEN + timedelta(hours=1),
    )

    assert asked == 1
    assert not waiting.exists()


def test_pressing_twice_decides_once(statement: Statement, priya) -> None:
    seen, said = queries.newest_id(statement.person), {"pence": 23_500, "often": "week"}

    def press() -> Charge:
        return actions.decide(
            statement.person,
            answers={"money-coming-in": said},
            judged={},
            refuses=False,
            starts_on=TEN.date(),
            note="By telephone",
            seen=seen,
            by=priya,
            at=TEN,
        )

    press()
    letters = Letter.objects.count()
    with pytest.raises(actions.CannotCharge, match="decided meanwhile"):
        press()

    assert Charge.objects.filter(person=statement.person).count() == 1
    assert Letter.objects.count() == letters


def test_a_charge_from_a_later_day_leaves_today_as_it_is(
    statement: Statement, edith_in, priya
) -> None:
    first = actions.send(statement, by=edith_in, at=TEN)
    later = date(2026, 3, 2)

    actions.decide(
        statement.person,
        answers={"money-coming-in": {"pence": 30_000, "often": "week"}},
        judged={},
        refuses=False,
        starts_on=later,
        note="A new pension from March.",
        seen=queries.newest_id(statement.person),
        by=priya,
        at=TEN,
    )

    assert queries.contribution(statement.person, on=TEN.date()) == first
    to_come = queries.contribution_to_come(statement.person, on=TEN.date())
    assert to_come is not None
    assert (to_come.charge_pence, to_come.starts_on) == (8500, later)


def test_what_a_resident_writes_and_has_not_sent_outlives_an_officers_decision(
    statement: Statement, priya
) -> None:
    actions.decide(
        statement.person,
        answers={"money-coming-in": {"pence": 20_000, "often": "week"}},
        judged={},
        refuses=False,
        starts_on=TEN.date(),
        note="By telephone",
        seen=None,
        by=priya,
        at=TEN,
    )

    statement.refresh_from_db()
    assert (statement.status, statement.answers) == ("draft", {"money-coming-in": INCOME})
    assert queries.for_officers(statement.person) is None


def test_a_stranger_may_neither_write_nor_decide(statement: Statement, gwen, lena) -> None:
    with pytest.raises(PermissionDenied):
        actions.answer(statement, key="money-coming-in", said=INCOME, by=gwen.sign_in, at=TEN)
    with pytest.raises(PermissionDenied):
        actions.confirm(statement.person, by=lena, at=TEN)


def test_checking_the_figures_is_written_once(statement: Statement, edith_in, priya) -> None:
    actions.send(statement, by=edith_in, at=TEN)

    assert actions.confirm(statement.person, by=priya, at=TEN) == 1
    assert actions.confirm(statement.person, by=priya, at=TEN) == 0
    assert Event.objects.filter(kind="charge.checked").count() == 1


# -- Papers --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (PDF, "application/pdf"),
        (PNG, "image/png"),
        (b"\xff\xd8\xff\xe0 a photo", "image/jpeg"),
        (b"\x00\x00\x00\x18ftypheic....", "image/heic"),
    ],
)
def test_a_paper_is_known_by_what_is_in_it(
    statement: Statement, edith_in, content: bytes, media_type: str
) -> None:
    kept = _paper(statement, content, edith_in, name="anything.exe")

    assert (kept.media_type, bytes(kept.content)) == (media_type, content)


@pytest.mark.parametrize(
    "content", [b"", b"MZ a program", b"<html><script>", b"PK\x03\x04", b"GIF89a", b" %PDF-1.7"]
)
def test_what_we_cannot_read_is_refused_whatever_its_name(
    statement: Statement, edith_in, content: bytes
) -> None:
    with pytest.raises(actions.CannotKeep):
        _paper(statement, content, edith_in)

    assert queries.papers_of(statement) == []


def test_a_paper_that_is_too_large_is_refused(statement: Statement, edith_in) -> None:
    with pytest.raises(actions.CannotKeep, match="8 MB"):
        _paper(statement, PDF + b"." * queries.MOST_BYTES, edith_in)


def test_the_same_paper_is_kept_once(statement: Statement, edith_in) -> None:
    assert _paper(statement, PDF, edith_in) == _paper(statement, PDF, edith_in)


def test_one_paper_too_many_is_refused_and_the_others_stay(statement: Statement, edith_in) -> None:
    for number in range(queries.MOST_PAPERS):
        _paper(statement, PDF + bytes([number]), edith_in)

    with pytest.raises(actions.CannotKeep, match="Remove one first"):
        _paper(statement, PNG, edith_in)

    assert len(queries.papers_of(statement)) == queries.MOST_PAPERS


def test_a_path_in_a_name_is_taken_off(statement: Statement, edith_in) -> None:
    kept = _paper(statement, PDF, edith_in, name="..\\..\\etc/pass\x00wd\n.pdf")

    assert kept.name == "passwd.pdf"


def test_a_paper_can_be_taken_out_before_sending_and_not_after(
    statement: Statement, edith_in
) -> None:
    out, stays = _paper(statement, PDF, edith_in), _paper(statement, PNG, edith_in)
    actions.remove_paper(statement, evidence_id=out.pk, by=edith_in, at=TEN)
    actions.send(statement, by=edith_in, at=TEN)

    with pytest.raises(actions.CannotChange):
        actions.remove_paper(statement, evidence_id=stays.pk, by=edith_in, at=TEN)

    assert queries.papers_of(statement) == [stays]


def test_a_paper_of_somebody_else_is_not_found(
    statement: Statement, edith: Person, edith_in
) -> None:
    kept = _paper(statement, PDF, edith_in)

    assert queries.paper(edith_in, kept.pk, edith, at=TEN) is None


def test_an_officer_reads_a_paper_once_it_was_sent(statement: Statement, edith_in, priya) -> None:
    kept = _paper(statement, PDF, edith_in)
    before = queries.paper(priya.sign_in, kept.pk, statement.person, at=TEN)
    actions.send(statement, by=edith_in, at=TEN)

    after = queries.paper(priya.sign_in, kept.pk, statement.person, at=TEN)

    assert before is None
    assert after == kept


# -- Looking again -------------------------------------------------------------------------------


def test_asking_to_look_again_has_an_owner_a_day_and_an_answer(
    statement: Statement, edith_in, priya
) -> None:
    charge = actions.send(statement, by=edith_in, at=TEN)
    assert charge is not None

    asked = actions.ask_again(charge, words="He gets less", by=edith_in, at=TEN)
    with pytest.raises(actions.AlreadyAsked, match="by Friday 6 February"):
        actions.ask_again(charge, words="Again", by=edith_in, at=TEN)
    actions.answer_again(asked, answer="We found £245.00.", by=priya, at=TEN)

    assert asked.due_on == date(2026, 2, 6)
    assert queries.open_question(charge) is None
    assert Letter.objects.filter(kind="charge.looked_again").count() == 1
    with pytest.raises(actions.CannotAnswer):
        actions.answer_again(asked, answer="Again", by=priya, at=TEN)
