from django.apps import AppConfig


class InformationConfig(AppConfig):
    name = "ownway.community.information"
    label = "information"
