"""Old links to a draft that has since been published."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from ownway.foundation.council import access
from ownway.foundation.council.http import StaffRequest
from ownway.stewardship.programme import queries

Page = Callable[[StaffRequest, int], HttpResponse]


def to_its_version(page: Page) -> Page:
    """A page of a draft; once that is published, it leads to the version it became."""

    @wraps(page)
    def shown(request: StaffRequest, number: int) -> HttpResponse:
        access.require(request.user, "policy.weigh")
        if queries.version(request.user, number).published_at is None:
            return page(request, number)
        if request.method == "POST":
            messages.info(request, f"Version {number} is published already")
        return redirect("policy-version", number=number)

    return shown
