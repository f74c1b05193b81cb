from django.apps import AppConfig


class ReablementConfig(AppConfig):
    name = "ownway.journey.reablement"
    label = "reablement"
