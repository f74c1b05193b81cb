"""Addresses of a person's own record."""

from django.urls import path

from ownway.foundation.record import views

urlpatterns = [
    path("my/record/", views.my_record, name="my-record"),
    path("my/record/<int:person_id>/", views.my_record, name="my-record-of"),
]
