from django.apps import AppConfig


class ArrangingConfig(AppConfig):
    name = "ownway.journey.arranging"
    label = "arranging"
