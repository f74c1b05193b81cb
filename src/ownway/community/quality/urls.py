"""Addresses of quality: for everybody, residents, lay reviewers, providers, and the council."""

from django.urls import path

from ownway.community.quality.views import marks, my, partner, public, staff, standards

urlpatterns = [
    path("quality-mark/", public.what_the_mark_means, name="what-the-mark-means"),
    path("quality-of-life/", public.quality_of_life, name="quality-of-life"),
    path("quality-of-life/visits/<int:pk>/", public.visit_report, name="visit-report"),
    path("directory/<slug:slug>/ratings/", public.entry_ratings, name="entry-ratings"),
    path("directory/<slug:slug>/rate/", public.rate, name="rate-entry"),
    path("directory/<slug:slug>/rate/sent/", public.rating_sent, name="rating-sent"),
    path("rating/<str:key>/", public.prove_rating, name="prove-rating"),
    path("my/ratings/", my.my_ratings, name="my-ratings"),
    path("visits/", my.lay_visits, name="lay-visits"),
    path("visits/<int:pk>/", my.lay_visit, name="lay-visit"),
    path("partner/quality/", partner.home, name="quality-own"),
    path("partner/quality/ratings/<int:pk>/", partner.answer_rating, name="answer-rating"),
    path("partner/quality/visits/<int:pk>/", partner.answer_visit, name="answer-visit"),
    path("partner/quality/notices/<int:pk>/", partner.answer_notice, name="answer-notice"),
    path("partner/quality/marks/<int:pk>/", partner.application, name="mark-application"),
    path("partner/quality/<slug:slug>/mark/", partner.ask_for_mark, name="ask-for-mark"),
    path("partner/quality/<slug:slug>/sign/", partner.sign_standards, name="sign-standards"),
    path("council/quality/", staff.home, name="quality"),
    path("council/quality/ratings/<int:pk>/", staff.rating, name="quality-rating"),
    path("council/quality/audits/<int:pk>/", staff.audit, name="quality-audit"),
    path("council/quality/delistings/<int:pk>/", staff.delisting, name="quality-delisting"),
    path("council/quality/marks/<int:pk>/", marks.application, name="quality-application"),
    path("council/quality/awards/<int:pk>/", marks.award, name="quality-award"),
    path("council/quality/criteria/", marks.criteria, name="quality-criteria"),
    path("council/quality/standards/", standards.standards, name="quality-standards"),
    path("council/quality/visits/<int:pk>/", standards.visit, name="quality-visit"),
    path("council/quality/entries/<slug:slug>/", staff.entry, name="quality-entry"),
    path("council/quality/entries/<slug:slug>/visit/", standards.plan_visit, name="plan-visit"),
    path(
        "council/quality/entries/<slug:slug>/contract/",
        standards.sign_contract,
        name="sign-contract",
    ),
]
