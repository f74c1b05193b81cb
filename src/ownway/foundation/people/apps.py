from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "ownway.foundation.people"
    label = "people"
