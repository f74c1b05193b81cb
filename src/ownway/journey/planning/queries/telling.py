"""What happens next with a plan, and who has written in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max, Q
from django.urls import reverse
from django.utils import timezone

from ownway.foundation.council.access import Viewer
from ownway.foundation.council.models import Staff
from ownway.foundation.plan.models import Plan, Status
from ownway.foundation.record import queries as record
from ownway.foundation.record.models import Event
from ownway.journey.planning.queries.approving import APPROVAL


@dataclass(frozen=True)
class Next:
    """What happens next with a plan: title, day, words, and who does it."""

    title: str
    words: tuple[str, ...]
    who: str
    on: date | None = None
    press: str = ""
    address: str = ""


@dataclass(frozen=True)
class Wrote:
    """Somebody who has written in a plan: who, when last, and what."""

    name: str
    on: datetime
    what: str
    is_provider: bool


WROTE = {
    "plan.opened": "Opened it when you first called.",
    "plan.how_chosen": "Chose how to plan.",
    "plan.money_helped": "Helped with the money part.",
    "plan.sent": "Sent it to be agreed.",
    "plan.returned": "Asked for more before it can be agreed.",
    "plan.panel_asked": "Asked the risk panel.",
    "plan.panel_answered": "Wrote down what the risk panel said.",
    "plan.agreed": "Checked that it is legal, will work and can be paid for, and agreed it.",
    "plan.provider_wrote": "How they will help. They see this part only.",
}
OWNER = "Wrote the plan. You own it and say who may see it."
HELPER = "Helped to write it."
# What somebody did that says more than the rest of what they did.
TELLING = ("plan.agreed", "plan.provider_wrote", "plan.money_helped", "plan.panel_answered")


def who_wrote(viewer: Viewer, chosen: Sequence[Plan]) -> list[Wrote]:
    """Everybody who has written in these plans, whoever wrote last first."""
    events = Event.objects.filter(
        Q(kind__in=WROTE) | Q(kind__startswith="plan."),
        person__in=[plan.person_id for plan in chosen],
        by__isnull=False,
    ).exclude(kind__startswith="plan.shar")
    rows = events.values("by_id", "by__name", "by_as", "kind").annotate(last=Max("at"))
    done: dict[int, list[dict[str, object]]] = {}
    for row in rows.order_by("by_id", "kind"):
        done.setdefault(row["by_id"], []).append(dict(row))
    wrote = [_wrote(viewer, by, own) for by, own in done.items()]
    return sorted(wrote, key=lambda one: (one.name != "You", one.is_provider, -one.on.timestamp()))


def _wrote(viewer: Viewer, by: int, own: list[dict[str, object]]) -> Wrote:
    kinds = {str(row["kind"]) for row in own}
    provider = "plan.provider_wrote" in kinds
    is_viewer = by == viewer.pk
    name = "You" if is_viewer else str(own[0]["by_as"] if provider else own[0]["by__name"])
    if is_viewer:
        what = OWNER
    else:
        telling = next((kind for kind in TELLING if kind in kinds), "")
        plain = next((WROTE[kind] for kind in sorted(kinds) if kind in WROTE), HELPER)
        wrote_words = kinds - set(WROTE)
        what = WROTE[telling] if telling else HELPER if wrote_words else plain
    last = max(row["last"] for row in own)  # type: ignore[type-var]
    assert isinstance(last, datetime)
    return Wrote(name, last, what, provider)


def next_in_words(chosen: Sequence[Plan], *, worker: Staff | None, manager: Staff | None) -> Next:
    """What happens next with somebody's plans: one answer, by the plan that is furthest back."""
    back = next((plan for plan in chosen if plan.status == Status.RETURNED), None)
    if back:
        return _next_returned(back)
    if all(plan.status == Status.AGREED for plan in chosen):
        return _next_agreed(chosen, worker)
    sent = next((plan for plan in chosen if plan.status == Status.OFFERED), None)
    return _next_sent(sent, manager) if sent else _next_writing(chosen[0], worker)


def _next_returned(plan: Plan) -> Next:
    return Next(
        "Add a little more",
        (f"We need this before your plan can be agreed: “{plan.returned_because}”",),
        "you, with help if you like",
        press="Send it again when it is ready",
        address=reverse("send-plan"),
    )


def _next_agreed(chosen: Sequence[Plan], worker: Staff | None) -> Next:
    name = worker.first_name if worker else "Someone"
    both = "you both" if len(chosen) > 1 else "you"
    return Next(
        "Your first review",
        (
            f"{name} will sit down with {both}. You will talk about what works, what doesn’t, "
            "and what you want to change.",
        ),
        worker.name if worker else "someone from our team",
        on=chosen[0].review_on,
    )


def _next_sent(plan: Plan, manager: Staff | None) -> Next:
    clock = record.clock_of(plan.person, APPROVAL, subject=f"plan:{plan.pk}")
    due = timezone.localtime(clock.due_at).date() if clock else None
    return Next(
        "We look at your plan",
        ("We check that it is legal, will work, and can be paid for. You can still change it.",),
        manager.name if manager else "a manager",
        on=due,
    )


def _next_writing(plan: Plan, worker: Staff | None) -> Next:
    if not plan.how:
        return Next(
            "Choose how to plan",
            ("You can plan on your own, with someone close, or with someone who knows how.",),
            "you",
            press="Choose how to plan",
            address=reverse("choose-how"),
        )
    helper = f"you. {worker.first_name} helps if you ask" if worker else "you"
    return Next(
        "Write your plan",
        ("Take your time. Each page is saved, and you can stop and come back.",),
        helper,
        press="Send it to be agreed when it is ready",
        address=reverse("send-plan"),
    )
