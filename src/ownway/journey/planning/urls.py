"""Addresses of planning: a resident's plan, and the desk where plans are agreed."""

from django.urls import path

from ownway.journey.planning.views import choosing, desk, lines, resident, words

urlpatterns = [
    path("my/plan/start/", resident.start_plan, name="start-plan"),
    path("my/plan/how/", choosing.choose_how, name="choose-how"),
    path("my/plan/how/who/", choosing.who_helps, name="who-helps"),
    path("my/plan/how/broker/", choosing.choose_broker, name="choose-broker"),
    path("my/plan/send/", resident.send_plan, name="send-plan"),
    path("plans/lines/<int:line_id>/", lines.line, name="line"),
    path("plans/lines/<int:line_id>/wish/", lines.wish, name="line-wish"),
    path("plans/lines/<int:line_id>/support/", lines.support, name="line-support"),
    path("plans/lines/<int:line_id>/cost/", lines.cost, name="line-cost"),
    path("plans/lines/<int:line_id>/remove/", lines.remove, name="line-remove"),
    path("plans/lines/<int:line_id>/ask/", lines.ask_first, name="line-ask"),
    path("plans/risks/<int:risk_id>/", words.risk, name="risk"),
    path("plans/risks/<int:risk_id>/remove/", words.remove_risk, name="risk-remove"),
    path("plans/<int:plan_id>/lines/new/", lines.new_line, name="new-line"),
    path("plans/<int:plan_id>/put-by/", lines.put_by, name="put-by"),
    path("plans/<int:plan_id>/risks/new/", words.new_risk, name="new-risk"),
    path("plans/<int:plan_id>/<slug:about>/", words.write, name="plan-words"),
    path("desk/plans/", desk.waiting, name="plans"),
    path("desk/plans/<int:plan_id>/", desk.plan, name="plan"),
    path("desk/plans/<int:plan_id>/approve/", desk.approve, name="approve"),
    path("desk/plans/<int:plan_id>/panel/", desk.panel_answer, name="panel-answer"),
    path("desk/plans/<int:plan_id>/helped/", desk.helped, name="money-helped"),
]
