from django.apps import AppConfig


class PreventionConfig(AppConfig):
    name = "ownway.journey.prevention"
    label = "prevention"
