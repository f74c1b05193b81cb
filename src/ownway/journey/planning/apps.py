from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "ownway.journey.planning"
    label = "planning"
