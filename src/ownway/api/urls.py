"""Addresses of the API: all of them open data, all under /api/."""

from django.urls import URLPattern, path

from ownway.api import root
from ownway.api.open_data import open_data

_routes = [one for one in root.api.urls[0] if isinstance(one, URLPattern)]

urlpatterns = [
    path(root.ROOT, open_data(root.feeds), name="api"),
    path(f"{root.ROOT}openapi.json", open_data(root.openapi), name="api-openapi"),
    *[
        path(f"{root.ROOT}{one.pattern}", open_data(one.callback), name=one.name)
        for one in _routes
        if one.name != "api-root"
    ],
    path(f"{root.ROOT}<path:rest>", open_data(root.elsewhere), name="api-elsewhere"),
]
