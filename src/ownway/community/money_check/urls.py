"""Addresses of the money check."""

from django.urls import path

from ownway.community.money_check import views

urlpatterns = [
    path("check/money/", views.money_check, name="money-check"),
    path("check/money/paying-yourself/", views.paying_yourself, name="paying-yourself"),
]
