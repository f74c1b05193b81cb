"""Addresses of a resident's money pages."""

from django.urls import path

from ownway.pages.views import money

urlpatterns = [
    path("my/money/", money.my_money, name="my-money"),
    path("my/money/<int:person_id>/", money.my_sum, name="my-sum"),
]
