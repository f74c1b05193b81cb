from django.apps import AppConfig


class CarersConfig(AppConfig):
    name = "ownway.journey.carers"
    label = "carers"
