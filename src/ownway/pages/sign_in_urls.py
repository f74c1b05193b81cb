"""Signing in: by password or a code by e-mail, and a second step for those who set one up."""

from allauth.account import views
from django.urls import include, path

urlpatterns = [
    path("", views.login, name="account_login"),
    path("out/", views.logout, name="account_logout"),
    path("code/", views.request_login_code, name="account_request_login_code"),
    path("code/confirm/", views.confirm_login_code, name="account_confirm_login_code"),
    path("again/", views.reauthenticate, name="account_reauthenticate"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("second-step/", include("allauth.mfa.urls")),
]
