from django.apps import AppConfig


class AllocationConfig(AppConfig):
    name = "ownway.journey.allocation"
    label = "allocation"
