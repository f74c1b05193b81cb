"""Plans at the desk: those that wait to be agreed, one plan, and judging it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ownway.foundation.council.access import require
from ownway.foundation.council.http import StaffRequest, posted, staff_page
from ownway.foundation.council.queries import now, today
from ownway.foundation.people import queries as people
from ownway.foundation.plan import access as plan_access
from ownway.foundation.plan import queries as plans
from ownway.foundation.record import actions as record
from ownway.foundation.record import queries as records
from ownway.journey.planning import access, actions, queries
from ownway.journey.planning.forms import Judge, PanelAnswer
from ownway.journey.planning.views.opening import REFUSED


@require_GET
@staff_page
def waiting(request: StaffRequest) -> HttpResponse:
    """Plans that wait to be agreed, longest wait first."""
    require(request.user, "people.find")
    found = queries.waiting_to_be_agreed(request.user, at=now())
    return render(request, "planning/waiting.html", {"plans": found, "at": now()})


def _opened(request: StaffRequest, plan_id: int, *, why: str) -> Any:
    at = now()
    plan = queries.plan_for(request.user, plan_id, at=at)
    if plan is None:
        raise Http404("No such plan")
    record.open_person(request.user, plan.person_id, what="your plan", why=why, at=at)
    return plan


@require_GET
@staff_page
def plan(request: StaffRequest, plan_id: int) -> HttpResponse:
    """One plan as its helpers read it."""
    at = now()
    found = _opened(request, plan_id, why="To help with the plan")
    together = [other for other in plans.couple_of(found) if other.pk != found.pk]
    people.tell_apart([found.person, *(other.person for other in together)])
    shown = queries.shown(request.user, [found], on=today())
    tasks = records.tasks_about(request.user, found.person)
    context = {
        "plan": found,
        "shown": shown,
        "weighed": queries.weigh([found])[0],
        "judged": queries.judged(found),
        "together": together,
        "tasks": [task for task in tasks if task.kind.startswith("plan.")],
        "may_write": plan_access.may_write(request.user, found, at=at),
        "may_agree": access.may_agree(request.user, found, at=at),
    }
    return render(request, "planning/plan.html", context)


@require_POST
@staff_page
def helped(request: StaffRequest, plan_id: int) -> HttpResponse:
    """Write down that help with the money part was given."""
    found = _opened(request, plan_id, why="To help with the money part")
    if actions.finish_money_help(found, by=request.staff, at=now()):
        messages.success(request, "Written down: you helped with the money part")
    return redirect("plan", plan_id=found.pk)


@require_http_methods(["GET", "POST"])
@staff_page
def approve(request: StaffRequest, plan_id: int) -> HttpResponse:
    """Three tests with their evidence, and one of three decisions."""
    found = _opened(request, plan_id, why="To agree the plan")
    if not access.may_agree(request.user, found, at=now()):
        raise PermissionDenied("Only a manager who did not write it may agree this plan")
    if found.status != "offered":
        messages.info(request, f"This plan is not waiting to be agreed: {_state(found)}")
        return redirect("plan", plan_id=found.pk)
    approval = queries.approval(found, on=today())
    _log_the_others(request, approval, found)
    form = Judge(posted(request), approval=approval)
    if form.is_valid():
        actions.mark_for_panel(approval.plans, risks=form.panel_risks, by=request.staff, at=now())
        do = {"approve": _approve, "return": _return, "panel": _panel}.get(
            request.POST.get("do", ""), _approve
        )
        if done := do(request, form, approval):
            return done
    return _approve_page(request, found, approval, form=form, panel=PanelAnswer())


def _approve_page(
    request: StaffRequest, found: Any, approval: Any, *, form: Judge, panel: PanelAnswer
) -> HttpResponse:
    context = {
        "plan": found,
        "approval": approval,
        "form": form,
        "face": records.face(approval.clock, at=now()) if approval.clock else None,
        "panel": panel,
        "line_in_words": queries.line_in_words,
        "panel_waits": any(one.facts.panel_waits for one in approval.weighed),
        "asked_to_approve": request.POST.get("do") not in ("return", "panel"),
    }
    status = REFUSED if form.refusals or form.errors or panel.errors else 200
    return render(request, "planning/approve.html", context, status=status)


def _state(plan: Any) -> str:
    return str(plan.get_status_display()).lower()


def _log_the_others(request: StaffRequest, approval: Any, found: Any) -> None:
    """A couple's plans are read together, so each of them was looked at."""
    for other in approval.plans:
        if other.pk != found.pk:
            record.open_person(
                request.user, other.person_id, what="your plan", why="To agree the plan", at=now()
            )


def _approve(request: StaffRequest, form: Judge, approval: Any) -> HttpResponse | None:
    typed = form.cleaned_data
    try:
        agreed = actions.agree(
            approval.plans,
            judged=actions.Judged(**form.judged),
            because=typed["all_the_same"],
            network=form.network,
            departure=form.departure,
            restrictions=typed["restrictions"],
            seen=form.seen,
            by=request.staff,
            at=now(),
        )
    except actions.CannotAgree as refusal:
        form.refuse(refusal.found, gives_way=refusal.gives_way)
        return None
    said = "plans were" if len(agreed) > 1 else "plan was"
    messages.success(request, f"The {said} agreed, and a letter was sent")
    return redirect("plan", plan_id=agreed[0].pk)


def _return(request: StaffRequest, form: Judge, approval: Any) -> HttpResponse | None:
    try:
        actions.return_plans(
            approval.plans, because=form.cleaned_data["reasons"], by=request.staff, at=now()
        )
    except (actions.NeedsReason, actions.CannotAgree) as refusal:
        form.refuse_field("reasons", str(refusal))
        return None
    name = approval.writer.formal_name
    messages.success(request, f"Returned to {name}, who is told why by letter and on their page")
    return redirect("plans")


def _panel(request: StaffRequest, form: Judge, approval: Any) -> HttpResponse | None:
    try:
        actions.ask_panel(
            approval.plans, because=form.cleaned_data["reasons"], by=request.staff, at=now()
        )
    except (actions.NeedsReason, actions.CannotAgree) as refusal:
        form.refuse_field("reasons", str(refusal))
        return None
    messages.success(request, "The risk panel was asked. The plan waits for its answer")
    return redirect("approve", plan_id=approval.plans[0].pk)


@require_POST
@staff_page
def panel_answer(request: StaffRequest, plan_id: int) -> HttpResponse:
    """Write down what the risk panel decided."""
    found = _opened(request, plan_id, why="To agree the plan")
    if not access.may_agree(request.user, found, at=now()):
        raise PermissionDenied("Only a manager who did not write it may agree this plan")
    form, approval = PanelAnswer(request.POST), queries.approval(found, on=today())
    if form.is_valid():
        try:
            answer = form.cleaned_data["answer"]
            actions.write_panel_answer(approval.plans, answer=answer, by=request.staff, at=now())
        except (actions.NeedsReason, actions.CannotAnswer) as refusal:
            form.add_error("answer", str(refusal))
        else:
            messages.success(request, "The panel’s answer was written down")
            return redirect("approve", plan_id=found.pk)
    _log_the_others(request, approval, found)
    return _approve_page(request, found, approval, form=Judge(approval=approval), panel=form)
