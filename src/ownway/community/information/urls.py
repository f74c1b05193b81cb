"""Addresses of information: the guide, contact points, the panel, and staff's own pages."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
