from django.apps import AppConfig


class ChargingConfig(AppConfig):
    name = "ownway.journey.charging"
    label = "charging"
