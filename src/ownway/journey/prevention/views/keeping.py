"""What the council keeps of prevention: the catalogue, shops, and what partners offer."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_safe

from ownway.foundation.council import access as council_access
from ownway.foundation.council import queries as council
from ownway.foundation.council.http import StaffRequest, posted, staff_page
from ownway.journey.prevention import actions, queries
from ownway.journey.prevention.forms import AddShop, ChangeFlag, ChangeItem, KeepOffer


def _may_read(request: StaffRequest) -> None:
    if not any(council_access.may(request.user, one) for one in (actions.DO, actions.KEEP)):
        raise PermissionDenied("Your role does not keep or give equipment")


@require_safe
@staff_page
def catalogue(request: StaffRequest) -> HttpResponse:
    """Everything that can be had, its rules and limits, and the red flags, as of today."""
    _may_read(request)
    on = council.today()
    shelf = queries.catalogue(on)
    shown = {
        "shelf": shelf,
        "words": queries.rule_words(shelf),
        "to_come": queries.changes_to_come(on),
        "levels": queries.levels(),
    }
    return render(request, "prevention/catalogue.html", shown)


@require_http_methods(["GET", "POST"])
@staff_page
def catalogue_item(request: StaffRequest, key: str) -> HttpResponse:
    """One thing of the catalogue, changed from a day on; or offered no more."""
    council_access.require(request.user, actions.KEEP)
    on = council.today()
    shelf = queries.catalogue(on)
    item = shelf.item(key) or queries.new_item(key)
    data = posted(request)
    form = ChangeItem(data, item=item, shelf=shelf, lines=list(queries.stock_lines()), on=on)
    if form.is_bound and form.is_valid() and _item_kept(request, form):
        return redirect("equipment-catalogue")
    changes = queries.changes_of(key, part="item")
    shown = {"form": form, "item": item, "is_new": shelf.item(key) is None, "changes": changes}
    return render(
        request, "prevention/catalogue_item.html", shown, status=422 if form.errors else 200
    )


def _item_kept(request: StaffRequest, form: ChangeItem) -> bool:
    typed = form.cleaned_data
    step: dict[str, Any] = {
        "starts_on": typed["starts_on"],
        "because": typed["because"],
        "by": request.staff,
        "at": council.now(),
    }
    try:
        if "stop" in request.POST:
            actions.stop_offering(form.item, **step)
        else:
            actions.change_item(form.changed(), **step)
    except actions.CannotKeep as refusal:
        for name, words in refusal.problems:
            form.add_error("way" if name == "from_shop" else name, words)
        return False
    messages.success(request, f"{typed['name']}: changed from {typed['starts_on']:%-d %B %Y}")
    return True


@require_http_methods(["GET", "POST"])
@staff_page
def catalogue_flag(request: StaffRequest, key: str) -> HttpResponse:
    """One red flag, changed from a day on."""
    council_access.require(request.user, actions.KEEP)
    on = council.today()
    shelf = queries.catalogue(on)
    flag = shelf.flag(key)
    if flag is None:
        raise Http404("No such red flag")
    form = ChangeFlag(posted(request), flag=flag, shelf=shelf, on=on)
    if form.is_bound and form.is_valid():
        typed = form.cleaned_data
        try:
            actions.change_flag(
                form.changed(),
                starts_on=typed["starts_on"],
                because=typed["because"],
                by=request.staff,
                at=council.now(),
            )
        except actions.CannotKeep as refusal:
            for name, words in refusal.problems:
                form.add_error(name, words)
        else:
            messages.success(request, f"{flag.name}: changed")
            return redirect("equipment-catalogue")
    shown = {"form": form, "flag": flag, "changes": queries.changes_of(key, part="flag")}
    return render(
        request, "prevention/catalogue_flag.html", shown, status=422 if form.errors else 200
    )


@require_http_methods(["GET", "POST"])
@staff_page
def shops(request: StaffRequest) -> HttpResponse:
    """Shops that take codes: let one begin, or end."""
    _may_read(request)
    on = council.today()
    if "end" in request.POST:
        found = queries.retailers(on).filter(pk=_number(request.POST["end"])).first()
        if found is not None:
            actions.end_shop(found, on=on, by=request.staff)
            messages.success(request, f"{found.name} takes no codes after today")
        return redirect("equipment-shops")
    form = AddShop(posted(request))
    if form.is_bound and form.is_valid() and _shop_added(request, form):
        return redirect("equipment-shops")
    shown = {"shops": queries.all_retailers(), "form": form, "today": on}
    return render(request, "prevention/keep_shops.html", shown, status=422 if form.errors else 200)


def _number(typed: str) -> int:
    return int(typed) if typed.isdecimal() and len(typed) < 10 else 0


def _shop_added(request: StaffRequest, form: AddShop) -> bool:
    typed, on = form.cleaned_data, council.today()
    found = queries.entry_named(typed["entry"], on=on)
    if found is None:
        form.add_error("entry", "No such entry in the directory. Type its name as it stands there")
        return False
    try:
        actions.add_shop(
            entry_key=found.key,
            name=found.name,
            from_on=on,
            organisation=typed["organisation"],
            by=request.staff,
        )
    except actions.CannotKeep as refusal:
        for name, words in refusal.problems:
            form.add_error(name, words)
        return False
    messages.success(request, f"{found.name} takes codes from today")
    return True


@require_safe
@staff_page
def offers(request: StaffRequest) -> HttpResponse:
    """What partners offer, with how many were sent, helped, and homes that are free."""
    _may_read(request)
    days = council.rules(council.today()).value("vacancy_count_days")
    listed = [
        (one, queries.count_is_old(one, on=council.today(), days=days))
        for one in queries.all_offers()
    ]
    return render(request, "prevention/offers.html", {"offers": listed})


@require_http_methods(["GET", "POST"])
@staff_page
def offer(request: StaffRequest, key: str) -> HttpResponse:
    """What one partner offers, and its free homes as counted today; `new` begins one."""
    council_access.require(request.user, actions.KEEP)
    found = queries.offer(key)
    if found is None and key != "new":
        raise Http404("No such offer")
    form = KeepOffer(posted(request), offer=found)
    if form.is_bound and form.is_valid():
        name = form.cleaned_data["name"]
        own_key = found.key if found else queries.free_offer_key(slugify(name)[:50])
        try:
            actions.keep_offer(own_key, by=request.staff, at=council.now(), **form.cleaned_data)
        except actions.CannotKeep as refusal:
            for field, words in refusal.problems:
                form.add_error(field, words)
        else:
            messages.success(request, f"Kept: {name}")
            return redirect("partner-offers")
    shown = {"form": form, "offer": found}
    return render(request, "prevention/offer.html", shown, status=422 if form.errors else 200)
