"""The officer's page: what was sent, every figure on one page, the working, and the decision."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from ownway.design.money import pounds
from ownway.foundation.council import access as council_access
from ownway.foundation.council.http import StaffRequest, staff_page
from ownway.foundation.council.queries import now, rules, today
from ownway.foundation.record import actions as record
from ownway.journey.allocation import queries as budgets
from ownway.journey.charging import access, actions, queries
from ownway.journey.charging.forms import AnswerAgain, Decide, QuestionForm, question_forms

if TYPE_CHECKING:
    from ownway.foundation.people.models import Person
    from ownway.journey.charging.models import Statement

WHY = "To work out what is paid"


@staff_page
@require_http_methods(["GET", "POST"])
def charge(request: StaffRequest, person_id: int) -> HttpResponse:
    """Figures given online, by telephone or on a visit; what they come to; and the decision."""
    council_access.require(request.user, access.POWER)
    person = record.open_person(request.user, person_id, what="your money", why=WHY, at=now())
    statement = queries.for_officers(person) or queries.last_decided(person)
    sheet = Sheet(request, person, statement)
    if sheet.only_cares:
        return _carers_page(sheet)
    if request.method == "POST" and sheet.decided():
        return redirect("charge", person_id=person.pk)
    return sheet.show()


def _carers_page(sheet: "Sheet") -> HttpResponse:
    """What is said of a carer: they pay nothing, so nothing is asked; what is open is closed."""
    person = sheet.person
    context = {
        "person": person,
        "budget": budgets.budget_of(person, side="carer"),
        "is_open": sheet.is_open or queries.is_asked(person),
    }
    return render(sheet.request, "charging/carer.html", context)


class Sheet:
    """Every question the rules ask of this person, with what is known, on one page.

    Which questions there are hangs on the answers: those posted open others, until none is open.
    """

    MOST_ROUNDS = 30

    def __init__(
        self, request: StaffRequest, person: "Person", statement: "Statement | None"
    ) -> None:
        self.request, self.person, self.statement = request, person, statement
        self.pack, self.on = rules(today()), today()
        self.data = request.POST if request.method == "POST" else None
        self.is_open = statement is not None and statement.status != "decided"
        self.judged = self._judged()
        self.charge = queries.contribution(person, on=self.on)
        self.only_cares = queries.only_cares(person, pack=self.pack)
        self.decide = Decide(
            self.data,
            known=queries.judged_facts(self.pack),
            on=self.on,
            judged=self.judged,
            must_say_why=self.charge is not None,
        )
        self.questions = self._questions()

    def _questions(self) -> list[QuestionForm]:
        """Walk the path again as long as good answers open new questions."""
        answers = self._known()
        judged = self.judged
        found: list[QuestionForm] = []
        for _ in range(self.MOST_ROUNDS):
            path = queries.path_for(self.person, answers, pack=self.pack, on=self.on, judged=judged)
            found = question_forms(path, self.person, pack=self.pack, on=self.on, data=self.data)
            if self.data is None:
                return found
            said = {one.question.key: one.said for one in found if one.is_bound and one.is_valid()}
            if said == {key: answers[key] for key in said if key in answers}:
                return found
            answers |= said
        return found

    def _known(self) -> dict[str, Any]:
        """What the person sent; else what counts now."""
        if self.statement is not None and self.is_open and not self.statement.refuses:
            return dict(self.statement.answers)
        return queries.answers_to_begin_from(self.person, on=self.on)

    def _judged(self) -> dict[str, Any]:
        if self.statement is not None and self.is_open:
            return dict(self.statement.officer_facts)
        return queries.judged_to_begin_from(self.person, on=self.on)

    @property
    def answers(self) -> dict[str, dict[str, object]]:
        """The good answers by question."""
        return {one.question.key: one.said for one in self.questions if one.is_valid()}

    def decided(self) -> bool:
        """Whether all was good and is decided now; if not, the forms say why."""
        refuses = self.data is not None and self.data.get("light_touch") == "refuses_details"
        good = [self.decide.is_valid()]
        if not refuses:
            good += [one.is_valid() for one in self.questions]
        if not all(good):
            return False
        try:
            made = actions.decide(
                self.person,
                answers=self.answers,
                judged=self.decide.judged,
                refuses=refuses,
                starts_on=self.decide.cleaned_data["starts_on"],
                note=self.decide.cleaned_data["note"],
                seen=self.decide.cleaned_data["seen"],
                by=self.request.staff,
                at=now(),
            )
        except actions.CannotCharge as refusal:
            self._refuse(refusal)
            return False
        messages.success(
            self.request,
            f"Decided. {self.person.first_name} pays {pounds(made.charge_pence)} a week, "
            f"and the council pays {pounds(made.council_pays_pence)}. A letter was written",
        )
        return True

    def _refuse(self, refusal: actions.CannotCharge) -> None:
        by_key = {one.question.key: one for one in self.questions}
        by_fact = {fact: one for one in self.questions for fact in one.question.gives}
        for place, words in (refusal.problems or {"": str(refusal)}).items():
            form = by_key.get(place) or by_fact.get(place)
            if form is not None:
                form.add_error(form.first().name, words)
            elif place in self.decide.fields:
                self.decide.add_error(place, words)
            else:
                self.decide.add_error(None, f"{place}: {words}" if place else words)

    @property
    def has_errors(self) -> bool:
        """Whether anything that was sent is wrong."""
        return bool(self.decide.errors) or any(one.errors for one in self.questions)

    def show(self) -> HttpResponse:
        """The page."""
        to_rework = queries.awards_to_rework(self.person)
        context = {
            "person": self.person,
            "questions": self.questions,
            "decide": self.decide,
            "newest": queries.newest_id(self.person),
            "statement": self.statement,
            "budget": budgets.budget_of(self.person),
            "charge": self.charge,
            "to_come": queries.contribution_to_come(self.person, on=self.on),
            "earlier": queries.charges_before(self.charge) if self.charge else [],
            "papers": queries.papers_of(self.statement),
            "found": budgets.together(self.person),
            "asked": queries.open_question(self.charge) if self.charge else None,
            "to_check": queries.to_check(self.person),
            "answer_form": AnswerAgain(),
            "has_errors": self.has_errors,
            "offers": queries.open_offers(self.person),
            "to_rework": to_rework,
            "in_doubt": queries.in_doubt(to_rework),
        }
        status = 422 if self.has_errors else 200
        return render(self.request, "charging/charge.html", context, status=status)


@staff_page
@require_POST
def confirm(request: StaffRequest, person_id: int) -> HttpResponse:
    """The figures behind a charge that the rules answered at once were checked, and are right."""
    council_access.require(request.user, access.POWER)
    person = record.open_person(request.user, person_id, what="your money", why=WHY, at=now())
    if actions.confirm(person, by=request.staff, at=now()):
        messages.success(request, "Checked. It is on the record")
    return redirect("charge", person_id=person.pk)


@staff_page
@require_POST
def need_not_ask(request: StaffRequest, person_id: int) -> HttpResponse:
    """Close what is open about the money of a carer, who pays nothing."""
    council_access.require(request.user, access.POWER)
    person = record.open_person(request.user, person_id, what="your money", why=WHY, at=now())
    try:
        actions.need_not_ask(person, by=request.staff, at=now())
    except actions.CannotCharge as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Closed. Nothing is asked of them")
    return redirect("charge", person_id=person.pk)


@staff_page
@require_http_methods(["GET", "POST"])
def answer(request: StaffRequest, person_id: int, asked_id: int) -> HttpResponse:
    """Answer somebody who asked us to look again, in a letter."""
    council_access.require(request.user, access.POWER)
    person = record.open_person(request.user, person_id, what="your money", why=WHY, at=now())
    asked = queries.question_in(asked_id, person)
    if asked is None or asked.answered_at is not None:
        return redirect("charge", person_id=person.pk)
    form = AnswerAgain(request.POST or None)
    if form.is_valid():
        try:
            actions.answer_again(asked, by=request.staff, at=now(), **form.cleaned_data)
        except actions.CannotAnswer as refusal:
            form.add_error("answer", str(refusal))
        else:
            messages.success(request, "Answered. A letter was written")
            return redirect("charge", person_id=person.pk)
    context = {"person": person, "asked": asked, "form": form}
    return render(request, "charging/answer.html", context, status=422 if form.errors else 200)
