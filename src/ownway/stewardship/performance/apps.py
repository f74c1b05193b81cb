from django.apps import AppConfig


class PerformanceConfig(AppConfig):
    name = "ownway.stewardship.performance"
    label = "performance"
