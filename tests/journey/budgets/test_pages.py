"""The pages about money: choosing, agreeing, the payments desk, and what strangers find."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ownway.demo.cast import staff_named
from ownway.foundation.council.models import Organisation, SignIn, Staff
from ownway.foundation.people.models import Person
from ownway.foundation.plan.models import Plan
from ownway.journey.budgets import actions, queries
from ownway.journey.budgets.models import Agreement, Kind, Payment, PaymentStatus, Share
from tests.journey.budgets.joneses import CHOSEN, FIRST_DAY, Joneses

As = Callable[[Staff | SignIn], Client]
SetTime = Callable[[datetime], None]


@pytest.fixture
def hers(both: Joneses, as_: As, the_time: SetTime) -> Client:
    """Mrs Jones at her pages on 6 February."""
    the_time(CHOSEN)
    return as_(both.edith_in)


def text(page: object) -> str:
    """What a page says, without its line breaks."""
    return " ".join(page.content.decode().split())  # type: ignore[attr-defined]


def test_mrs_jones_chooses_in_five_pages_and_reads_the_sum(hers: Client, both: Joneses) -> None:
    at = f"/my/plan/money/{both.harold.pk}/"
    paypath = Organisation.objects.get(name="PayPath")
    assert "£127.00" in text(hers.get(at))

    assert hers.post(at, {"way": "simple"})["Location"] == f"{at}who/"
    assert hers.post(f"{at}who/", {"holder": both.edith.pk})["Location"] == f"{at}helper/"
    assert hers.post(f"{at}helper/", {"helper": paypath.pk})["Location"] == f"{at}check/"
    checked = text(hers.get(f"{at}check/"))
    done = hers.post(f"{at}check/", {"yes": "on"}, follow=True)

    for shown in ("£209.00", "− £52.00", "− £30.00", "+ £9.50", "£136.50", "£546.00"):
        assert shown in checked
    assert "Monday 16 February" in checked
    assert "£546.00 is paid to you" in text(done)
    assert Agreement.objects.get().status == "agreed"


def test_looking_keeps_nothing(hers: Client, both: Joneses) -> None:
    hers.get(f"/my/plan/money/{both.harold.pk}/")

    assert not Agreement.objects.exists()


def test_sending_the_yes_twice_agrees_once(hers: Client, both: Joneses) -> None:
    agreement = actions.begin_with(both.harold, way="council", by=both.edith_in, at=CHOSEN)
    at = f"/my/plan/money/{both.harold.pk}/check/"

    for _ in range(2):
        assert hers.post(at, {"yes": "on"}).status_code == 302

    agreement.refresh_from_db()
    assert agreement.status == "agreed"
    assert Payment.objects.filter(due_on__lte="2026-03-16").count() == 2


@pytest.mark.parametrize("typed", [{}, {"way": ""}, {"way": "\x00"}, {"way": "🙂" * 500}])
def test_a_way_that_is_none_is_refused_beside_the_question(
    hers: Client, both: Joneses, typed: dict[str, str]
) -> None:
    page = hers.post(f"/my/plan/money/{both.harold.pk}/", typed)

    assert "There is a problem" in text(page)
    assert not Agreement.objects.exists()


def test_the_refusal_of_a_suitable_person_is_on_the_page(
    unrecorded: Joneses, as_: As, the_time: SetTime
) -> None:
    the_time(CHOSEN)
    client = as_(unrecorded.edith_in)
    at = f"/my/plan/money/{unrecorded.harold.pk}/"
    client.post(at, {"way": "own"})

    page = client.post(f"{at}who/", {"holder": unrecorded.edith.pk})

    assert "There is a problem" in text(page)
    assert "No record names Edith Jones as the suitable person for Harold Jones" in text(page)
    assert f'value="{unrecorded.edith.pk}" checked' in text(page)


def test_money_to_an_account_of_ones_own_asks_which_account(hers: Client, both: Joneses) -> None:
    at = f"/my/plan/money/{both.harold.pk}/"
    hers.post(at, {"way": "own"})

    assert hers.post(f"{at}who/", {"holder": both.edith.pk})["Location"] == f"{at}bank/"
    typed = {"name": "E Jones", "sort_code": "30 90", "number": "1234567"}
    refused = hers.post(f"{at}bank/", typed)
    typed |= {"sort_code": "30-90-00", "number": "0123 4567"}
    assert hers.post(f"{at}bank/", typed)["Location"] == f"{at}check/"

    assert "A sort code has six figures" in text(refused)
    assert 'value="1234567"' in text(refused)
    page = text(hers.get(f"{at}check/"))
    assert "E Jones, ends in 4567" in page
    assert "01234567" not in page


def test_yes_must_be_ticked(hers: Client, both: Joneses) -> None:
    actions.begin_with(both.harold, way="council", by=both.edith_in, at=CHOSEN)

    page = hers.post(f"/my/plan/money/{both.harold.pk}/check/", {})

    assert "Tick the box to say yes" in text(page)


def test_before_the_plan_is_agreed_the_page_says_so(hers: Client, both: Joneses) -> None:
    Plan.objects.filter(person=both.harold).update(status="open")

    assert "plan is not agreed yet" in text(hers.get(f"/my/plan/money/{both.harold.pk}/"))


def test_some_of_each_asks_what_the_council_should_pay_for(hers: Client, both: Joneses) -> None:
    at = f"/my/plan/money/{both.harold.pk}/"

    assert hers.post(at, {"way": "mixed"})["Location"] == f"{at}lines/"
    page = text(hers.get(f"{at}lines/"))

    assert "Home help, £68.00" in page
    assert "Day service" not in page


@pytest.mark.parametrize("step", ["", "lines/", "who/", "helper/", "bank/", "check/"])
def test_a_stranger_finds_nothing(both: Joneses, client: Client, step: str, gwen: Staff) -> None:
    actions.begin_with(both.harold, way="council", by=both.edith_in, at=CHOSEN)
    stranger = SignIn.objects.create_user("stranger@alderbrook.example", name="A Stranger")
    at = f"/my/plan/money/{both.harold.pk}/{step}"

    client.force_login(stranger)
    assert client.get(at).status_code == 404
    client.force_login(gwen.sign_in)
    assert client.get(at).status_code == 404


def test_finance_prepares_and_a_second_person_releases(
    agreed: Agreement, both: Joneses, as_: As, the_time: SetTime
) -> None:
    the_time(CHOSEN)
    first = Payment.objects.filter(agreement=agreed)[0]

    client = as_(both.priya)
    page = client.post("/desk/payments/", {"do": "prepare", "payments": [first.pk]}, follow=True)
    assert "1 payment, £546.00, prepared" in text(page)
    refused = client.post("/desk/payments/", {"do": "release", "payments": [first.pk]})
    assert "A second person must release it" in text(refused)
    page = as_(both.owen).post(
        "/desk/payments/", {"do": "release", "payments": [first.pk]}, follow=True
    )

    assert "1 payment, £546.00, released" in text(page)
    assert "Priya Fenwick, Fri 6 Feb 09:40" in text(page)
    first.refresh_from_db()
    assert first.status == PaymentStatus.RELEASED


def test_ticking_nothing_is_said(
    agreed: Agreement, both: Joneses, as_: As, the_time: SetTime
) -> None:
    the_time(CHOSEN)

    page = as_(both.priya).post("/desk/payments/", {"do": "prepare"})

    assert "Tick at least one payment" in text(page)


def test_a_payment_sent_shows_who_let_it_go_and_its_entries(
    agreed: Agreement, both: Joneses, as_: As, the_time: SetTime
) -> None:
    first = Payment.objects.filter(agreement=agreed)[0]
    actions.prepare([first.pk], by=both.priya, at=CHOSEN)
    actions.release([first.pk], by=both.owen, at=CHOSEN)
    actions.run(on=FIRST_DAY.date(), at=FIRST_DAY)
    the_time(FIRST_DAY)
    client = as_(both.priya)

    desk, page = (
        text(client.get("/desk/payments/")),
        text(client.get(f"/desk/payments/{first.pk}/")),
    )

    assert "Mon 16 Feb 08:00" in desk
    assert "£52.00" in desk
    for shown in ("Priya Fenwick", "Owen Tarrant", "−£666.00", "£546.00", "£120.00"):
        assert shown in page


def test_a_payment_is_taken_back_with_a_reason(
    agreed: Agreement, both: Joneses, as_: As, the_time: SetTime
) -> None:
    the_time(CHOSEN)
    first = Payment.objects.filter(agreement=agreed)[0]
    actions.prepare([first.pk], by=both.priya, at=CHOSEN)
    client = as_(both.owen)

    assert "Say why" in text(client.post(f"/desk/payments/{first.pk}/", {"because": ""}))
    client.post(f"/desk/payments/{first.pk}/", {"because": "Wrong account"})

    first.refresh_from_db()
    assert first.status == PaymentStatus.PLANNED


def test_the_payments_desk_is_for_those_who_pay(agreed: Agreement, both: Joneses, as_: As) -> None:
    first = Payment.objects.filter(agreement=agreed)[0]

    for who in (both.dev, both.edith_in):
        assert as_(who).get("/desk/payments/").status_code == 403
        assert as_(who).get(f"/desk/payments/{first.pk}/").status_code == 403


def test_the_payments_desk_asks_the_same_however_many_payments(
    agreed: Agreement, both: Joneses, as_: As, the_time: SetTime
) -> None:
    the_time(CHOSEN)
    client = as_(both.priya)
    client.get("/desk/payments/")

    few = _asked(client, "/desk/payments/")
    _many_more(agreed, 20)
    many = _asked(client, "/desk/payments/")

    assert many == few
    assert few <= 16


def test_a_long_payments_desk_is_paged_and_its_sums_are_of_all_rows(
    agreed: Agreement, both: Joneses, as_: As, the_time: SetTime
) -> None:
    the_time(CHOSEN)
    _many_more(agreed, 70)
    client = as_(both.priya)
    waiting = queries.desk(both.priya.sign_in, on=CHOSEN.date(), at=CHOSEN, pages={}).to_prepare

    first, second = (client.get("/desk/payments/", {"to_prepare": page}) for page in ("1", "2"))

    count, pence = len(waiting.keys), waiting.pence
    assert count > 70
    for page in (first, second):
        assert f"{count}, £{pence // 100:,}" in text(page)
    ticked = [text(page).count('name="payments"') for page in (first, second)]
    assert ticked == [queries.ROWS_A_PAGE, count - queries.ROWS_A_PAGE]
    assert "Page 2 of 2" in text(second)


def test_the_money_of_two_asks_the_same_in_any_week(agreed: Agreement, both: Joneses) -> None:
    with CaptureQueriesContext(connection) as one:
        queries.money_of([both.edith], on=CHOSEN.date())
    for _ in range(3):
        actions.run(on=FIRST_DAY.date(), at=FIRST_DAY)
    with CaptureQueriesContext(connection) as two:
        queries.money_of([both.edith, both.harold], on=FIRST_DAY.date())

    assert len(one) == len(two) <= 8


def test_the_money_card_shows_four_words_and_why(agreed: Agreement, both: Joneses) -> None:
    first = Payment.objects.filter(agreement=agreed)[0]
    actions.prepare([first.pk], by=both.priya, at=CHOSEN)
    actions.release([first.pk], by=both.owen, at=CHOSEN)
    actions.run(on=FIRST_DAY.date(), at=FIRST_DAY)
    money = queries.money_of([both.edith], on=FIRST_DAY.date(), reader=both.edith)

    card = " ".join(render_to_string("budgets/money_card.html", {"money": money}).split())

    for shown in ("£836.00", "£692.00", "£52.00", "£92.00", "Why £546.00 and not £836.00?"):
        assert shown in card
    assert "£546.00</strong> was paid to your PayPath account on Monday 16 February" in card
    assert "16 February. The next £546.00 comes on Monday 16 March" in card


def _asked(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def _many_more(like: Agreement, many: int) -> None:
    first = Payment.objects.filter(agreement=like)[0]
    for n in range(many):
        person = Person.objects.create(first_name=f"P{n}", last_name="Other", sort_name=f"o{n}")
        made = Agreement.objects.create(
            status="agreed",
            way="own",
            holder=person,
            begun_at=CHOSEN,
            agreed_at=CHOSEN,
            agreed_by=like.agreed_by,
            starts_on=like.starts_on,
        )
        Share.objects.create(agreement=made, person=person)
        account = actions.open_account(Kind.PAYEE, name=person.name, person=person)
        Payment.objects.create(
            agreement=made,
            to=account,
            starts_on=first.starts_on,
            ends_on=first.ends_on,
            due_on=first.due_on,
            pence=100,
        )


def test_a_manager_of_another_team_finds_no_payment_and_the_teams_own_finds_it(
    agreed: Agreement, both: Joneses, as_: As, ruth: Staff
) -> None:
    first = Payment.objects.order_by("due_on").first()
    assert first is not None
    other = staff_named("Imogen Strand")
    Staff.objects.filter(pk=other.pk).update(role="team_manager")

    theirs = as_(staff_named("Imogen Strand"))
    assert "Jones" not in text(theirs.get("/desk/payments/"))
    assert theirs.get(f"/desk/payments/{first.pk}/").status_code == 404
    assert as_(ruth).get(f"/desk/payments/{first.pk}/").status_code == 200


def test_finance_names_whom_we_pay_on_the_page_of_the_task(
    both: Joneses, as_: As, the_time: SetTime
) -> None:
    the_time(CHOSEN)
    agreement = actions.begin_with(both.harold, way="council", by=both.edith_in, at=CHOSEN)
    actions.agree(agreement, by=both.edith_in, at=CHOSEN)
    swim, taxi = queries.without_payee(both.edith)
    page, finance = f"/desk/people/{both.edith.pk}/payees/", as_(both.priya)
    payee = Organisation.objects.get(name="Brightsteps").pk

    assert "Swim and coffee with friends, £18.00 a week" in text(finance.get(page))
    refused = finance.post(page, {})
    assert refused.status_code == 422
    assert text(refused).count("Choose whom we pay for at least one") == 2
    assert finance.post(page, {f"line-{swim.pk}": payee})["Location"] == page
    assert finance.post(page, {f"line-{taxi.pk}": payee})["Location"] == "/desk/payments/"
    assert "Every line names whom we pay" in text(finance.get(page))


def test_naming_whom_we_pay_is_for_finance(both: Joneses, as_: As) -> None:
    page = f"/desk/people/{both.edith.pk}/payees/"

    assert as_(both.dev).get(page).status_code == 403
    assert as_(both.edith_in).get(page).status_code == 403


def test_mrs_jones_is_called_you_where_she_chooses_who_looks_after_the_money(
    hers: Client, both: Joneses
) -> None:
    at = f"/my/plan/money/{both.harold.pk}/"
    hers.post(at, {"way": "simple"})

    shown = text(hers.get(f"{at}who/"))

    assert "You, for yourself and as the suitable person for Harold" in shown
    assert "Harold Jones, for themselves and as the suitable person for you" in shown
    assert "Edith Jones, for" not in shown
