"""A form one page at a time: ask, check, finish. Works without JavaScript."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from ownway.design.questionnaire.answers import Spot
from ownway.design.questionnaire.facts import known_ids
from ownway.design.questionnaire.model import Subject
from ownway.design.questionnaire.naming import name_of
from ownway.design.questionnaire.pages import (
    Page,
    first_unanswered,
    page_after,
    page_before,
    page_called,
    pages,
)
from ownway.design.questionnaire.showing import (
    Field,
    Showing,
    View,
    error_list,
    fields_in,
    named_error,
)
from ownway.design.questionnaire.summing_up import summary
from ownway.design.questionnaire.typed import Typed, validate
from ownway.design.questionnaire.words import label
from ownway.foundation.forms.actions import CannotFinish
from ownway.foundation.forms.http.posted import Pressed, clashes_shown, pressed, seen_version
from ownway.foundation.forms.http.stores import Store


@dataclass
class FormFlow:
    """The pages of one form for one request.

    A stage gives the addresses and, if it likes, what happens when the form is finished:
    `on_finish` runs in the same transaction and may answer with its own response.
    `names` are what to call the person and the carer; `aside` is a template for side cards.
    """

    request: HttpRequest
    store: Store
    page_url: Callable[[str], str]
    check_url: str
    done_url: str
    later_url: str
    names: Mapping[Subject, str] = field(default_factory=dict)
    layout: str = "layout/my.html"
    aside: str = ""
    context: Mapping[str, Any] = field(default_factory=dict)
    on_finish: Callable[[], HttpResponse | None] | None = None
    finish_words: str = "Send my answers"

    @property
    def known(self) -> frozenset[str]:
        """What is not asked because the record holds it."""
        return known_ids(self.store.form, self.store.facts)

    @property
    def pages(self) -> list[Page]:
        """The pages asked, as the answers stand."""
        return pages(self.store.form, self.store.values, known=self.known)

    def where_left_off(self) -> str:
        """The address at which to go on: the first page not answered, or the check page."""
        page = first_unanswered(self.pages, self.store.values)
        return self.page_url(page.key) if page else self.check_url

    def page(self, key: str) -> HttpResponse:
        """Show or take one page."""
        page = page_called(self.pages, key)
        if page is None:
            raise Http404("This form has no such page now")
        if self.request.method == "POST" and self.store.may_write:
            return self._take(page)
        return self._show(page)

    def check(self) -> HttpResponse:
        """Show all answers to check, or finish."""
        faults = {}
        if self.request.method == "POST" and self.store.may_write:
            try:
                return self._finish()
            except CannotFinish as refusal:
                faults = dict(refusal.faults)
        return self._show_check(faults)

    @transaction.atomic
    def _finish(self) -> HttpResponse:
        self.store.finish()
        answer = self.on_finish() if self.on_finish else None
        return answer or HttpResponseRedirect(self.done_url)

    def _take(self, page: Page) -> HttpResponse:
        press = pressed(self.request, self.store.form)
        before = self._fields(page)
        typed = validate(
            self.store.form,
            dict(self.request.POST.lists()),
            answers=self.store.values,
            only=page.link_ids,
            demand=press.action == "go",
            known=self.known,
        )
        if not typed.is_valid and press.action not in ("remove", "use", "keep"):
            return self._show(page, typed)
        clashes = self.store.save(typed.answers, seen=seen_version(self.request))
        if press.action in ("add", "remove", "use", "keep"):
            self._change(press)
            return self._again(page, add=press.name if press.action == "add" else "")
        if clashes:
            return self._again(page)
        return HttpResponseRedirect(self._next(page, press.action, before))

    def _change(self, press: Pressed) -> None:
        if press.clash:
            self.store.settle(press.name, use_other=press.action == "use")
        if press.action == "remove" and press.group:
            self.store.take_out_row(press.group, press.row)

    def _next(self, page: Page, action: str, before: set[str]) -> str:
        """Where to go after a page was saved."""
        found = self.pages
        if action == "later":
            return self.later_url
        if (
            page_called(found, page.key)
            and action == "go"
            and self._fields(page, after=True) - before
        ):
            return self._address(page.key)
        following = page_after(found, page.key)
        if self._is_changing and (not following or self._is_answered(following)):
            return self.check_url
        return self._address(following.key) if following else self.check_url

    @property
    def _is_changing(self) -> bool:
        return self.request.GET.get("from") == "check"

    def _address(self, key: str) -> str:
        return self.page_url(key) + ("?from=check" if self._is_changing else "")

    def _is_answered(self, page: Page) -> bool:
        answered = {spot.link_id for spot, values in self.store.values.items() if values}
        return not page.link_ids or bool(page.link_ids & answered)

    def _again(self, page: Page, *, add: str = "") -> HttpResponse:
        parts = ["from=check"] if self._is_changing else []
        parts += [f"add={add}#{add}"] if add else []
        query = f"?{'&'.join(parts)}" if parts else ""
        return HttpResponseRedirect(self.page_url(page.key) + query)

    def _fields(self, page: Page, *, after: bool = False) -> set[str]:
        """The questions a page shows, to see whether an answer opened more of them."""
        view = self._view()
        view = replace(view, more=frozenset()) if after else view
        return {one.name for one in fields_in(Showing(view).blocks(page.items))}

    def _view(self, typed: Typed | None = None) -> View:
        store = self.store
        return View(
            form=store.form,
            answers=store.values,
            typed=typed,
            known=self.known,
            names=self.names,
            more=frozenset(self.request.GET.getlist("add")),
            clashes=clashes_shown(store),
            may_write=store.may_write,
        )

    def _show(self, page: Page, typed: Typed | None = None) -> HttpResponse:
        found = self.pages
        view = self._view(typed)
        showing = Showing(view)
        blocks = showing.blocks(page.items, heading=page.is_alone)
        before = page_before(found, page.key)
        errors = error_list(blocks, view.errors, with_labels=not page.is_alone)
        context = {
            "title": label(page.items[0], self.names) if page.is_alone else page.title,
            "form_title": self.store.title,
            "page": page,
            "notes": showing.blocks(page.notes),
            "blocks": blocks,
            "asked": " ".join(one.name for one in fields_in(blocks)),
            "version": self.store.version,
            "errors": errors,
            "where": self.where(found, page),
            "back_url": self.page_url(before.key) if before else self.later_url,
            "back_words": _back_words(before),
            "heading_shown": page.is_alone and bool(blocks) and isinstance(blocks[0], Field),
        }
        return self._render("forms/page.html", context)

    def where(self, found: list[Page], page: Page) -> dict[str, Any]:
        """How far along, said in words; with dots when there are few enough to see."""
        same = [one for one in found if one.subject == page.subject]
        after = len(found) - found.index(page) - 1 - (len(same) - same.index(page) - 1)
        name = self.names.get(page.subject) if page.subject else ""
        words = f"About {name}. " if name else ""
        words += f"This is question {same.index(page) + 1} of {len(same)}."
        if name and after > 0:
            others = {one.subject for one in found if one.subject} - {page.subject}
            other = self.names.get(next(iter(others))) if len(others) == 1 else ""
            words += f" Then {after} about {other}." if other else f" Then {after} more."
        dots = len(same) if len(same) <= 12 else 0
        return {"words": words, "dots": dots, "now": same.index(page)}

    def _show_check(self, faults: Mapping[str, Any]) -> HttpResponse:
        found = self.pages
        page_of = {link_id: page.key for page in found for link_id in page.link_ids}
        page_of |= {item.link_id: page.key for page in found for item in page.items}
        parts = summary(
            self.store.form,
            self.store.values,
            known=self.known,
            names=self.names,
            page_of=page_of,
        )
        context = {
            "title": "Check your answers",
            "form_title": self.store.title,
            "parts": [part for part in parts if part.lines],
            "urls": {key: f"{self.page_url(key)}?from=check" for key in page_of.values()},
            "errors": self._check_errors(faults, page_of),
            "may_write": self.store.may_write,
            "finish_words": self.finish_words,
            "back_url": self.page_url(found[-1].key) if found else self.later_url,
        }
        return self._render("forms/check.html", context)

    def _check_errors(
        self, faults: Mapping[str, Any], page_of: Mapping[str, str]
    ) -> list[dict[str, str]]:
        lines = []
        for item, _ in self.store.form.walk():
            named = [
                fault
                for name, fault in faults.items()
                if name.split("~")[0] == name_of(Spot(item.link_id))
            ]
            if named and item.link_id in page_of:
                words = named_error(label(item, self.names), named[0].message)
                href = f"{self.page_url(page_of[item.link_id])}?from=check"
                lines.append({"text": words, "href": href})
        return lines

    def _render(self, template: str, context: Mapping[str, Any]) -> HttpResponse:
        shared = {
            "layout": self.layout,
            "aside": self.aside,
            "later_url": self.later_url,
            "store": self.store,
        }
        return render(self.request, template, {**shared, **self.context, **context})


def _back_words(page: Page | None) -> str:
    if page is None or len(page.title) > 40 or page.title.endswith("?"):
        return "Back"
    return f"Back to {page.title[:1].lower()}{page.title[1:]}"
