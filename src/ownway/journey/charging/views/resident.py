"""A person says what money they have, one question a page, and comes back when they like."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from ownway.design.money import pounds
from ownway.foundation.council.http import SignedIn, posted, resident_page
from ownway.foundation.council.queries import identity, now, rules, today
from ownway.foundation.people import queries as people
from ownway.foundation.record import actions as record
from ownway.journey.allocation import queries as budgets
from ownway.journey.charging import access, actions, queries
from ownway.journey.charging.forms import (
    Declare,
    LookAgainForm,
    Paper,
    Refuse,
    Services,
    asked,
    form_for,
)

if TYPE_CHECKING:
    from ownway.foundation.people.models import Person
    from ownway.journey.charging.models import Statement
    from ownway.policy.packs import Pack

WHY = "To work out what is paid"


class Page:
    """What every page of a statement of money needs: whose it is, how far, by what rules."""

    def __init__(self, request: SignedIn, person_id: int) -> None:
        at = now()
        self.request = request
        self.person: Person = record.open_person(
            request.user, person_id, what="your money", why=WHY, at=at
        )
        access.require_may_give(request.user, self.person, at=at)
        own = people.own_person(request.user)
        self.subject = budgets.words_for(self.person, is_reader=own == self.person)
        self.statement: Statement | None = queries.open_statement(self.person)
        self.pack: Pack = rules(today())
        self.only_cares = queries.only_cares(self.person, pack=self.pack)
        self.path = queries.path_of(self.statement, self.person, pack=self.pack, on=today())

    @property
    def is_closed(self) -> bool:
        """Whether nothing is to be said: it was sent, or nothing can be charged for them."""
        return self.is_sent or self.only_cares

    @property
    def is_sent(self) -> bool:
        """Whether it waits for an officer."""
        return self.statement is not None and self.statement.status == "sent"

    def show(self, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
        """Show a page about this statement."""
        shown = {
            "person": self.person,
            "subject": self.subject,
            "statement": self.statement,
            "worker": people.named_worker(self.person),
            **context,
        }
        return render(self.request, f"charging/{template}.html", shown, status=status)

    def rows(self) -> list[tuple[str, str, str]]:
        """Each answer: what it is called, what was said, and its question."""
        shown = []
        for question, said in queries.answered(self.path):
            words = asked(question, self.subject)
            form = form_for(question, asked=words, pack=self.pack, on=today())
            shown.append((words.short, form.shown(said), question.key))
        return shown


@require_http_methods(["GET", "POST"])
@resident_page
def my_finances(request: SignedIn, person_id: int) -> HttpResponse:
    """Where it stands: begin, go on, wait, or read what was decided."""
    page = Page(request, person_id)
    if page.only_cares:
        return page.show("carer_pays_nothing")
    if request.method == "POST":
        actions.begin(page.person, by=request.user, at=now())
        first = page.path.first_open or page.path.questions[0]
        return redirect("my-finances-question", person_id=person_id, key=first.key)
    return page.show(
        "my_finances",
        first_open=page.path.first_open,
        is_simple=queries.simple(page.pack),
        charge=queries.contribution(page.person, on=today()),
        full_cost=queries.full_cost_pence(page.person),
        papers=queries.papers_of(page.statement),
        is_sent=page.is_sent,
        due_on=queries.due_on(page.statement) if page.statement and page.is_sent else None,
    )


@require_http_methods(["GET", "POST"])
@resident_page
def question(request: SignedIn, person_id: int, key: str) -> HttpResponse:
    """One question. What is typed is kept when it is good, and shown again when it is not."""
    page = Page(request, person_id)
    found = page.path.by_key(key)
    if found is None or page.is_closed:
        return redirect("my-finances", person_id=person_id)
    words = asked(found, page.subject)
    form = form_for(
        found,
        posted(request),
        asked=words,
        pack=page.pack,
        on=today(),
        kept=page.path.answers.get(key),
    )
    if form.is_valid():
        statement = page.statement or actions.begin(page.person, by=request.user, at=now())
        actions.answer(statement, key=key, said=form.said, by=request.user, at=now())
        return _next(page, key)
    before = page.path.before(found)
    return page.show(
        "question",
        status=422 if form.errors else 200,
        form=form,
        asked=words,
        question=found,
        number=page.path.place(found),
        back=before.key if before else "",
    )


def _next(page: Page, key: str) -> HttpResponse:
    """The next open question; once all are answered, the check page."""
    if page.request.POST.get("then") == "stop":
        return redirect("my-finances", person_id=page.person.pk)
    page = _again(page)
    current = page.path.by_key(key)
    following = page.path.after(current) if current else page.path.first_open
    if page.request.GET.get("then") == "check" or following is None:
        following = page.path.first_open
    if following is None:
        return redirect("my-finances-check", person_id=page.person.pk)
    return redirect("my-finances-question", person_id=page.person.pk, key=following.key)


def _again(page: Page) -> Page:
    """The same page, with the answer that was just kept."""
    page.statement = queries.open_statement(page.person)
    page.path = queries.path_of(page.statement, page.person, pack=page.pack, on=today())
    return page


@require_http_methods(["GET", "POST"])
@resident_page
def check(request: SignedIn, person_id: int) -> HttpResponse:
    """All answers and papers on one page, what they would come to, and sending them."""
    page = Page(request, person_id)
    if page.statement is None or page.is_closed:
        return redirect("my-finances", person_id=person_id)
    if page.path.first_open is not None:
        return redirect("my-finances-question", person_id=person_id, key=page.path.first_open.key)
    form = Declare(posted(request))
    if form.is_valid():
        return _send(page, refuses=False)
    budget = budgets.budget_of(page.person)
    pays = queries.would_pay(
        page.person,
        queries.facts_to_keep(page.statement, page.path),
        budget_pence=budget.weekly_pence if budget else 0,
        pack=page.pack,
        on=today(),
    )
    return page.show(
        "check",
        status=422 if form.errors else 200,
        form=form,
        rows=page.rows(),
        papers=queries.papers_of(page.statement),
        budget=budget,
        pays=pays,
        is_simple=queries.simple(page.pack),
    )


def _send(page: Page, *, refuses: bool) -> HttpResponse:
    assert page.statement is not None
    try:
        charge = actions.send(page.statement, by=page.request.user, at=now(), refuses=refuses)
    except (actions.CannotCharge, actions.CannotChange) as refusal:
        messages.error(page.request, str(refusal))
        return redirect("my-finances", person_id=page.person.pk)
    if charge is None:
        return redirect("my-finances", person_id=page.person.pk)
    messages.success(
        page.request,
        f"Kept. {_pays(page)} {pounds(charge.charge_pence)} a week, "
        f"and the council pays {pounds(charge.council_pays_pence)}",
    )
    return redirect("my-sum", person_id=page.person.pk)


def _pays(page: Page) -> str:
    own = people.own_person(page.request.user)
    is_own = own is not None and own.pk == page.person.pk
    return "You pay" if is_own else f"{page.person.first_name} pays"


@require_http_methods(["GET", "POST"])
@resident_page
def refuse(request: SignedIn, person_id: int) -> HttpResponse:
    """Not wanting to tell: what that means is said first, with the sum where it is known."""
    page = Page(request, person_id)
    if page.is_closed:
        return redirect("my-finances", person_id=person_id)
    form = Refuse(posted(request))
    if form.is_valid():
        page.statement = page.statement or actions.begin(page.person, by=request.user, at=now())
        return _send(page, refuses=True)
    return page.show(
        "refuse",
        status=422 if form.errors else 200,
        form=form,
        full_cost=queries.full_cost_pence(page.person),
    )


@require_POST
@resident_page
def take_back(request: SignedIn, person_id: int) -> HttpResponse:
    """Take back what was sent, to change it."""
    page = Page(request, person_id)
    if page.statement is None:
        return redirect("my-finances", person_id=person_id)
    try:
        actions.take_back(page.statement, by=request.user, at=now())
    except actions.CannotChange as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "You have it back. Change what you like, then send it again")
    return redirect("my-finances", person_id=person_id)


@require_http_methods(["GET", "POST"])
@resident_page
def papers(request: SignedIn, person_id: int) -> HttpResponse:
    """Show us papers, one at a time; those kept stay, whatever is wrong with the next."""
    page = Page(request, person_id)
    if page.is_closed:
        return redirect("my-finances", person_id=person_id)
    if page.path.first_open is not None and page.statement is None:
        return redirect("my-finances", person_id=person_id)
    form = Paper(posted(request), request.FILES or None)
    if form.is_valid() and _kept(page, form):
        return redirect("my-finances-papers", person_id=person_id)
    return page.show(
        "papers",
        status=422 if form.errors else 200,
        form=form,
        papers=queries.papers_of(page.statement),
        most=queries.MOST_PAPERS,
        most_mb=queries.MOST_BYTES // (1024 * 1024),
    )


def _kept(page: Page, form: Paper) -> bool:
    file = form.cleaned_data["file"]
    statement = page.statement or actions.begin(page.person, by=page.request.user, at=now())
    try:
        kept = actions.add_paper(
            statement,
            kind=form.cleaned_data["kind"],
            name=file.name,
            content=file.read(queries.MOST_BYTES + 1),
            by=page.request.user,
            at=now(),
        )
    except actions.CannotKeep as refusal:
        form.add_error("file", str(refusal))
        return False
    messages.success(page.request, f"{kept.name} is kept")
    return True


@require_POST
@resident_page
def remove_paper(request: SignedIn, person_id: int, evidence_id: int) -> HttpResponse:
    """Take a paper out before sending."""
    page = Page(request, person_id)
    if page.statement is not None:
        try:
            name = actions.remove_paper(
                page.statement, evidence_id=evidence_id, by=request.user, at=now()
            )
        except actions.CannotChange as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"{name} is taken out" if name else "It was taken out before")
    return redirect("my-finances-papers", person_id=person_id)


@require_http_methods(["GET", "POST"])
@resident_page
def look_again(request: SignedIn, person_id: int) -> HttpResponse:
    """Say what seems wrong about what is paid; be told who looks at it and by when."""
    page = Page(request, person_id)
    charge = queries.contribution(page.person, on=today())
    if charge is None:
        raise Http404("Nothing is charged yet")
    form = LookAgainForm(posted(request))
    waiting = queries.open_question(charge)
    if form.is_valid():
        try:
            actions.ask_again(charge, words=form.cleaned_data["words"], by=request.user, at=now())
        except actions.AlreadyAsked as refusal:
            form.add_error("words", str(refusal))
        else:
            return redirect("charge-look-again", person_id=person_id)
    return page.show(
        "look_again",
        status=422 if form.errors else 200,
        form=form,
        charge=charge,
        waiting=waiting,
        council=identity(),
        days=budgets.answer_within(today()),
    )


@require_http_methods(["GET", "POST"])
@resident_page
def try_services(request: SignedIn, person_id: int) -> HttpResponse:
    """Swap services in a trial: their cost moves, what is paid does not. Nothing is kept."""
    person = record.open_person(request.user, person_id, what="your money", why=WHY, at=now())
    paid = queries.contribution(person, on=today())
    if paid is None:
        raise Http404("Nothing is charged yet")
    start = queries.services_in_plan(person)
    form = Services(posted(request), initial=_typed(start))
    pack = budgets.pack_of(paid.decision)
    tried = None
    if form.is_valid():
        tried = queries.swap(paid, [queries.Service(*one) for one in form.services], pack=pack)
    context = {
        "person": person,
        "form": form,
        "charge": paid,
        "standing": queries.swap(paid, start, pack=pack),
        "tried": tried,
        "subject": budgets.words_for(person, is_reader=people.own_person(request.user) == person),
    }
    return render(
        request, "charging/try_services.html", context, status=422 if form.errors else 200
    )


def _typed(services: list[queries.Service]) -> dict[str, str]:
    typed = {}
    for place, service in enumerate(services[: Services.ROWS], start=1):
        typed[f"words_{place}"] = service.words[:120]
        typed[f"cost_{place}_pence"] = pounds(service.weekly_pence).removeprefix("£")
    return typed
