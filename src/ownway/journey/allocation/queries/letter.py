"""The budget letter: points, help of the family, price, share, sum, and how to say it is wrong."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from ownway.design.dates import plain_date
from ownway.design.ladder import Rung
from ownway.design.money import pounds
from ownway.foundation.council.models import Identity, Staff
from ownway.foundation.people.models import Person
from ownway.journey.allocation.models import IndicativeBudget, Side
from ownway.journey.allocation.queries.budgets import Together
from ownway.journey.allocation.queries.sums import Reader, rungs, words_for

Block = dict[str, Any]


def first_of(found: Together) -> Person:
    """Whose sum a letter begins with: the person's, or the carer's where hers is all there is."""
    return found.budgets[0].person


def letter_title(found: Together, *, to: Person) -> str:
    """How we worked out Harold’s budget."""
    first = first_of(found)
    subject = words_for(first, is_reader=to.pk == first.pk)
    return f"How we worked out {subject.whose} budget"


def letter_body(
    found: Together, *, to: Person, council: Identity, worker: Staff | None, owner: str
) -> list[Block]:
    """The whole letter as blocks, for whichever of a couple it is written to."""
    reader = _reader(found, to)
    blocks: list[Block] = []
    for budget in found.budgets:
        of_carer = words_for(budget.person, is_reader=budget.person_id == to.pk)
        spoken = replace(reader, carer=of_carer) if budget.side == Side.CARER else reader
        blocks += _one_sum(budget, reader=spoken, council=council, owner=owner)
    if len(found.budgets) > 1:
        both = " and ".join(pounds(budget.weekly_pence) for budget in found.budgets)
        blocks.append(_text(f"Together: {both} make {pounds(found.weekly_pence)} a week."))
    return [*blocks, *_next(worker), *_if_wrong(council, worker)]


def _reader(found: Together, to: Person) -> Reader:
    carers = found.couple.who_care
    carer = next((one for one in carers if one.pk == to.pk), next(iter(carers), None))
    is_person = to.pk == found.couple.person.pk
    person = words_for(found.couple.person, is_reader=is_person)
    spoken_to = carer is not None and carer.pk == to.pk
    return Reader(
        person=person,
        carer=words_for(carer, is_reader=spoken_to) if carer else person,
        is_carer=spoken_to,
        is_person=is_person,
    )


def _one_sum(
    budget: IndicativeBudget, *, reader: Reader, council: Identity, owner: str
) -> list[Block]:
    steps = rungs(budget, reader=reader, council=council.short_name, owner=owner)
    subject = reader.person if budget.side == Side.PERSON else reader.carer
    own = " own" if budget.side == Side.CARER else ""
    opening = (
        f"{subject.Whose}{own} budget is {pounds(budget.weekly_pence)} a week. This is a guide, "
        f"not a limit. If it does not pay for the support {subject.he} need{subject.ends}, tell us "
        "and we must look again."
    )
    worked_out = f"Worked out on {plain_date(budget.at)}."
    return [
        {"kind": "heading", "text": f"{subject.Whose}{own} budget"},
        _text(opening),
        _text(worked_out),
        _sum_table(steps, budget),
        _text(f"In one line: {budget.decision.worked['formula']}"),
        *_raised(budget),
        *_working(steps),
    ]


def _raised(budget: IndicativeBudget) -> list[Block]:
    """Why a budget is not what the sum came to, where it is not."""
    came_to = budget.decision.result["weekly_pence"]
    if budget.weekly_pence == came_to:
        return []
    now = f"The sum came to {pounds(came_to)}. The budget is {pounds(budget.weekly_pence)}."
    return [_text(f"{now} Why: {budget.because}" if budget.because else now)]


def _sum_table(steps: Sequence[Rung], budget: IndicativeBudget) -> Block:
    rows = [
        [f"{step.said} {step.title}".strip(), f"{step.figure} {step.unit}".strip()]
        for step in steps
    ]
    *rows, total = rows
    return {
        "kind": "table",
        "caption": "The sum, step by step",
        "head": ["Step", "Figure"],
        "rows": rows,
        "total": total,
    }


def _working(steps: Sequence[Rung]) -> list[Block]:
    blocks: list[Block] = []
    for step in steps:
        if step.table is not None:
            blocks.append(
                {
                    "kind": "table",
                    "caption": f"{step.title}. {step.table.caption}",
                    "head": list(step.table.head),
                    "rows": [list(row) for row in step.table.rows],
                    "total": [step.table.total[0], "", step.table.total[1]],
                }
            )
        if step.words:
            blocks.append(_text(f"{step.title}: {step.figure}. {' '.join(step.words)}"))
    return blocks


def _next(worker: Staff | None) -> list[Block]:
    helper = f" {worker.first_name} will help if you ask." if worker else ""
    return [
        {"kind": "heading", "text": "What happens next"},
        _text(
            "You write a plan: on your own, with family or a friend, with a helper, or with us."
            f"{helper}"
        ),
    ]


def _if_wrong(council: Identity, worker: Staff | None) -> list[Block]:
    tell = f"Tell {worker.name}" if worker else "Tell us"
    phone = worker.phone if worker and worker.phone else council.phone
    return [
        {"kind": "heading", "text": "If you think this is wrong"},
        {
            "kind": "list",
            "items": [
                f"{tell}: {phone}. Most things can be put right with a call.",
                "Ask for someone new to look at it.",
                "Get free help to speak up from a group that is not the council.",
                f"Complain: {council.phone} or {council.email}.",
            ],
        },
        _text("It won’t harm your support or slow it down."),
    ]


def _text(words: str) -> Block:
    return {"kind": "text", "text": words}
