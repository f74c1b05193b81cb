"""Addresses of the demonstration's own page; none exists in a real council."""

from django.conf import settings
from django.urls import path

from ownway.demo import views

urlpatterns = (
    [
        path("demo/", views.demo, name="demo"),
        path("demo/sign-in/", views.sign_in_as, name="demo-sign-in"),
        path("demo/clock/", views.set_clock, name="demo-clock"),
        path("demo/jobs/", views.run_jobs, name="demo-jobs"),
    ]
    if settings.DEMO or settings.TESTING
    else []
)
