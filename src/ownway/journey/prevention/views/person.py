"""One person: the equipment questions, what they have, the five points, and benefits."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from ownway.design.money import pounds
from ownway.foundation.council import access as council_access
from ownway.foundation.council import queries as council
from ownway.foundation.council.http import StaffRequest, staff_page
from ownway.foundation.record import actions as record
from ownway.journey.prevention import actions, queries
from ownway.journey.prevention.forms import AskVisit, Benefits, Order, Points, Questions


def opened(request: StaffRequest, person_id: int, what: str, why: str) -> Any:
    """The person of a page, for staff who do prevention."""
    council_access.require(request.user, actions.DO)
    return record.open_person(request.user, person_id, what=what, why=why, at=council.now())


@require_http_methods(["GET", "POST"])
@staff_page
def equipment(request: StaffRequest, person_id: int) -> HttpResponse:
    """All questions on one page; then what they suggest, to be ordered; or a visit."""
    page = _Equipment(request, opened(request, person_id, "things that help at home", WHY))
    if page.is_done():
        return redirect("equipment", page.person.pk)
    status = 422 if page.is_refused else 200
    return render(request, "prevention/equipment.html", page.shown(), status=status)


WHY = "To see what may help"


class _Equipment:
    """The equipment page of one person: what was pressed on it, and what it shows."""

    def __init__(self, request: StaffRequest, person: Any) -> None:
        self.request, self.person, self.by = request, person, request.staff
        self.on = council.today()
        self.shelf = queries.catalogue(self.on)
        self.check = queries.last_check(person)
        self.online = queries.asked_online(person)
        self.have = list(queries.items_of(person))
        self.found = self._found()
        self.questions = Questions(
            self._typed("ask"),
            questions=self.shelf.asked_in_full(in_public=False),
            name=person.formal_name,
            before=self._before(),
        )
        self.order = self._order()
        self.visit = AskVisit(self._typed("visit"))

    def _typed(self, pressed: str) -> Any:
        return self.request.POST if pressed in self.request.POST else None

    def _before(self) -> dict[str, list[str]]:
        """What was answered: online since, or here."""
        if self.online:
            return dict(self.online.answers)
        return dict(self.check.answers) if self.check else {}

    def _found(self) -> queries.Suggestion | None:
        if self.check is None:
            return None
        is_child = queries.is_child(self.person, on=self.on)
        return queries.suggest(self.check.answers, shelf=self.shelf, is_child=is_child)

    def _order(self) -> Order | None:
        if self.found is None:
            return None
        have = {one.key for one in self.have if one.is_here}
        items = [one for one in self.found.items if one.key not in have]
        left = queries.levels()
        hints = {one.key: _hint(one, left) for one in items}
        return Order(
            self._typed("order"),
            items=items,
            tellable=queries.who_is_told(self.person),
            hints=hints,
            wanted=queries.wanted_online(self.person),
        )

    def is_done(self) -> bool:
        """Do what was pressed; say whether it was done."""
        return self._asked() or self._ordered() or self._visit_asked()

    @property
    def is_refused(self) -> bool:
        """Whether something that was pressed could not be done."""
        return bool(
            self.questions.errors or (self.order and self.order.errors) or self.visit.errors
        )

    def _asked(self) -> bool:
        if not (self.questions.is_bound and self.questions.is_valid()):
            return False
        actions.answer_questions(
            self.person, self.questions.answers(), by=self.by, at=council.now()
        )
        return True

    def _ordered(self) -> bool:
        form, check = self.order, self.check
        if form is None or check is None or not (form.is_bound and form.is_valid()):
            return False
        typed = form.cleaned_data
        people = queries.who_is_told(self.person)
        tell = next(one for one in people if str(one.pk) == typed["tell"])
        try:
            made = actions.order(
                check,
                typed["items"],
                tell=tell,
                by=self.by,
                at=council.now(),
                handed_now=typed["handed_now"],
            )
        except actions.CannotOrder as refusal:
            form.add_error("items", str(refusal))
            return False
        names = ", ".join(one.name for one in made)
        words = f"Ordered: {names}. Charge £0.00. {tell.formal_name} was told"
        messages.success(self.request, words)
        return True

    def _visit_asked(self) -> bool:
        if not (self.visit.is_bound and self.visit.is_valid()):
            return False
        because = self.visit.cleaned_data["because"]
        try:
            actions.ask_visit(self.person, because=because, by=self.by, at=council.now())
        except actions.CannotOrder as refusal:
            self.visit.add_error("because", str(refusal))
            return False
        messages.success(self.request, "A therapist has the visit as a task")
        return True

    def shown(self) -> dict[str, Any]:
        """What the page shows."""
        return {
            "person": self.person,
            "check": self.check,
            "online": self.online,
            "questions": self.questions,
            "found": self.found,
            "order": self.order,
            "visit": self.visit,
            "items": self.have,
            "offers": queries.offers_for(self.found),
        }


def _hint(item: queries.Item, left: dict[str, int]) -> str:
    """How it is got, how many are left, and its limit."""
    words = [item.does, f"{item.way.label}."]
    if item.stock in left:
        words.append(f"{left[item.stock]} in store." if left[item.stock] else "None in store.")
    if item.made_for:
        words.append(f"{item.made_for}.")
    words.append(f"Price {pounds(item.price_pence)}.")
    return " ".join(words)


@require_http_methods(["GET", "POST"])
@staff_page
def checklist(request: StaffRequest, person_id: int) -> HttpResponse:
    """The five points before any budget."""
    person = opened(request, person_id, "five points before a budget", "To check what was tried")
    state = queries.checklist_state(person)
    evidence = queries.evidence_on_record(person)
    data = request.POST if request.method == "POST" else None
    form = Points(data, points=state.points, evidence=evidence)
    if form.is_bound and form.is_valid() and _kept(request, person, form):
        messages.success(request, queries.checklist_state(person).words)
        return redirect("checklist", person.pk)
    shown = {"person": person, "state": state, "form": form}
    return render(request, "prevention/checklist.html", shown, status=422 if form.errors else 200)


def _kept(request: StaffRequest, person: Any, form: Points) -> bool:
    try:
        actions.mark_points(person, form.changed(), by=request.staff, at=council.now())
    except actions.CannotMark as refusal:
        for name, words in refusal.problems:
            form.add_error(name, words)
        return False
    return True


@require_http_methods(["GET", "POST"])
@staff_page
def benefits(request: StaffRequest, person_id: int) -> HttpResponse:
    """What a benefit check found, with the money gained."""
    person = opened(request, person_id, "your benefit check", "To see what you may claim")
    form = Benefits(request.POST if request.method == "POST" else None)
    if form.is_valid():
        gain, found = form.cleaned_data["gain"], form.cleaned_data["found"]
        try:
            actions.keep_benefit_check(
                person, gain_pence_a_week=gain, found=found, by=request.staff, at=council.now()
            )
        except actions.CannotMark as refusal:
            for name, words in refusal.problems:
                form.add_error(name, words)
        else:
            messages.success(request, "Benefit check kept")
            return redirect("checklist", person.pk)
    shown = {"person": person, "form": form}
    return render(request, "prevention/benefits.html", shown, status=422 if form.errors else 200)
