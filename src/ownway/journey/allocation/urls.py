"""Addresses of budgets."""

from django.urls import path

from ownway.journey.allocation.views import desk, more, public, resident

HOW = "how-a-budget-is-worked-out/"

urlpatterns = [
    path(HOW, public.how_a_budget_is_worked_out, name="how-a-budget-is-worked-out"),
    path(f"{HOW}try/", public.try_a_budget, {"who": "person"}, name="try-a-budget"),
    path(f"{HOW}try/carer/", public.try_a_budget, {"who": "carer"}, name="try-a-carer-budget"),
    path(f"{HOW}record/", public.transparency, name="transparency-record"),
    path(f"{HOW}record.json", public.transparency_as_json, name="transparency-json"),
    path(f"{HOW}record.csv", public.transparency_as_csv, name="transparency-csv"),
    path("my/money/<int:person_id>/try/", resident.try_answers, name="try-answers"),
    path("my/money/<int:person_id>/look-again/", resident.look_again, name="look-again"),
    path("my/money/<int:person_id>/letter/", resident.write_letter, name="write-budget-letter"),
    path("my/money/<int:person_id>/more/", resident.ask_for_more, name="ask-for-more"),
    path("desk/people/<int:person_id>/budget/", desk.budget, name="budget"),
    path("desk/people/<int:person_id>/budget/more/", more.more, name="more"),
    path("desk/people/<int:person_id>/budget/more/<int:more_id>/", more.decide, name="more-decide"),
    path("desk/people/<int:person_id>/budget/letter/", desk.letter, name="budget-letter"),
    path("desk/people/<int:person_id>/budget/call/", desk.call, name="budget-call"),
    path(
        "desk/people/<int:person_id>/budget/look-again/<int:asked_id>/",
        desk.answer,
        name="budget-answer",
    ),
]
