"""Addresses of pages that span stages."""

from allauth.account.views import logout
from django.urls import include, path

from ownway.pages.views import desk, family, health, my, person, problems, public

urlpatterns = [
    path("", public.home, name="home"),
    path("start/", public.start, name="start"),
    path("kept/", problems.kept, name="kept"),
    path("your-rights/", public.your_rights, name="your-rights"),
    path("your-facts/", public.your_facts, name="your-facts"),
    path("read-your-way/", public.read_your_way, name="read-your-way"),
    path("theme.css", public.theme, name="theme"),
    path("sign-out/", logout, name="sign-out"),
    path("sign-in/", include("ownway.pages.sign_in_urls")),
    path("my/", my.home, name="my"),
    path("my/plan/", my.plan, name="my-plan"),
    path("desk/", desk.work, name="work"),
    path("desk/people/", desk.find_people, name="people"),
    path("desk/people/<int:person_id>/", person.file, name="person"),
    path("desk/people/<int:person_id>/reason/", desk.reason_to_look, name="reason-to-look"),
    path("desk/people/<int:person_id>/note/", desk.write_note, name="write-note"),
    path("desk/people/<int:person_id>/family/", family.family, name="family"),
    path("desk/people/<int:person_id>/details/", desk.change_details, name="change-details"),
    path("health/live", health.live, name="live"),
    path("health/ready", health.ready, name="ready"),
]
