"""Addresses of the figures."""

from django.urls import path

from ownway.stewardship.performance import views

urlpatterns = [
    path("council/indicators/", views.figures, name="figures"),
    path("council/indicators/<str:measure>/late/", views.late, name="figures-late"),
    path("council/indicators/stage/<str:stage>/", views.stage, name="figures-stage"),
]
