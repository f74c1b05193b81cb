"""What was pressed on a form's page, read safely."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest

from ownway.design.questionnaire.answers import Spot
from ownway.design.questionnaire.model import Questionnaire
from ownway.design.questionnaire.naming import spot_of
from ownway.design.questionnaire.responses import read_values
from ownway.design.questionnaire.showing import Clash, words_of
from ownway.design.questionnaire.values import NotAValue
from ownway.foundation.forms.http.stores import Store


@dataclass(frozen=True)
class Pressed:
    """A button: what it does, to which field or group, and which row."""

    action: str
    name: str = ""
    group: Spot | None = None
    row: int = 0

    @property
    def clash(self) -> bool:
        """A choice between two answers."""
        return self.action in ("use", "keep")


def pressed(request: HttpRequest, form: Questionnaire) -> Pressed:
    """The button that sent the page; the main one when none is named."""
    for action in ("later", "skip", "save", "finish"):
        if action in request.POST:
            return Pressed(action)
    for action in ("add", "use", "keep"):
        if name := request.POST.get(action, ""):
            return Pressed(action, name) if spot_of(form, name) else Pressed("save")
    if name := request.POST.get("remove", ""):
        before, _, row = name.rpartition("~")
        group = spot_of(form, before)
        if group and row.isascii() and row.isdigit() and len(row) < 3:
            return Pressed("remove", before, group, int(row))
        return Pressed("save")
    return Pressed("go")


def seen_version(request: HttpRequest) -> int:
    """The version a page was made from; 0 when it does not say."""
    said = request.POST.get("version", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else 0


def form_picked(request: HttpRequest) -> int:
    """The key of the form that was picked; 0, which no form has, when it is not one."""
    said = request.POST.get("form", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else 0


def clashes_shown(store: Store) -> Mapping[str, Clash]:
    """The other answers that stand beside the kept ones, in words."""
    shown = {}
    for name, clash in store.clashes.items():
        spot = spot_of(store.form, name)
        if spot is None:
            continue
        try:
            values = read_values(store.form.by_link_id[spot.link_id], clash["answer"])
        except NotAValue:
            continue
        shown[name] = Clash(name, words_of(values) or "no answer", str(clash.get("by", "")))
    return shown
