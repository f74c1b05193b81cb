"""Addresses of information: the guide, contact points, the panel, and staff's own pages.

In the guide the fixed addresses come first, for a page may have any other.
"""

from django.urls import path

from ownway.community.information.views import (
    guide,
    guiding,
    pages,
    panel,
    pointing,
    points,
    telling,
)

OWN = "council/information/"
urlpatterns = [
    path("guide/", guide.guide, name="guide"),
    path("guide/ask/", guide.ask, name="guide-ask"),
    path("guide/words/", guide.glossary, name="glossary"),
    path("guide/<slug:slug>/", guide.page, name="guide-page"),
    path("guide/<slug:slug>/large-print/", guide.large_print, name="guide-large"),
    path("guide/<slug:slug>/useful/", guide.useful, name="guide-useful"),
    path("contact-points/", points.contact_points, name="contact-points"),
    path("contact-points/list/", points.contact_points_list, name="contact-points-list"),
    path("campaign/<slug:slug>/", guide.campaign, name="campaign"),
    path("my/panel/", panel.panel, name="my-panel"),
    path("my/panel/<slug:key>/", panel.read_draft, name="my-panel-page"),
    path(OWN, pages.information, name="information"),
    path(f"{OWN}new/", pages.new_page, name="information-new"),
    path(f"{OWN}readers/", pages.readers, name="information-readers"),
    path(f"{OWN}words/", guiding.words, name="information-words"),
    path(f"{OWN}questions/", guiding.questions, name="information-questions"),
    path(f"{OWN}questions/new/", guiding.question, name="information-new-question"),
    path(f"{OWN}questions/<slug:key>/", guiding.question, name="information-question"),
    path(f"{OWN}pages/<slug:slug>/", pages.page, name="information-page"),
    path(f"{OWN}pages/<slug:slug>/do/", pages.do, name="information-do"),
    path(f"{OWN}pages/<slug:slug>/settle/", pages.settle, name="information-settle"),
    path(f"{OWN}pages/<slug:slug>/add/", pages.add_text, name="information-add-text"),
    path(
        f"{OWN}pages/<slug:slug>/text/<str:name>/<slug:key>/", pages.text, name="information-text"
    ),
    path(
        f"{OWN}pages/<slug:slug>/versions/<int:number>/", pages.version, name="information-version"
    ),
    path(f"{OWN}pages/<slug:slug>/reply/<int:pk>/", pages.reply, name="information-reply"),
    path(f"{OWN}contact-points/", pointing.points, name="information-points"),
    path(f"{OWN}contact-points/new/", pointing.register, name="information-new-point"),
    path(f"{OWN}contact-points/<slug:slug>/", pointing.point, name="information-point"),
    path(
        f"{OWN}contact-points/<slug:slug>/change/",
        pointing.register,
        name="information-change-point",
    ),
    path(f"{OWN}campaigns/", telling.campaigns, name="information-campaigns"),
    path(f"{OWN}campaigns/new/", telling.plan, name="information-new-campaign"),
    path(f"{OWN}campaigns/<slug:slug>/", telling.campaign, name="information-campaign"),
    path(f"{OWN}campaigns/<slug:slug>/change/", telling.plan, name="information-change-campaign"),
]
