from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "ownway.pages"
    label = "pages"
