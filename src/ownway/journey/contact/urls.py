"""Addresses of the access desk and of the public doors."""

from django.urls import path
from django.views.generic import RedirectView

from ownway.journey.contact.views import (
    after,
    answering,
    concerns,
    council,
    desk,
    incoming,
    lists,
    live,
    public,
)

urlpatterns = [
    path("desk/contact/", RedirectView.as_view(pattern_name="contacts"), name="contact-desk"),
    path("desk/contacts/email/", incoming.bring_mail, name="bring-mail"),
    path("desk/contacts/visit/", incoming.visit, name="save-visit"),
    path("desk/contacts/evidence/", council.evidence, name="contact-evidence"),
    path("desk/routing/", council.routing, name="routing"),
    path("desk/applications/", council.applications, name="applications"),
    path("desk/applications/<int:application_id>/", council.application, name="application"),
    path("partner/refer/", incoming.refer, name="partner-refer"),
    path("partner/visit/", incoming.partner_visit, name="partner-visit"),
    path("can-you-help/<str:token>/", answering.provider_answer, name="provider-answer"),
    path("desk/contacts/", lists.contacts, name="contacts"),
    path("desk/contacts/new/", desk.new_contact, name="new-contact"),
    path("desk/contacts/<int:contact_id>/", desk.contact, name="contact"),
    path("desk/contacts/<int:contact_id>/keep/", live.keep, name="contact-keep"),
    path("desk/contacts/<int:contact_id>/find/<str:side>/", live.find, name="contact-find"),
    path("desk/contacts/<int:contact_id>/entries/", live.entries, name="contact-entries"),
    path("desk/contacts/<int:contact_id>/pass/", after.pass_on, name="contact-pass"),
    path("desk/contacts/<int:contact_id>/apply/", after.apply, name="contact-apply"),
    path(
        "desk/contacts/<int:contact_id>/way-in/<int:person_id>/",
        after.way_in,
        name="contact-way-in",
    ),
    path(
        "desk/contacts/<int:contact_id>/facts/<int:person_id>/", after.facts, name="contact-facts"
    ),
    path("desk/contacts/<int:contact_id>/call-back/", after.call_back, name="call-back"),
    path("desk/contacts/<int:contact_id>/first-call/", after.first_call, name="first-call"),
    path("desk/contacts/<int:contact_id>/helped/", after.helped, name="contact-helped"),
    path("desk/contacts/<int:contact_id>/concern/", concerns.concern, name="concern"),
    path("get-help/", public.get_help, name="get-help"),
    path("get-help/check/", public.check, name="get-help-check"),
    path("get-help/sent/", public.sent, name="get-help-sent"),
    path("get-help/<str:key>/", public.step, name="get-help-step"),
    path("report-a-concern/", public.concern_first, name="report-a-concern"),
    path("report-a-concern/tell-us/", public.concern, name="tell-a-concern"),
    path("report-a-concern/sent/", public.concern_sent, name="concern-sent"),
]
