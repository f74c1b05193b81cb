"""For a shop: what a code is worth, and that the thing was handed out. No name is shown."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from ownway.foundation.council import queries as council
from ownway.foundation.council.http import PartnerRequest, partner_page, posted
from ownway.journey.prevention import actions, queries
from ownway.journey.prevention.forms import Redeem


@require_http_methods(["GET", "POST"])
@partner_page
def codes(request: PartnerRequest) -> HttpResponse:
    """Type a code, see what it is for, and keep that it was handed out."""
    shop = queries.shop_of(request.member.organisation, on=council.today())
    if shop is None:
        raise Http404("This organisation takes no codes")
    form = Redeem(posted(request))
    checked = None
    if form.is_bound and form.is_valid():
        try:
            checked = _checked(request, shop, form)
            if "used" in request.POST:
                return _used(request, shop, form)
        except actions.CannotRedeem as refusal:
            form.add_error(refusal.field, str(refusal))
    shown = {"shop": shop, "form": form, "checked": checked, "taken": queries.redeemed_at(shop)}
    return render(request, "prevention/codes.html", shown, status=422 if form.errors else 200)


def _checked(request: PartnerRequest, shop: Any, form: Redeem) -> Any:
    """What the code is for, while nothing is handed out yet."""
    code = form.cleaned_data["code"]
    return actions.usable(code, retailer=shop, by=request.user, at=council.now())


def _used(request: PartnerRequest, shop: Any, form: Redeem) -> HttpResponse:
    used = actions.redeem(
        form.cleaned_data["code"],
        retailer=shop,
        added_pence=form.cleaned_data["added"] or 0,
        by=request.user,
        at=council.now(),
    )
    messages.success(request, f"Kept: {used.item.name} was handed out for {used.code}")
    return redirect("shop-codes")
