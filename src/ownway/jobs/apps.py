from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "ownway.jobs"
    label = "jobs"
