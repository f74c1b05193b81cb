"""Addresses of the council's policy."""

from django.urls import path

from ownway.stewardship.programme import views

urlpatterns = [
    path("council/policy/", views.policy, name="policy"),
    path("council/policy/change/<str:name>/", views.change, name="policy-change"),
    path("council/policy/versions/<int:number>/", views.version, name="policy-version"),
]
