"""Addresses of arranging: for providers and brokers, and who sees what of somebody's plan."""

from django.urls import path

from ownway.journey.arranging.views import partner, sharing

urlpatterns = [
    path("partner/", partner.home, name="partner"),
    path("partner/parts/<int:line_id>/", partner.part, name="partner-part"),
    path("partner/plans/<int:plan_id>/", partner.whole_plan, name="partner-plan"),
    path("my/plan/sharing/", sharing.share_plan, name="share-plan"),
    path(
        "my/plan/<int:plan_id>/sharing/<int:organisation_id>/",
        sharing.change_sharing,
        name="change-sharing",
    ),
]
