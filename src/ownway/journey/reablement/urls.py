"""Address of reablement for one person."""

from django.urls import path

from ownway.journey.reablement import views

urlpatterns = [
    path("desk/people/<int:person_id>/reablement/", views.reablement, name="reablement"),
]
