from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    name = "ownway.journey.assessment"
    label = "assessment"
