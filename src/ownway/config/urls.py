"""Every address, by who it is for."""

from importlib.util import find_spec

from django.http import Http404
from django.urls import include, path

# Rooms that hold addresses, in the order they are asked.
ROOMS = [
    "ownway.pages.urls",
    "ownway.pages.money_urls",
    "ownway.community.directory.urls",
    "ownway.foundation.record.urls",
    "ownway.foundation.letters.urls",
    "ownway.foundation.forms.urls",
    "ownway.journey.contact.urls",
    "ownway.journey.prevention.urls",
    "ownway.journey.reablement.urls",
    "ownway.journey.assessment.urls",
    "ownway.journey.carers.urls",
    "ownway.journey.allocation.urls",
    "ownway.journey.charging.urls",
    "ownway.journey.planning.urls",
    "ownway.journey.arranging.urls",
    "ownway.journey.budgets.urls",
    "ownway.stewardship.performance.urls",
    "ownway.stewardship.programme.urls",
    "ownway.demo.urls",
]


def _exists(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False


urlpatterns = [path("", include(room)) for room in ROOMS if _exists(room)]
handler403 = "ownway.pages.views.problems.not_allowed"
handler404 = "ownway.pages.views.problems.not_found"
handler500 = "ownway.pages.views.problems.broken"

# Names that stages still to come will own.
_coming = {
    "work": "desk/",
    "people": "desk/people/",
    "contacts": "desk/contacts/",
    "my": "my/",
    "my-plan": "my/plan/",
    "my-money": "my/money/",
    "my-letters": "my/letters/",
    "my-record": "my/record/",
    "get-help": "get-help/",
    "directory": "directory/",
    "how-a-budget-is-worked-out": "how-a-budget-is-worked-out/",
    "outbox": "desk/outbox/",
    "payments": "desk/payments/",
    "figures": "council/indicators/",
    "policy": "council/policy/",
    "partner": "partner/",
    "report-a-concern": "report-a-concern/",
    "equipment-check": "check/equipment/",
}


def _names() -> set[str]:
    from importlib import import_module

    return {
        pattern.name
        for room in ROOMS
        if _exists(room)
        for pattern in import_module(room).urlpatterns
        if hasattr(pattern, "name")
    }


def _coming_soon(request):  # type: ignore[no-untyped-def]
    raise Http404


urlpatterns += [path(at, _coming_soon, name=n) for n, at in _coming.items() if n not in _names()]
