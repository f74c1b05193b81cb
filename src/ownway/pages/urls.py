"""Addresses of pages that span stages."""

from allauth.account.views import logout
from django.urls import include, path

from ownway.pages.views import health, public

urlpatterns = [
    path("", public.home, name="home"),
    path("start/", public.start, name="start"),
    path("your-rights/", public.your_rights, name="your-rights"),
    path("your-facts/", public.your_facts, name="your-facts"),
    path("read-your-way/", public.read_your_way, name="read-your-way"),
    path("theme.css", public.theme, name="theme"),
    path("sign-out/", logout, name="sign-out"),
    path("sign-in/", include("ownway.pages.sign_in_urls")),
    path("health/live", health.live, name="live"),
    path("health/ready", health.ready, name="ready"),
]
