from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    name = "ownway.stewardship.programme"
    label = "programme"
