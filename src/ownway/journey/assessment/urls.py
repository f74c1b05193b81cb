"""Addresses of assessments and of records of capacity."""

from django.urls import path

from ownway.journey.assessment.views import capacity, desk, my

urlpatterns = [
    path("my/assessment/", my.my_assessment, name="my-assessment"),
    path("my/assessment/start/", my.start, name="my-assessment-start"),
    path("my/assessment/next/", my.next_page, name="my-assessment-next"),
    path("my/assessment/check/", my.check, name="my-assessment-check"),
    path("my/assessment/<int:assessment_id>/<str:key>/", my.page, name="my-assessment-page"),
    path("desk/people/<int:person_id>/assessment/", desk.assessment, name="assessment"),
    path(
        "desk/people/<int:person_id>/assessment/open/", desk.open_assessment, name="assessment-open"
    ),
    path(
        "desk/people/<int:person_id>/assessment/<int:assessment_id>/decide/",
        desk.decide,
        name="assessment-decide",
    ),
    path(
        "desk/people/<int:person_id>/assessment/<int:assessment_id>/decline/",
        desk.decline,
        name="assessment-decline",
    ),
    path("desk/people/<int:person_id>/capacity/", capacity.capacity, name="capacity"),
]
