"""A button pressed on the screen of a call: what was typed is kept, then the button is answered."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from ownway.foundation.council import queries as council
from ownway.foundation.people.actions import AlreadyKnown
from ownway.foundation.record import queries as record
from ownway.journey.contact import actions, queries
from ownway.journey.contact.forms import NewPerson
from ownway.journey.contact.queries import entries as directory
from ownway.journey.contact.views.desk.screen import (
    ABOUT,
    BOTH,
    CALLER,
    SIDES,
    Screen,
    open_contact,
)


class Press(Screen):
    """One press of a button on the screen."""

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
            "meant": self._look_for_what_was_meant,
            "use_caller": lambda key: self._use(key, CALLER),
            "use_about": lambda key: self._use(key, ABOUT),
            "change": self._change,
            "add": self._begin_adding,
            "add_now": self._add,
            "pick": self._pick,
            "unpick": self._unpick,
            "urgent": self._urgent,
            "route": self._route,
            "take_over": lambda _: self._take_over(),
            "take_back": lambda _: self._take_back(),
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

    def _look_for_what_was_meant(self, words: str) -> HttpResponse:
        """What was meant takes the place of what was typed."""
        words = words[:120]
        actions.keep(self.contact, by=self.by, at=self.at, looked_for=words)
        return self.again(looked_for=words)

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

    # -- The urgent lane -----------------------------------------------------------------------

    def _route(self, key: str) -> HttpResponse:
        route = queries.route(key)
        if route is None:
            self.form.add_error("urgent_because", "This line is no longer in the routing table")
            return self.again()
        because = self.form.cleaned_data.get("urgent_because", "")
        return self._or_say_why(
            "urgent_because",
            lambda: actions.route_now(self.contact, route, because=because, by=self.by, at=self.at),
        )

    def _take_over(self) -> HttpResponse:
        name = self.form.cleaned_data.get("taken_by", "") or self._own_name()
        return self._or_say_why(
            "taken_by",
            lambda: actions.take_over(self.contact, name=name, by=self.by, at=self.at),
        )

    def _own_name(self) -> str:
        """Whoever is of that team takes it over by pressing."""
        made = queries.hand_over_of(self.contact)
        return self.by.name if made and made.team_id == self.by.team_id else ""

    def _take_back(self) -> HttpResponse:
        return self._or_say_why(
            "taken_by", lambda: actions.take_back(self.contact, by=self.by, at=self.at)
        )

    def _or_say_why(self, field: str, do: Callable[[], object]) -> HttpResponse:
        try:
            do()
        except actions.CannotUse as refusal:
            self.form.add_error(field, str(refusal))
            return self.again()
        return redirect("contact", self.contact.pk)

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
        self._ask_providers()
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
        self._ask_providers()
        took = record.face(self._settled().clock, at=self.at).words.removeprefix("Done in ")
        messages.success(
            self.request,
            f"Contact {self.contact.number} settled in {took}. {self._told_whom(settle)}",
        )
        person = self.contact.about or self.contact.caller
        if self.form.cleaned_data["equipment"] and person is not None:
            return redirect("equipment", person.pk)
        return redirect("contact", self.contact.pk)

    def _ask_providers(self) -> None:
        """Ask by e-mail whether they can help, where that is wished and an address is known."""
        if not self.form.cleaned_data.get("ask_provider"):
            return
        site = self.request.build_absolute_uri("/")
        for one in queries.sent_signposts(self.contact):
            email = queries.email_of(one.entry_key)
            actions.ask(one, email=email, site=site, by=self.by, at=self.at)

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
            if not self.desk["tie_now"] and not self.form.cleaned_data.get("tie"):
                raise actions.CannotSettle(
                    [("tie", f"Choose what {caller.formal_name} is to {about.formal_name}")]
                )
            asks = open_for in (BOTH, CALLER)
            found.append(actions.Screened(caller, is_carer=True, asks_assessment=asks))
        return found

    def _open_for(self) -> str:
        chosen = str(self.form.cleaned_data.get("open_for") or "")
        if not chosen and (self.contact.caller or self.contact.about):
            raise actions.CannotSettle([("open_for", "Choose for whom to open an assessment")])
        return chosen
