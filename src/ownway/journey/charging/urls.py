"""Addresses of what is paid: the person's, the officer's, and those about everybody."""

from django.urls import path

from ownway.journey.charging.views import benefits, desk, own_care, papers, resident, uprating

MINE = "my/finances/<int:person_id>/"
DESK = "desk/people/<int:person_id>/charge/"

urlpatterns = [
    path(MINE, resident.my_finances, name="my-finances"),
    path(f"{MINE}services/", resident.try_services, name="try-services"),
    path(f"{MINE}check/", resident.check, name="my-finances-check"),
    path(f"{MINE}not-say/", resident.refuse, name="my-finances-refuse"),
    path(f"{MINE}take-back/", resident.take_back, name="my-finances-take-back"),
    path(f"{MINE}papers/", resident.papers, name="my-finances-papers"),
    path(f"{MINE}papers/<int:evidence_id>/", papers.my_paper, name="my-finances-paper"),
    path(
        f"{MINE}papers/<int:evidence_id>/remove/",
        resident.remove_paper,
        name="my-finances-paper-remove",
    ),
    path(f"{MINE}look-again/", resident.look_again, name="charge-look-again"),
    path(f"{MINE}benefits/", benefits.my_benefits, name="my-benefits"),
    path(f"{MINE}own-care/", own_care.own_care, name="my-own-care"),
    path(f"{MINE}<slug:key>/", resident.question, name="my-finances-question"),
    path(DESK, desk.charge, name="charge"),
    path(f"{DESK}checked/", desk.confirm, name="charge-checked"),
    path(f"{DESK}not-asked/", desk.need_not_ask, name="charge-not-asked"),
    path(f"{DESK}papers/<int:evidence_id>/", papers.paper, name="charge-paper"),
    path(f"{DESK}benefits/", benefits.benefits, name="benefit-look"),
    path(f"{DESK}benefits/<int:claim_id>/", benefits.rework, name="benefit-rework"),
    path(f"{DESK}offers/<int:offer_id>/", own_care.settle, name="charge-offer-settled"),
    path("council/uprating/", uprating.upratings, name="upratings"),
    path("council/uprating/<int:uprating_id>/", uprating.uprating, name="uprating"),
    path("council/uprating/<int:uprating_id>/letters/", uprating.tell_now, name="uprating-letters"),
    path("council/uprating/<int:uprating_id>/undo/", uprating.undo, name="uprating-undo"),
    path(f"{DESK}answer/<int:asked_id>/", desk.answer, name="charge-answer"),
]
