"""Addresses of the pages about money."""

from django.urls import path

from ownway.journey.budgets.views import choosing, desk

urlpatterns = [
    path("my/plan/money/<int:person_id>/", choosing.choose_way, name="choose-money"),
    path("my/plan/money/<int:person_id>/lines/", choosing.choose_lines, name="choose-money-lines"),
    path("my/plan/money/<int:person_id>/who/", choosing.choose_holder, name="choose-money-holder"),
    path(
        "my/plan/money/<int:person_id>/helper/", choosing.choose_helper, name="choose-money-helper"
    ),
    path("my/plan/money/<int:person_id>/bank/", choosing.choose_bank, name="choose-money-bank"),
    path("my/plan/money/<int:person_id>/check/", choosing.check, name="choose-money-check"),
    path("desk/payments/", desk.payments, name="payments"),
    path("desk/people/<int:person_id>/payees/", desk.find_payee, name="find-payee"),
    path("desk/payments/<int:payment_id>/", desk.payment, name="payment"),
]
