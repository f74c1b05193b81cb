from django.apps import AppConfig


class CouncilConfig(AppConfig):
    name = "ownway.foundation.council"
    label = "council"
