from django.apps import AppConfig


class FormsConfig(AppConfig):
    name = "ownway.foundation.forms"
    label = "forms"
