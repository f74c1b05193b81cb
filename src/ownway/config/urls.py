"""Every address, by who it is for."""

from django.urls import include, path

# Rooms that hold addresses, in the order they are asked.
ROOMS = [
    "ownway.pages.urls",
    "ownway.pages.money_urls",
    "ownway.community.directory.urls",
    "ownway.community.money_check.urls",
    "ownway.community.quality.urls",
    "ownway.community.information.urls",
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
    "ownway.api.urls",
    "ownway.demo.urls",
]

urlpatterns = [path("", include(room)) for room in ROOMS]
handler403 = "ownway.pages.views.problems.not_allowed"
handler404 = "ownway.pages.views.problems.not_found"
handler500 = "ownway.pages.views.problems.broken"
