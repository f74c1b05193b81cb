"""The desk page of a budget: the gate, the sums, the letter, and looking again."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from ownway.design.money import pounds
from ownway.foundation.council import access
from ownway.foundation.council.http import StaffRequest, staff_page
from ownway.foundation.council.queries import identity, now, today
from ownway.foundation.letters import queries as letters
from ownway.foundation.people import queries as people
from ownway.foundation.plan import queries as plans
from ownway.foundation.record import actions as record
from ownway.journey.allocation import actions, queries
from ownway.journey.allocation.forms import Answer, NoteCall, SendLetter

if TYPE_CHECKING:
    from ownway.foundation.people.models import Person

WHY = "To work out the budget"


@staff_page
@require_http_methods(["GET", "POST"])
def budget(request: StaffRequest, person_id: int) -> HttpResponse:
    """The budgets of a couple and how they were worked out; the button answers, never greyed."""
    person, found = _open(request, person_id)
    if request.method == "GET":
        return _page(request, person, found=found)
    staff = access.require(request.user, "budget.work_out")
    before = {budget.pk for budget in found.budgets}
    try:
        actions.work_out(person, by=staff, at=now())
    except actions.CannotWorkOut as refusal:
        return _page(request, person, refused=refusal.missing, status=422)
    found = queries.together_for(request.user, person, at=now())
    _say_what_came_of_it(request, found, before=before)
    return redirect("budget", person_id=person.pk)


def _say_what_came_of_it(
    request: StaffRequest, found: queries.Together, *, before: set[int]
) -> None:
    new = [budget for budget in found.budgets if budget.pk not in before]
    if new:
        sums = " + ".join(pounds(budget.weekly_pence) for budget in found.budgets)
        total = f" = {pounds(found.weekly_pence)}" if len(found.budgets) > 1 else ""
        messages.success(request, f"Worked out: {sums}{total} a week. Indicative")
    for budget in found.budgets:
        if budget.pk in before and budget.state != "indicative":
            told = queries.would_move(budget)
            now_comes_to = told.words if told else "With the answers there are now it is the same"
            messages.warning(
                request,
                f"{budget.person.formal_name}’s budget stays at {pounds(budget.weekly_pence)} a "
                f"week: a plan stands on it. {now_comes_to}",
            )


@staff_page
@require_http_methods(["GET", "POST"])
def letter(request: StaffRequest, person_id: int) -> HttpResponse:
    """Read the budget letter as it will be, and send it."""
    person, found = _open(request, person_id)
    staff = access.require(request.user, "budget.work_out")
    if not found.budgets:
        messages.error(request, "Work out the budget first, then send the letter")
        return redirect("budget", person_id=person.pk)
    everybody = [one for one, _ in found.couple.everybody]
    people.tell_apart(everybody)
    form = SendLetter(request.POST or None, readers=[(p.pk, p.formal_name) for p in everybody])
    form.fields["to"].initial = str(_usual_reader(found.couple).pk)
    if form.is_valid():
        to = next(p for p in everybody if str(p.pk) == form.cleaned_data["to"])
        actions.send_letter(person, to=to, by=staff.sign_in, at=now())
        messages.success(request, f"Letter sent to {to.formal_name}. It is on their page now")
        return redirect("budget", person_id=person.pk)
    to = _usual_reader(found.couple)
    context = {
        "person": person,
        "form": form,
        "title": queries.letter_title(found, to=to),
        "letter": {"body": _body(found, to)},
        "to": to,
        "formats": {p.pk: people.format_needs(p) for p in everybody},
        "everybody": everybody,
    }
    return render(request, "allocation/letter.html", context, status=422 if form.errors else 200)


@staff_page
@require_POST
def call(request: StaffRequest, person_id: int) -> HttpResponse:
    """Write down how the promised call went."""
    person, _ = _open(request, person_id)
    staff = access.require(request.user, "budget.work_out")
    form = NoteCall(request.POST)
    if not form.is_valid():
        return _page(request, person, call=form, status=422)
    actions.note_call(person, words=form.cleaned_data["words"], by=staff, at=now())
    messages.success(request, "Call written down")
    return redirect("budget", person_id=person.pk)


@staff_page
@require_POST
def answer(request: StaffRequest, person_id: int, asked_id: int) -> HttpResponse:
    """Answer somebody who asked us to look again."""
    person, found = _open(request, person_id)
    staff = access.require(request.user, "budget.work_out")
    form = Answer(request.POST)
    asked = queries.request_in(found, asked_id)
    if form.is_valid():
        try:
            actions.answer_again(asked, answer=form.cleaned_data["answer"], by=staff, at=now())
        except actions.CannotAnswer as refusal:
            form.add_error("answer", str(refusal))
        else:
            messages.success(request, "Answered. They get your words in a letter")
            return redirect("budget", person_id=person.pk)
    return _page(request, person, answer=form, status=422)


def _open(request: StaffRequest, person_id: int) -> tuple["Person", queries.Together]:
    """Open everybody whose sum the page shows: each was looked at, and each look is logged.

    A carer whom the viewer may not see is left out; a sum without its person is not shown.
    """
    at = now()
    person = record.open_person(request.user, person_id, what="your budget", why=WHY, at=at)
    found = queries.together_for(request.user, person, at=at)
    for other, _ in found.couple.everybody:
        if other.pk != person.pk:
            record.open_person(request.user, other.pk, what="your budget", why=WHY, at=at)
    return person, found


def _usual_reader(couple: queries.Couple) -> "Person":
    """Whoever acts for the person; else the person."""
    return couple.carers[0] if couple.carers else couple.person


def _body(found: queries.Together, to: "Person") -> list[dict[str, Any]]:
    owner = queries.rules_now(today()).owner
    return queries.letter_body(
        found,
        to=to,
        council=identity(),
        worker=people.named_worker(found.couple.person),
        owner=owner.name if owner else "",
    )


def _page(
    request: StaffRequest,
    person: "Person",
    *,
    found: queries.Together | None = None,
    call: NoteCall | None = None,
    answer: Answer | None = None,
    refused: list[queries.Missing] | None = None,
    status: int = 200,
) -> HttpResponse:
    found = found or queries.together_for(request.user, person, at=now())
    asked = queries.requests_about(found.budgets)
    people.tell_apart([person, *found.everybody, *(one.budget.person for one in asked)])
    rules = queries.rules_now(today())
    context = {
        "person": person,
        "found": found,
        "missing": queries.missing(found.couple),
        "refused": refused,
        "rules": rules,
        "standing": {
            one.pk: queries.stages_of_budget(one, found=found, plan=plans.plan_of(one.person))
            for one in found.budgets
        },
        "envelope": queries.envelopes_of(found.budgets, pack=rules.pack),
        "more": _more(found),
        "more_asked": queries.more_asked(found.couple.person),
        "earlier": found.earlier,
        "letters": letters.letters_about(request.user, found.couple.person, at=now()).filter(
            kind="budget"
        )[:3],
        "calls": queries.calls_to_make(found.couple.person),
        "asked": asked,
        "call": call or NoteCall(),
        "answer": answer or Answer(),
        "may_work_out": access.may(request.user, "budget.work_out"),
    }
    return render(request, "allocation/budget.html", context, status=status)


def _more(found: queries.Together) -> queries.More:
    person = found.couple.person
    theirs = [one for one in found.budgets if one.person_id == person.pk]
    return queries.more_than(theirs[0] if theirs else None, person)
