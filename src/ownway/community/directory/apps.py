from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "ownway.community.directory"
    label = "directory"
