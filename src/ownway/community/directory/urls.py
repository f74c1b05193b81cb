"""Addresses of the directory. The list comes first, for an entry may have any other address."""

from django.urls import path

from ownway.community.directory import views

urlpatterns = [
    path("directory/", views.directory, name="directory"),
    path("directory/list/", views.large_print, name="directory-list"),
    path("directory/<slug:slug>/", views.entry, name="directory-entry"),
]
