"""A resident's own pages beside their sum: trying other answers, and asking us to look again."""

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from ownway.foundation.council.http import SignedIn, posted, resident_page
from ownway.foundation.council.queries import identity, now, today
from ownway.foundation.people import queries as people
from ownway.foundation.record import actions as record
from ownway.journey.allocation import access, actions, queries
from ownway.journey.allocation.forms import Answers, AskForMore, LookAgainForm

if TYPE_CHECKING:
    from ownway.foundation.people.models import Person
    from ownway.journey.allocation.models import IndicativeBudget

WHY = "To see how the budget was worked out"


@require_http_methods(["GET", "POST"])
@resident_page
def try_answers(request: SignedIn, person_id: int) -> HttpResponse:
    """The same rules over other answers, beside the sum that stands. Nothing is kept."""
    person, budget = _budget(request, person_id)
    decision = budget.decision
    start = queries.start_answers(decision.facts)
    pack = queries.pack_of(decision)
    wanted = queries.wanted(pack, budget.side)
    form = Answers(posted(request), who=budget.side, wanted=wanted, start=start)
    tried = None
    if form.is_valid():
        tried = queries.trial(
            form.tried,
            called=person.first_name,
            pack=pack,
            before=decision.worked,
        )
    reader = queries.reader_of(request.user, queries.couple_of(person), of=budget)
    context = {
        "person": person,
        "budget": budget,
        "subject": reader.person if budget.side == "person" else reader.carer,
        "reader": reader,
        "form": form,
        "tried": tried,
    }
    return render(request, "allocation/try.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@resident_page
def look_again(request: SignedIn, person_id: int) -> HttpResponse:
    """Say what seems wrong; be told who looks at it and by when."""
    person, budget = _budget(request, person_id)
    at = now()
    access.require_acts_for(request.user, person, at=at)
    form = LookAgainForm(request.POST or None)
    waiting = queries.open_request(budget)
    if form.is_valid():
        try:
            actions.ask_again(budget, by=request.user, at=at, **form.cleaned_data)
        except actions.AlreadyAsked as refusal:
            form.add_error("words", str(refusal))
        else:
            return redirect("look-again", person_id=person.pk)
    context = {
        "person": person,
        "budget": budget,
        "subject": queries.words_for(person, is_reader=people.own_person(request.user) == person),
        "form": form,
        "waiting": waiting,
        "worker": waiting.owner if waiting else people.named_worker(person),
        "council": identity(),
        "days": queries.answer_within(today()),
    }
    return render(
        request, "allocation/look_again.html", context, status=422 if form.errors else 200
    )


@require_http_methods(["GET", "POST"])
@resident_page
def ask_for_more(request: SignedIn, person_id: int) -> HttpResponse:
    """Ask that the budget go up, with what the draft plan shows; or be told why it is too soon."""
    person, budget = _budget(request, person_id)
    at = now()
    access.require_acts_for(request.user, person, at=at)
    found = queries.more(person)
    form = AskForMore(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask_for_more(person, by=request.user, at=at, **form.cleaned_data)
        except actions.CannotAskForMore as refusal:
            form.refuse(refusal.reasons)
        else:
            return redirect("ask-for-more", person_id=person.pk)
    context = {
        "person": person,
        "budget": budget,
        "found": found,
        "subject": queries.words_for(person, is_reader=people.own_person(request.user) == person),
        "form": form,
        "worker": people.named_worker(person),
        "council": identity(),
        "days": queries.answer_within(today()),
    }
    status = 422 if form.errors else 200
    return render(request, "allocation/ask_for_more.html", context, status=status)


@require_POST
@resident_page
def write_letter(request: SignedIn, person_id: int) -> HttpResponse:
    """Write the sum as a letter to whoever asks for it, and show it."""
    person, _ = _budget(request, person_id)
    at = now()
    access.require_acts_for(request.user, person, at=at)
    own = people.own_person(request.user)
    couple = queries.together_for(request.user, person, at=at).couple
    to = own if own and own.pk in [p.pk for p, _ in couple.everybody] else person
    letter = actions.send_letter(person, to=to, by=request.user, at=at)
    return redirect("letter", letter_id=letter.pk)


def _budget(request: SignedIn, person_id: int) -> "tuple[Person, IndicativeBudget]":
    person = record.open_person(request.user, person_id, what="your budget", why=WHY, at=now())
    found = next((b for b in queries.together(person).budgets if b.person_id == person.pk), None)
    if found is None:
        raise Http404("No budget yet")
    return person, found
