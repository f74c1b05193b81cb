"""A form on one dense page for staff: sections, saving as you go, and a plain Save button."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render

from ownway.design.dates import clock_time
from ownway.design.questionnaire.facts import known_ids
from ownway.design.questionnaire.model import Subject
from ownway.design.questionnaire.reading_typed import Fault
from ownway.design.questionnaire.showing import (
    Block,
    Rows,
    Section,
    Showing,
    View,
    error_list,
    fields_in,
)
from ownway.design.questionnaire.typed import Typed, validate
from ownway.foundation.forms.actions import CannotFinish
from ownway.foundation.forms.http.posted import clashes_shown, pressed, seen_version
from ownway.foundation.forms.http.stores import Store


@dataclass(frozen=True)
class Panel:
    """One section of the page, with the names of its fields and how many are still needed."""

    name: str
    title: str
    blocks: list[Block]
    asked: str
    needed: int
    is_asked: bool = True
    above: str = ""


@dataclass
class DensePage:
    """The one page of a form for one request. A stage gives the addresses.

    `on_show` runs whenever the answers are shown, to whatever was asked or pressed.
    """

    request: HttpRequest
    store: Store
    here: str
    done_url: str
    at: datetime
    names: Mapping[Subject, str] = field(default_factory=dict)
    layout: str = "layout/staff.html"
    template: str = "forms/dense.html"
    context: Mapping[str, Any] = field(default_factory=dict)
    finish_words: str = "Finish"
    on_show: Callable[[], object] | None = None

    def respond(self) -> HttpResponse:
        """Show the page, or take what it sent."""
        if self.request.method == "POST" and self.store.may_write:
            return self._take()
        return self._show()

    def _typed(self) -> Typed:
        return validate(
            self.store.form,
            dict(self.request.POST.lists()),
            answers=self.store.values,
            demand=False,
            known=known_ids(self.store.form, self.store.facts),
        )

    def _take(self) -> HttpResponse:
        """Save every answer that can be taken; those that cannot stay on the page, with why."""
        press = pressed(self.request, self.store.form)
        typed = self._typed()
        clashes = self.store.save(typed.answers, seen=seen_version(self.request))
        if self._is_autosave:
            return self._saved(typed, clashes)
        if press.clash:
            self.store.settle(press.name, use_other=press.action == "use")
        if press.action == "remove" and press.group:
            self.store.take_out_row(press.group, press.row)
        if not typed.is_valid:
            return self._show(typed)
        if press.action == "finish":
            return self._finish()
        end = f"?add={press.name}#{press.name}" if press.action == "add" else "?saved=yes"
        end = f"#{press.name}" if press.action in ("remove", "use", "keep") else end
        return HttpResponseRedirect(self.here + end)

    def _finish(self) -> HttpResponse:
        try:
            self.store.finish()
        except CannotFinish as refusal:
            return self._show(faults=refusal.faults)
        return HttpResponseRedirect(self.done_url)

    @property
    def _is_autosave(self) -> bool:
        return "application/json" in self.request.headers.get("Accept", "")

    def _saved(self, typed: Typed, clashes: frozenset[str]) -> JsonResponse:
        """What the script needs to know: what is shown now, what could not be saved, and why."""
        shown = list(_everything(self._blocks(self._view())))
        return JsonResponse(
            {
                "saved": clock_time(self.at),
                "version": self.store.version,
                "shown": [block.name for block in shown if block.is_asked],
                "hidden": [block.name for block in shown if not block.is_asked],
                "errors": {name: fault.message for name, fault in typed.errors.items()},
                "clashes": sorted(clashes),
                "needed": {panel.name: panel.needed for panel in self._panels(self._view())},
            }
        )

    def _view(self, typed: Typed | None = None, faults: Mapping[str, Fault] | None = None) -> View:
        store = self.store
        return View(
            form=store.form,
            answers=store.values,
            typed=typed,
            known=known_ids(store.form, store.facts),
            names=self.names,
            more=frozenset(self.request.GET.getlist("add")),
            clashes=clashes_shown(store),
            dense=True,
            may_write=store.may_write,
            faults=faults or {},
        )

    def _blocks(self, view: View) -> list[Block]:
        return Showing(view).blocks(view.form.items)

    def _panels(self, view: View) -> list[Panel]:
        needed = set(self.store.still_needed())
        return list(_panels(self._blocks(view), needed))

    def _show(
        self, typed: Typed | None = None, faults: Mapping[str, Fault] | None = None
    ) -> HttpResponse:
        if self.on_show:
            self.on_show()
        view = self._view(typed, faults)
        panels = self._panels(view)
        blocks = [block for panel in panels for block in panel.blocks]
        errors = error_list(blocks, view.errors, with_labels=True)
        context = {
            "store": self.store,
            "layout": self.layout,
            "panels": panels,
            "errors": errors,
            "here": self.here,
            "finish_words": self.finish_words,
            "was_saved": "saved" in self.request.GET or typed is not None,
            "needed": sum(panel.needed for panel in panels),
            **self.context,
        }
        return render(self.request, self.template, context)


def _panels(
    blocks: Sequence[Block], needed: set[str], *, above: str = "", name: str = "q-"
) -> Iterator[Panel]:
    """A panel for each group that holds questions; its groups within come right after it."""
    loose: list[Block] = []
    for block in blocks:
        if isinstance(block, Section) and any(isinstance(b, Section) for b in block.blocks):
            yield from _loose(loose, needed, above, name)
            loose = []
            yield from _panels(block.blocks, needed, above=block.title, name=block.name)
        elif isinstance(block, Section):
            yield from _loose(loose, needed, above, name)
            loose = []
            yield _panel(block.name, block.title, block.blocks, needed, above, block.is_asked)
        else:
            loose.append(block)
    yield from _loose(loose, needed, above, name)


def _loose(blocks: list[Block], needed: set[str], above: str, name: str) -> Iterator[Panel]:
    if blocks:
        yield _panel(f"{name}-more" if above else "questions", above or "Questions", blocks, needed)


def _panel(
    name: str,
    title: str,
    blocks: list[Block],
    needed: set[str],
    above: str = "",
    is_asked: bool = True,
) -> Panel:
    names = [one.name for one in fields_in(blocks)]
    groups = [block.name for block in _everything(blocks) if isinstance(block, Rows)]
    count = len(needed & {*names, *groups}) if is_asked else 0
    return Panel(name, title, blocks, " ".join(names), count, is_asked, above)


def _everything(blocks: Sequence[Block]) -> Iterator[Block]:
    for block in blocks:
        yield block
        if isinstance(block, Section):
            yield from _everything(block.blocks)
        elif isinstance(block, Rows):
            for row in block.rows:
                yield from _everything(row.blocks)
