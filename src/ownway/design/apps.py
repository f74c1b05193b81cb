from django.apps import AppConfig
from django.core.validators import MaxLengthValidator


class DesignConfig(AppConfig):
    name = "ownway.design"
    label = "design"

    def ready(self) -> None:
        """Say what is too long as we say it, where a field has no words of its own."""
        MaxLengthValidator.message = "Keep this to %(limit_value)d letters: it has %(show_value)d"
