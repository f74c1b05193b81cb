"""The money check as a Django app."""

from django.apps import AppConfig


class MoneyCheckConfig(AppConfig):
    """Questions and pages only: it has no tables."""

    name = "ownway.community.money_check"
    label = "money_check"
