"""What stands on the screen of a call: both people, what was typed, what may help, what is told."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from ownway.foundation.council import access as council_access
from ownway.foundation.council import queries as council
from ownway.foundation.council.http import StaffRequest
from ownway.foundation.record import queries as record
from ownway.journey.contact import access, actions, queries
from ownway.journey.contact.forms import NewPerson, Typed
from ownway.journey.contact.queries import entries as directory

CALLER, ABOUT, BOTH = "caller", "about", "both"
SIDES = (CALLER, ABOUT)


def open_contact(request: StaffRequest, contact_id: int, *, at: datetime) -> Any:
    """The contact, for a viewer who may open it; else there is no such page."""
    council_access.require(request.user, access.TAKE)
    found = queries.contacts(request.user, at=at).filter(pk=contact_id).first()
    if found is None:
        raise Http404("No such contact")
    return found


class Screen:
    """The screen of one contact, with what was typed so far."""

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
            **picks(self.contact, self._typed("looked_for")),
            "look_for": queries.LOOK_FOR.get(self.contact.reason, ""),
            "call_back_on": queries.call_back_on(council.today()),
            "told": self.told(),
            "crisis": queries.crisis_phones(),
            "routes": queries.routes(on=council.today()) if self.contact.is_urgent else [],
            "hand_over": queries.hand_over_of(self.contact) if self.contact.is_urgent else None,
            "places": queries.places() if self.contact.channel == "contact_point" else [],
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

    def _worker(self) -> Any:
        wanted = str(self.form["worker"].value() or "")
        return next((staff for staff, _ in self.workers if str(staff.pk) == wanted), None)

    def _home(self) -> Any:
        person = self.contact.caller or self.contact.about
        return person.household if person else None


def picks(contact: Any, words: str) -> dict[str, Any]:
    """What may help, for what was typed or for what the call is about; or what may be meant."""
    person = contact.caller or contact.about
    wanted = words or queries.LOOK_FOR.get(contact.reason, "")
    home, on = person.household if person else None, council.today()
    found = directory.suggest(wanted, near=home, on=on) if wanted else []
    meant = directory.did_you_mean(words, on=on) if words and not found else ""
    return {"entries": found, "looked_for": words, "did_you_mean": meant}
