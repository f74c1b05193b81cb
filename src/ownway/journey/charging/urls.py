"""Addresses of what is paid."""

from django.urls import path

from ownway.journey.charging import views

urlpatterns = [
    path("my/finances/<int:person_id>/", views.my_finances, name="my-finances"),
    path("my/finances/<int:person_id>/services/", views.try_services, name="try-services"),
    path("desk/people/<int:person_id>/charge/", views.charge, name="charge"),
]
