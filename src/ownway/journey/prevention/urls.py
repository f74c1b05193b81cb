"""Addresses of the equipment questions and the five points."""

from django.urls import path

from ownway.journey.prevention.views import public, staff

urlpatterns = [
    path("check/equipment/", public.start, name="equipment-check"),
    path("check/equipment/answer/", public.answer, name="equipment-answer"),
    path("check/equipment/<str:key>/", public.question, name="equipment-question"),
    path("desk/people/<int:person_id>/equipment/", staff.equipment, name="equipment"),
    path("desk/people/<int:person_id>/equipment/<int:item_id>/", staff.item, name="equipment-item"),
    path("desk/people/<int:person_id>/checklist/", staff.checklist, name="checklist"),
    path("desk/people/<int:person_id>/benefits/", staff.benefits, name="benefit-check"),
]
