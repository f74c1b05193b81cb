"""One thing of one person: handed over, tried, taken back, or not wanted; and its code."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from ownway.foundation.council import queries as council
from ownway.foundation.council.http import StaffRequest, staff_page
from ownway.journey.prevention import actions, queries
from ownway.journey.prevention.forms import Cancel, GiveBack, HandOver, Tried, UsedAt
from ownway.journey.prevention.views.person import opened


@require_http_methods(["GET", "POST"])
@staff_page
def item(request: StaffRequest, person_id: int, item_id: int) -> HttpResponse:
    """One thing, and what can be done with it as it stands."""
    person = opened(request, person_id, "things that help at home", "To see how they work")
    found = queries.items_of(person).filter(pk=item_id).first()
    if found is None:
        raise Http404("No such thing")
    forms = _forms(request, found)
    pressed = next((name for name in (*forms, "renew") if name in request.POST), "")
    if pressed and _done(request, pressed, found, forms):
        messages.success(request, f"Kept: {found.name}")
        return redirect("equipment-item", person.pk, found.pk)
    refused = bool(pressed and pressed in forms and forms[pressed].errors)
    shown = {
        "person": person,
        "item": found,
        "forms": forms,
        "pressed": pressed if refused else "",
        "today": council.today(),
    }
    return render(request, "prevention/item.html", shown, status=422 if refused else 200)


def _forms(request: StaffRequest, found: Any) -> dict[str, Any]:
    def typed(name: str) -> Any:
        return request.POST if name in request.POST else None

    return {
        "handed": HandOver(typed("handed")),
        "used": UsedAt(typed("used"), shops=list(queries.retailers(council.today()))),
        "tried": Tried(typed("tried"), initial={"trial": found.trial, "words": found.trial_words}),
        "back": GiveBack(typed("back")),
        "cancel": Cancel(typed("cancel")),
    }


def _done(request: StaffRequest, pressed: str, found: Any, forms: dict[str, Any]) -> bool:
    step: dict[str, Any] = {"by": request.staff, "at": council.now()}
    if pressed == "renew":
        actions.renew_code(found, **step)
        return True
    form = forms[pressed]
    if not form.is_valid():
        return False
    does: dict[str, Callable[..., Any]] = {
        "handed": actions.hand_over,
        "tried": actions.keep_trial,
        "back": actions.give_back,
        "cancel": actions.cancel,
    }
    try:
        if pressed == "used":
            _use(request, found, form)
        else:
            does[pressed](found, **form.cleaned_data, **step)
    except (actions.CannotOrder, actions.CannotRedeem) as refusal:
        form.add_error(_where(pressed), str(refusal))
        return False
    return True


def _use(request: StaffRequest, found: Any, form: UsedAt) -> None:
    shop = queries.retailers(council.today()).get(pk=form.cleaned_data["shop"])
    actions.redeem(
        found.code or "",
        retailer=shop,
        added_pence=form.cleaned_data["added"] or 0,
        by=request.user,
        at=council.now(),
    )


def _where(pressed: str) -> str:
    """The field by which a refusal is mended."""
    return {
        "handed": "serial", "used": "shop", "tried": "words", "back": "state", "cancel": "because",
    }[pressed]  # fmt: skip
