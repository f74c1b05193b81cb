"""Addresses for carers."""

from django.urls import path

from ownway.journey.carers.views import desk, my

urlpatterns = [
    path("desk/people/<int:person_id>/helped-by/<int:carer_id>/", desk.says, name="carer-says"),
    path("my/emergency-plan/", my.emergency_plan, name="my-emergency-plan"),
    path("my/what-i-can-do/", my.willing, name="my-willing"),
    path("my/what-i-can-do/<int:person_id>/", my.willing, name="my-willing-for"),
    path("desk/people/<int:person_id>/carer/", desk.carer, name="carer"),
]
