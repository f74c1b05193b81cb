"""Which links about a person somebody is shown: those to pages that their role opens, no others."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from django.urls import Resolver404, resolve

from ownway.foundation.council.access import Viewer, may
from ownway.foundation.record.models import Task
from ownway.pages.stages import Stage

# The power that each page asks for. What is not here is open to all staff who see the person.
OPENED_BY: Final[Mapping[str, str]] = {
    "application": "contact.take",
    "applications": "contact.take",
    "approve": "plan.agree",
    "benefit-check": "prevention.do",
    "benefit-look": "charge.work_out",
    "benefit-rework": "charge.work_out",
    "call-back": "contact.take",
    "capacity": "assessment.do",
    "carer": "assessment.do",
    "carer-says": "assessment.do",
    "change-details": "people.change",
    "charge": "charge.work_out",
    "charge-answer": "charge.work_out",
    "charge-checked": "charge.work_out",
    "charge-not-asked": "charge.work_out",
    "charge-paper": "charge.work_out",
    "checklist": "prevention.do",
    "concern": "contact.take",
    "contact": "contact.take",
    "contact-helped": "contact_points.help",
    "equipment": "prevention.do",
    "equipment-item": "prevention.do",
    "family": "people.change",
    "find-payee": "pay.prepare",
    "first-call": "contact.take",
    "forms-for": "assessment.do",
    "new-contact": "contact.take",
    "outbox": "outbox.read",
    "partner-refer": "prevention.do",
    "partner-referral": "prevention.do",
    "partners": "prevention.do",
    "payments": "pay.release",
    "reablement": "assessment.do",
}


def may_open(viewer: Viewer, address: str) -> bool:
    """Say whether a link leads somewhere for this viewer."""
    if not address:
        return False
    try:
        name = resolve(address.partition("?")[0]).url_name
    except Resolver404:
        return False
    power = OPENED_BY.get(name or "")
    return power is None or may(viewer, power)


def stages_to_open(viewer: Viewer, stages: list[Stage]) -> list[Stage]:
    """The stages, each with its address only where the viewer may go there."""
    return [
        stage if may_open(viewer, stage.address) else replace(stage, address="") for stage in stages
    ]


def addresses_to_open(viewer: Viewer, tasks: list[Task]) -> dict[int, str]:
    """Where each task is done, by its number; only those the viewer may open."""
    return {task.pk: task.address for task in tasks if may_open(viewer, task.address)}
