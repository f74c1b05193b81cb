from django.apps import AppConfig


class RecordConfig(AppConfig):
    name = "ownway.foundation.record"
    label = "record"
