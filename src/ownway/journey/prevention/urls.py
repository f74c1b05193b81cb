"""Addresses of equipment, the five points, the store, and partners."""

from django.urls import path

from ownway.journey.prevention.views import (
    answering,
    item,
    keeping,
    my,
    partners,
    person,
    public,
    shop,
    store,
)

urlpatterns = [
    path("can-you-take/<str:token>/", answering.partner_answer, name="partner-answer"),
    path("check/equipment/", public.start, name="equipment-check"),
    path("check/equipment/answer/", public.answer, name="equipment-answer"),
    path("check/equipment/ask/", public.wanted, name="equipment-ask"),
    path("check/equipment/you/", public.reach, name="equipment-reach"),
    path("check/equipment/send/", public.send, name="equipment-send"),
    path("check/equipment/sent/", public.sent, name="equipment-sent"),
    path("check/equipment/shops/", public.shops, name="equipment-shops-near"),
    path("check/equipment/<str:key>/", public.question, name="equipment-question"),
    path("my/things/", my.things, name="my-things"),
    path("desk/people/<int:person_id>/equipment/", person.equipment, name="equipment"),
    path("desk/people/<int:person_id>/equipment/<int:item_id>/", item.item, name="equipment-item"),
    path("desk/people/<int:person_id>/checklist/", person.checklist, name="checklist"),
    path("desk/people/<int:person_id>/benefits/", person.benefits, name="benefit-check"),
    path("desk/people/<int:person_id>/partners/", partners.partners, name="partners"),
    path(
        "desk/people/<int:person_id>/partners/asked/<int:referral_id>/",
        partners.referral,
        name="partner-referral",
    ),
    path("desk/people/<int:person_id>/partners/<slug:key>/", partners.refer, name="partner-refer"),
    path("desk/equipment/", store.store, name="store"),
    path("desk/equipment/store/<slug:key>/", store.stock_line, name="stock-line"),
    path("desk/equipment/loans/", store.loans, name="loans"),
    path("desk/equipment/recalls/", store.recalls, name="recalls"),
    path("desk/equipment/recalls/<int:number>/", store.recall, name="recall"),
    path("desk/equipment/catalogue/", keeping.catalogue, name="equipment-catalogue"),
    path(
        "desk/equipment/catalogue/things/<slug:key>/", keeping.catalogue_item, name="catalogue-item"
    ),
    path(
        "desk/equipment/catalogue/flags/<slug:key>/", keeping.catalogue_flag, name="catalogue-flag"
    ),
    path("desk/equipment/shops/", keeping.shops, name="equipment-shops"),
    path("desk/partners/", keeping.offers, name="partner-offers"),
    path("desk/partners/<slug:key>/", keeping.offer, name="partner-offer"),
    path("partner/codes/", shop.codes, name="shop-codes"),
]
