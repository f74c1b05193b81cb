"""Addresses of the directory. The list comes first, for an entry may have any other address."""

from django.urls import path

from ownway.community.directory.views import entries, events, evidence, searching, shortlist

urlpatterns = [
    path("directory/", searching.directory, name="directory"),
    path("directory/list/", searching.large_print, name="directory-list"),
    path("directory/map/", searching.on_a_map, name="directory-map"),
    path("directory/whats-on/", events.events, name="whats-on"),
    path("directory/shortlist/", shortlist.shortlist, name="directory-shortlist"),
    path("directory/shortlist/change/", shortlist.change, name="directory-shortlist-change"),
    path("directory/shortlist/sent/", shortlist.sent, name="directory-shortlist-sent"),
    path("directory/shortlist/<str:signed>/", shortlist.shared, name="directory-shared"),
    path("desk/directory/not-found/", evidence.not_found, name="directory-not-found"),
    path("desk/directory/mistakes/", evidence.mistakes, name="directory-mistakes"),
    path(
        "desk/directory/mistakes/<int:mistake_id>/settle/",
        evidence.settle,
        name="directory-mistake-settle",
    ),
    path("directory/<slug:slug>/", entries.entry, name="directory-entry"),
    path("directory/<slug:slug>/wrong/", entries.mistake, name="directory-mistake"),
    path("directory/<slug:slug>/wrong/told/", entries.mistake_told, name="directory-mistake-told"),
]
