from django.apps import AppConfig


class ContactConfig(AppConfig):
    name = "ownway.journey.contact"
    label = "contact"
