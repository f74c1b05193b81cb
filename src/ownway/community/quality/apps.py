from django.apps import AppConfig


class QualityConfig(AppConfig):
    name = "ownway.community.quality"
    label = "quality"
