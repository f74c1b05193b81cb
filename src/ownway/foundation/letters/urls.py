"""Addresses of letters and the outbox."""

from django.urls import path

from ownway.foundation.letters import views

urlpatterns = [
    path("my/letters/", views.my_letters, name="my-letters"),
    path("letters/<int:letter_id>/", views.read, name="letter"),
    path("letters/<int:letter_id>.pdf", views.pdf, name="letter-pdf"),
    path("letters/<int:letter_id>.txt", views.plain, name="letter-plain"),
    path("desk/outbox/", views.outbox, name="outbox"),
    path("desk/outbox/<int:row_id>/", views.message, name="message"),
    path("desk/outbox/posted/", views.posted, name="posted"),
]
