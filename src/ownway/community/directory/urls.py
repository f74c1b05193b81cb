"""Addresses of the directory. The list comes first, for an entry may have any other address."""

from django.urls import path

from ownway.community.directory.views import public

urlpatterns = [
    path("directory/", public.directory, name="directory"),
    path("directory/list/", public.large_print, name="directory-list"),
    path("directory/<slug:slug>/", public.entry, name="directory-entry"),
]
