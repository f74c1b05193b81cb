from django.apps import AppConfig


class PlanConfig(AppConfig):
    name = "ownway.foundation.plan"
    label = "plan"
