"""One screen while on the telephone. Every press keeps all that was typed first."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from ownway.foundation.council import access as council_access
from ownway.foundation.council import queries as council
from ownway.foundation.council.http import StaffRequest, staff_page
from ownway.foundation.people import queries as people
from ownway.foundation.people.actions import AlreadyKnown
from ownway.foundation.record import queries as record
from ownway.journey.contact import access, actions, queries
from ownway.journey.contact.forms import NewPerson, Typed
from ownway.journey.contact.queries import entries as directory

CALLER, ABOUT, BOTH = "caller", "about", "both"
SIDES = (CALLER, ABOUT)


@require_http_methods(["GET", "POST"])
@staff_page
def new_contact(request: StaffRequest) -> HttpResponse:
    """How did they get in touch? The answer starts the clock."""
    council_access.require(request.user, access.TAKE)
    known = _known_person(request)
    if request.method == "POST" and request.POST.get("channel") in dict(CHANNELS):
        at = council.now()
        contact = actions.begin(by=request.staff, at=at, channel=request.POST["channel"])
        if known:
            actions.use_person(contact, known, side=CALLER, by=request.staff, at=at)
        return redirect("contact", contact.pk)
    return render(request, "contact/new.html", {"channels": CHANNELS, "known": known})


CHANNELS = [
    ("phone", "Phone"),
    ("email", "E-mail"),
    ("in_person", "In person"),
    ("letter", "Letter"),
]


def _known_person(request: StaffRequest) -> Any:
    wanted = request.POST.get("person") or request.GET.get("person") or ""
    seen = people.people(request.user, at=council.now())
    return seen.filter(pk=int(wanted)).first() if wanted.isdecimal() and len(wanted) < 12 else None


def open_contact(request: StaffRequest, contact_id: int, *, at: datetime) -> Any:
    """The contact, for a viewer who may open it; else there is no such page."""
    council_access.require(request.user, access.TAKE)
    found = queries.contacts(request.user, at=at).filter(pk=contact_id).first()
    if found is None:
        raise Http404("No such contact")
    return found


@require_http_methods(["GET", "POST"])
@staff_page
def contact(request: StaffRequest, contact_id: int) -> HttpResponse:
    """One contact: the screen while it is open, and what came of it once it is settled."""
    at = council.now()
    found = open_contact(request, contact_id, at=at)
    if request.method == "POST":
        if found.is_settled:
            messages.info(request, f"Contact {found.number} was settled already")
            return redirect("contact", found.pk)
        return Press(request, found, at=at).answer()
    for person in {found.caller, found.about} - {None}:
        actions.look(found, person, by=request.staff, at=at)
    if found.is_settled:
        return _settled_page(request, found, at=at)
    return Press(request, found, at=at).show()


def _settled_page(request: StaffRequest, found: Any, *, at: datetime) -> HttpResponse:
    shown = {
        "contact": found,
        "face": record.face(found.clock, at=at),
        **queries.desk_of(found),
    }
    return render(request, "contact/settled.html", shown)


class Press:
    """One press of a button on the screen: what was typed is kept, then the button is answered."""

    def __init__(self, request: StaffRequest, contact: Any, *, at: datetime) -> None:
        self.request, self.contact, self.at, self.by = request, contact, at, request.staff
        self.on_screen = {contact.caller, contact.about} - {None}
        self.desk = queries.desk_of(contact)
        self.workers = queries.workers()
        self.form = self._form(request.POST if request.method == "POST" else None)
        self.adding = self._adding()
        self.new_person: NewPerson | None = None
        self.alike: list[Any] = []

    def _form(self, data: Any) -> Typed:
        return Typed(
            data,
            contact=self.contact,
            ties=queries.ties(self.contact.caller),
            tie_now=self.desk["tie_now"],
            workers=self.workers,
        )

    def _adding(self) -> str:
        """The side to which a new person is being added, whatever is pressed meanwhile."""
        asked = self.request.GET.get("add", "")
        typed = next((s for s in SIDES if f"{s}-first_name" in self.request.POST), "")
        return typed or (asked if asked in SIDES else "")

    # -- Answering ---------------------------------------------------------------------------

    def answer(self) -> HttpResponse:
        """Keep what was typed, then do what was pressed."""
        try:
            self.contact = self._kept()
            for name, do in self._buttons().items():
                if name in self.request.POST:
                    return do(self.request.POST[name])
            return self._settle()
        except actions.AlreadySettled as done:
            messages.info(self.request, str(done))
            return redirect("contact", self.contact.pk)

    def _buttons(self) -> dict[str, Callable[[str], HttpResponse]]:
        return {
            "keep": lambda _: self.again(),
            "find": self._look,
            "use_caller": lambda key: self._use(key, CALLER),
            "use_about": lambda key: self._use(key, ABOUT),
            "change": self._change,
            "add": self._begin_adding,
            "add_now": self._add,
            "pick": self._pick,
            "unpick": self._unpick,
            "urgent": self._urgent,
            "then": lambda _: self._send_and_stay(),
        }

    def _kept(self) -> Any:
        kept = self.form.kept()
        actions.keep(self.contact, by=self.by, at=self.at, **kept)
        if self.form.cleaned_data.get("tie") and self.contact.caller and self.contact.about:
            kind, _, carer = self.form.cleaned_data["tie"].partition(":")
            actions.say_tie(self.contact, kind=kind, cares_for=bool(carer), by=self.by, at=self.at)
        found = open_contact(self.request, self.contact.pk, at=self.at)
        self.desk = queries.desk_of(found)
        return found

    def _look(self, side: str) -> HttpResponse:
        self.adding = "" if side == self.adding else self.adding
        return self.again()

    def _use(self, key: str, side: str) -> HttpResponse:
        person = self._found_person(key)
        try:
            actions.use_person(self.contact, person, side=side, by=self.by, at=self.at)
        except actions.CannotUse as refusal:
            self.form.add_error(f"find_{side}", str(refusal))
            return self.again()
        self.adding = "" if side == self.adding else self.adding
        return self.again(clear=side)

    def _found_person(self, key: str) -> Any:
        found = queries.person_to_use(self.request.user, key)
        if found is None:
            raise Http404("No such person")
        return found

    def _change(self, side: str) -> HttpResponse:
        if side in SIDES:
            actions.drop_person(self.contact, side=side, by=self.by, at=self.at)
        return self.again()

    def _begin_adding(self, side: str) -> HttpResponse:
        if self._has_half_typed():
            self.form.add_error(
                f"find_{self.adding}", "Add this person first, or press “Look again”"
            )
        else:
            self.adding = side if side in SIDES else ""
        return self.again()

    def _add(self, side: str) -> HttpResponse:
        self.adding = side if side in SIDES else CALLER
        self.new_person = NewPerson(self.request.POST, on=council.today(), prefix=self.adding)
        if not self.new_person.is_valid():
            return self.again()
        try:
            self._add_checked(self.new_person)
        except AlreadyKnown as known:
            self.alike = known.people
            self.new_person.add_error("because", str(known))
            return self.again()
        side, self.adding, self.new_person = self.adding, "", None
        return self.again(clear=side)

    def _add_checked(self, typed: NewPerson) -> None:
        actions.add_and_use(
            self.contact,
            side=self.adding,
            by=self.by,
            at=self.at,
            home=typed.home(),
            lives_with_caller=typed.cleaned_data["lives_with_caller"],
            because=typed.cleaned_data["because"],
            known=typed.known(),
        )

    def _pick(self, key: str) -> HttpResponse:
        found = directory.entry(key, near=self._home(), on=council.today())
        if found is None:
            self.form.add_error("looked_for", "This entry is no longer in the directory")
        else:
            actions.pick(self.contact, found, by=self.by, at=self.at)
        return self.again()

    def _unpick(self, key: str) -> HttpResponse:
        actions.unpick(self.contact, key, by=self.by)
        return self.again()

    def _urgent(self, _: str) -> HttpResponse:
        because = "to be acted on today"
        actions.make_urgent(self.contact, because=because, by=self.by, at=self.at)
        return self.again(urgency="today")

    # -- Settling ----------------------------------------------------------------------------

    def _send_and_stay(self) -> HttpResponse:
        typed = self.form.cleaned_data
        try:
            actions.send_signposts(
                self.contact, by=self.by, at=self.at, call_back=typed["call_back"],
                words=typed.get("own_words", ""),
            )  # fmt: skip
        except actions.CannotSettle as refusal:
            self.form.refuse(refusal.problems)
            return self.again()
        told = self._told_whom("signpost")
        messages.success(self.request, f"{told} The call is still open")
        return redirect("contact", self.contact.pk)

    def _settle(self) -> HttpResponse:
        if self._has_half_typed():
            self.form.add_error(
                f"find_{self.adding}", "Press “Add and use”, or “Look again”, before you settle"
            )
        if self.form.errors:
            return self.again()
        settle = self.form.cleaned_data.get("settle") or "signpost"
        try:
            self._ways()[settle]()
        except actions.CannotSettle as refusal:
            self.form.refuse(refusal.problems)
            return self.again()
        took = record.face(self._settled().clock, at=self.at).words.removeprefix("Done in ")
        messages.success(
            self.request,
            f"Contact {self.contact.number} settled in {took}. {self._told_whom(settle)}",
        )
        person = self.contact.about or self.contact.caller
        if self.form.cleaned_data["equipment"] and person is not None:
            return redirect("equipment", person.pk)
        return redirect("contact", self.contact.pk)

    def _settled(self) -> Any:
        return open_contact(self.request, self.contact.pk, at=self.at)

    def _told_whom(self, outcome: str) -> str:
        caller = self.contact.caller
        ways, _ = queries.ways_to_tell(self.contact, outcome)
        return f"{caller.formal_name} was told." if caller and ways else "Tell them now."

    def _ways(self) -> dict[str, Callable[[], Any]]:
        typed = self.form.cleaned_data
        step: dict[str, Any] = {"by": self.by, "at": self.at}
        words = typed.get("own_words", "")
        return {
            "signpost": lambda: actions.settle_by_signpost(
                self.contact, call_back=typed["call_back"], words=words, **step
            ),
            "screen": lambda: actions.settle_by_screening(
                self.contact, self._screened(), worker=self._worker(), words=words, **step
            ),
            "refer": lambda: actions.settle_by_referral(
                self.contact, to=typed["refer_to"], because=typed["refer_because"],
                words=words, **step,
            ),
            "concern": lambda: actions.settle_by_concern(
                self.contact, because=typed["concern"], words=words, **step
            ),
        }  # fmt: skip

    def _screened(self) -> list[actions.Screened]:
        caller, about = self.contact.caller, self.contact.about
        person = about or caller
        open_for = self._open_for()
        found = []
        if person is not None:
            asks = open_for in (BOTH, ABOUT if about else CALLER)
            found.append(
                actions.Screened(person, answers=self.form.answers(), asks_assessment=asks)
            )
        cares = self.desk["tie_now"].endswith(":carer") or open_for in (BOTH, CALLER)
        if about is not None and caller is not None and cares:
            asks = open_for in (BOTH, CALLER)
            found.append(actions.Screened(caller, is_carer=True, asks_assessment=asks))
        return found

    def _open_for(self) -> str:
        chosen = str(self.form.cleaned_data.get("open_for") or "")
        if not chosen and (self.contact.caller or self.contact.about):
            raise actions.CannotSettle([("open_for", "Choose for whom to open an assessment")])
        return chosen

    def _worker(self) -> Any:
        wanted = str(self.form["worker"].value() or "")
        return next((staff for staff, _ in self.workers if str(staff.pk) == wanted), None)

    def _home(self) -> Any:
        person = self.contact.caller or self.contact.about
        return person.household if person else None

    # -- Showing -----------------------------------------------------------------------------

    def _log_looks(self) -> None:
        """Shown again is looked at again; whoever comes onto the contact is logged with that."""
        for person in self.on_screen & {self.contact.caller, self.contact.about}:
            actions.look(self.contact, person, by=self.by, at=self.at)

    def again(self, clear: str = "", **changed: str) -> HttpResponse:
        """The screen again with all that was typed, after what was pressed is done."""
        self.contact = open_contact(self.request, self.contact.pk, at=self.at)
        self.desk = queries.desk_of(self.contact)
        self._log_looks()
        before = self.form
        data: Any = self.request.POST.copy()
        data.update(changed)
        if clear:
            data[f"find_{clear}"] = ""
            data.pop("tie", None)
            data["tie"] = self.desk["tie_now"]
        if not data.get("open_for") and self.desk["tie_now"].endswith(":carer"):
            data["open_for"] = BOTH
        self.form = self._form(data)
        self.form.is_valid()
        for name, found in before.errors.items():
            if name not in self.form.errors and name != f"find_{clear}":
                self.form.add_error(name if name in self.form.fields else None, list(found))
        return self.show()

    def show(self) -> HttpResponse:
        """The screen."""
        return render(self.request, "contact/contact.html", self._shown())

    def _shown(self) -> dict[str, Any]:
        return {
            "contact": self.contact,
            "form": self.form,
            "face": record.face(self.contact.clock, at=self.at),
            "found": {side: self._found(side) for side in SIDES},
            "adding": self.adding,
            "new_person": self._new_person(),
            "alike": self.alike,
            "questions": queries.QUESTIONS,
            "entries": suggestions(self.contact, self._typed("looked_for")),
            "look_for": queries.LOOK_FOR.get(self.contact.reason, ""),
            "call_back_on": queries.call_back_on(council.today()),
            "told": self.told(),
            "crisis": queries.crisis_phones(),
            **self.desk,
        }

    def told(self) -> queries.Told:
        """What the caller would be told by what is chosen now."""
        typed = getattr(self.form, "cleaned_data", {})
        return queries.told(
            self.contact,
            outcome=typed.get("settle") or "signpost",
            by=self.by,
            at=self.at,
            call_back=bool(self.form["call_back"].value()),
            worker=self._worker() or next((staff for staff, _ in self.workers), None),
            refer_to=str(self.form["refer_to"].value() or ""),
        )

    def _typed(self, name: str) -> str:
        return str(self.form[name].value() or "").strip()

    def _found(self, side: str) -> list[queries.Found]:
        other = self.contact.caller_id if side == ABOUT else self.contact.about_id
        words = self._typed(f"find_{side}")
        return queries.found_people(
            self.request.user, words, contact=self.contact, at=self.at, besides=other
        )

    def _new_person(self) -> NewPerson | None:
        if not self.adding:
            return None
        return self.new_person or self._started()

    def _has_half_typed(self) -> bool:
        return bool(self.adding) and self._started().is_begun

    def _started(self) -> NewPerson:
        """The new person as typed so far, or as known from what was searched for."""
        start = queries.start_of_person(
            self.contact, self.adding, self._typed(f"find_{self.adding}")
        )
        typed = NewPerson.typed_so_far(self.request.POST, prefix=self.adding)
        return NewPerson(on=council.today(), prefix=self.adding, initial=typed or start)


def suggestions(contact: Any, words: str) -> list[Any]:
    """Entries for what was typed, or for what the call is about; those picked stand first."""
    person = contact.caller or contact.about
    wanted = words or queries.LOOK_FOR.get(contact.reason, "")
    home = person.household if person else None
    return directory.suggest(wanted, near=home, on=council.today()) if wanted else []
