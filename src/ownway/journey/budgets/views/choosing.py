"""Choosing how to take the money, one question a page. Answers are kept as they are given."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from ownway.foundation.council import queries as council
from ownway.foundation.council.http import SignedIn, resident_page
from ownway.foundation.people import queries as people
from ownway.foundation.people.access import acts_for
from ownway.foundation.record import actions as record
from ownway.journey.budgets import actions, forms, queries

if TYPE_CHECKING:
    from ownway.foundation.people.models import Person

NEXT = {
    "way": "choose-money",
    "lines": "choose-money-lines",
    "holder": "choose-money-holder",
    "helper": "choose-money-helper",
    "bank": "choose-money-bank",
    "check": "choose-money-check",
}
PAGE = require_http_methods(["GET", "POST"])


@dataclass(frozen=True)
class Visit:
    """Somebody at a page of the choice: whose money, what is chosen so far, and the moment."""

    request: SignedIn
    person: "Person"
    choice: queries.Choice
    at: datetime

    @property
    def agreement(self) -> Any:
        """The agreement being chosen."""
        return self.choice.agreement

    def page(self, template: str, **context: Any) -> HttpResponse:
        """Show a page with the sum so far."""
        reader = people.own_person(self.request.user)
        total = queries.sum_so_far(self.agreement, self.choice.people, on=council.today())
        rows = queries.rows(total, reader=reader)
        context |= {
            "person": self.person,
            "people": self.choice.people,
            "agreement": self.agreement,
            "sum": total,
            "rows": [(row.words, row.shown) for row in rows],
            "totals": queries.totals(rows),
        }
        return render(self.request, f"budgets/{template}.html", context)

    def onward(self) -> HttpResponse:
        """Go to the next open question, or to the beginning when nothing is being chosen."""
        fresh = queries.choice_of(self.person)
        step = NEXT[fresh.still_to_ask] if fresh else "choose-money"
        return redirect(step, self.person.pk)


def _typed(request: HttpRequest) -> QueryDict | None:
    """What was sent, though it be nothing; None when the page is only looked at."""
    return request.POST if request.method == "POST" else None


def _person(request: HttpRequest, person_id: int, *, at: datetime) -> "Person":
    """Open the person's record for somebody who acts for them; a stranger finds nothing."""
    person = record.open_person(
        request.user,
        person_id,
        what="how your money is paid",
        why="To choose how to take your money",
        at=at,
    )
    if not acts_for(request.user, person, at=at):
        raise Http404("Only those whose money it is choose here")
    return person


def _visit(request: HttpRequest, person_id: int) -> Visit:
    """A visit to a question after the first."""
    at = council.now()
    person = _person(request, person_id, at=at)
    choice = queries.choice_of(person)
    if choice is None:
        raise Http404("Nothing is being chosen")
    return Visit(request, person, choice, at)  # type: ignore[arg-type]


@PAGE
@resident_page
def choose_way(request: HttpRequest, person_id: int) -> HttpResponse:
    """The first question; once all is agreed, what was agreed."""
    at = council.now()
    person = _person(request, person_id, at=at)
    if agreed := queries.agreed_for(person):
        return _agreed(request, person, agreed)
    choice = queries.choice_of(person) or queries.first_choice(request.user, person, at=at)
    if choice is None:
        return render(request, "budgets/not_yet.html", {"person": person})
    visit = Visit(request, person, choice, at)  # type: ignore[arg-type]
    fee = council.setting("money_management_pence", council.today())
    initial = {"way": choice.agreement.way}
    form = forms.ChooseWay(_typed(request), initial=initial, fee_pence=fee)
    if form.is_valid() and _done(form, actions.begin_with, visit, way=form.cleaned_data["way"]):
        return visit.onward()
    return visit.page("choose_way", form=form)


@PAGE
@resident_page
def choose_lines(request: HttpRequest, person_id: int) -> HttpResponse:
    """Some of each: which things the council pays for."""
    visit = _visit(request, person_id)
    lines = queries.lines_to_pick(visit.agreement)
    picked = visit.agreement.lines_for_council
    form = forms.ChooseLines(_typed(request), initial={"lines": picked}, lines=lines)
    if form.is_valid() and _done(
        form, actions.choose_lines, visit, lines=form.cleaned_data["lines"]
    ):
        return visit.onward()
    return visit.page("choose_lines", form=form)


@PAGE
@resident_page
def choose_holder(request: HttpRequest, person_id: int) -> HttpResponse:
    """Who looks after the money."""
    visit = _visit(request, person_id)
    holders = queries.holders(visit.agreement, reader=people.own_person(visit.request.user))
    initial = {"holder": visit.agreement.holder_id}
    form = forms.ChooseHolder(_typed(request), initial=initial, holders=holders)
    if form.is_valid():
        by_key = {holder.person.pk: holder.person for holder in holders}
        holder = by_key[form.cleaned_data["holder"]]
        if _done(form, actions.choose_holder, visit, holder=holder):
            return visit.onward()
    return visit.page("choose_holder", form=form)


@PAGE
@resident_page
def choose_helper(request: HttpRequest, person_id: int) -> HttpResponse:
    """Who keeps the account."""
    visit = _visit(request, person_id)
    helpers = queries.money_helpers()
    initial = {"helper": visit.agreement.helper_id}
    form = forms.ChooseHelper(_typed(request), initial=initial, helpers=helpers)
    if form.is_valid():
        by_key = {helper.pk: helper for helper in helpers}
        helper = by_key[form.cleaned_data["helper"]]
        if _done(form, actions.choose_helper, visit, helper=helper):
            return visit.onward()
    fee = council.setting("money_management_pence", council.today())
    return visit.page("choose_helper", form=form, fee=fee, helpers=helpers)


@PAGE
@resident_page
def choose_bank(request: HttpRequest, person_id: int) -> HttpResponse:
    """The bank account that the money goes to."""
    visit = _visit(request, person_id)
    named = visit.agreement
    initial = {
        "name": named.bank_name,
        "sort_code": named.bank_sort_code,
        "number": named.bank_number,
    }
    form = forms.ChooseBank(_typed(request), initial=initial)
    if form.is_valid() and _done(form, actions.choose_bank, visit, **form.cleaned_data):
        return visit.onward()
    return visit.page("choose_bank", form=form)


@PAGE
@resident_page
def check(request: HttpRequest, person_id: int) -> HttpResponse:
    """The whole sum, when the money comes, and saying yes."""
    person = _person(request, person_id, at=council.now())
    if queries.agreed_for(person):
        return redirect("choose-money", person.pk)
    visit = _visit(request, person_id)
    if visit.choice.still_to_ask != "check":
        return visit.onward()
    form = forms.AgreeMoney(_typed(request))
    if form.is_valid() and _done(form, actions.agree, visit):
        return redirect("choose-money", visit.person.pk)
    return visit.page("choose_check", form=form)


def _agreed(request: HttpRequest, person: "Person", agreement: Any) -> HttpResponse:
    reader = people.own_person(request.user)
    money = queries.money_in(agreement, on=council.today(), reader=reader)
    return render(request, "budgets/agreed.html", {"person": person, "money": money})


def _done(form: Form, act: Any, visit: Visit, **chosen: Any) -> bool:
    """Do it, or put the refusal beside its field, with what was picked kept."""
    try:
        about = visit.person if act is actions.begin_with else visit.agreement
        act(about, by=visit.request.user, at=visit.at, **chosen)
    except actions.CannotChoose as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return False
    return True
