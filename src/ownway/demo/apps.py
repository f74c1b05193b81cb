from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "ownway.demo"
    label = "demo"
