from django.apps import AppConfig


class DesignConfig(AppConfig):
    name = "ownway.design"
    label = "design"
