from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "ownway.foundation.letters"
    label = "letters"
