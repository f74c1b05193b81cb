"""The letter about what somebody pays: the whole sum, by which rules, and what if it is wrong."""

from typing import Any

from ownway.design.dates import plain_date
from ownway.design.money import pounds
from ownway.foundation.council.models import Identity, Staff
from ownway.foundation.people.models import Person
from ownway.foundation.record.models import Decision
from ownway.journey.allocation.queries import Words, answer_within, words_for
from ownway.journey.charging.models import Charge
from ownway.journey.charging.queries.charges import (
    how_we_got_there,
    is_full_cost,
    pays_for_own_care,
)

Block = dict[str, Any]


def charge_title(charge: Charge, *, to: Person) -> str:
    """What you pay from 30 January 2026."""
    subject = words_for(charge.person, is_reader=to.pk == charge.person_id)
    return f"What {subject.name} pay{subject.s} from {plain_date(charge.starts_on)}"


def charge_body(
    charge: Charge,
    *,
    to: Person,
    before: Charge | None,
    council: Identity,
    worker: Staff | None,
    note: str = "",
) -> list[Block]:
    """The whole letter as blocks."""
    subject = words_for(charge.person, is_reader=to.pk == charge.person_id)
    return [
        *_what(charge, subject, before=before),
        *([_text(note)] if note else []),
        *_sum(charge, subject),
        _text(rules_in_words(charge.decision, council=council)),
        *_same(charge, subject),
        *_next(charge, subject, council=council),
        *_if_wrong(council, worker, subject, days=answer_within(charge.starts_on)),
    ]


def _what(charge: Charge, subject: Words, *, before: Charge | None) -> list[Block]:
    who = subject.name[:1].upper() + subject.name[1:]
    since = plain_date(charge.starts_on)
    if not charge.charge_pence:
        all_of_it = "" if charge.nhs_pays_pence else " all"
        said = f"{who} pay{subject.s} nothing from {since}. The council pays{all_of_it}"
        blocks = [_text(f"{said} {pounds(charge.council_pays_pence)} a week.")]
    elif is_full_cost(charge):
        blocks = [
            _text(
                f"From {since} {subject.name} pay{subject.s} the whole cost of the care: "
                f"{pounds(charge.charge_pence)} a week."
            )
        ]
    else:
        blocks = [
            _text(
                f"From {since} {subject.name} pay{subject.s} {pounds(charge.charge_pence)} a week. "
                f"The council pays {pounds(charge.council_pays_pence)}."
            )
        ]
    if charge.nhs_pays_pence:
        blocks.append(_text(f"The NHS pays {pounds(charge.nhs_pays_pence)} a week for nursing."))
    if before is not None and before.charge_pence != charge.charge_pence:
        blocks.append(_text(f"Until then it is {pounds(before.charge_pence)} a week."))
    return blocks


def _sum(charge: Charge, subject: Words) -> list[Block]:
    *rows, total = how_we_got_there(charge, subject=subject)
    if not rows:
        return [_text(note) for note in _all_notes(charge, subject)[:1]]
    return [
        {
            "kind": "table",
            "caption": "The sum, step by step",
            "head": ["Step", "Each week"],
            "rows": [list(row) for row in rows],
            "total": list(total),
        },
        *[_text(note) for note in _notes(charge, subject)],
    ]


def _notes(charge: Charge, subject: Words) -> list[str]:
    """What the rules say beside their steps; that it is the same however spent is said below."""
    said_below = "" if pays_for_own_care(charge) else "charge"
    return _all_notes(charge, subject, but=said_below)


def _all_notes(charge: Charge, subject: Words, *, but: str = "") -> list[str]:
    """Every note; why there was no full look is said to the reader, as the rest of the letter."""
    why = _NO_FULL_LOOK.get(charge.decision.result.get("because", ""), "")
    spoken = why.format(
        who=subject.name, Who=subject.name[:1].upper() + subject.name[1:], s=subject.s,
        has="has" if subject.s else "have",
    )  # fmt: skip
    return [
        spoken if spoken and step["name"] == "charge" else step["note"]
        for step in charge.decision.worked["steps"]
        if step["note"] and step["name"] != but
    ]


_NO_FULL_LOOK = {
    "light_touch_refuses_details": "{Who} chose not to give details of money, so {who} pay{s} "
    "the full cost.",
    "light_touch_small_charge": "The charge is small, and it is plain that {who} can pay it.",
    "light_touch_passported": "A benefit already shows that {who} {has} no more than is needed "
    "to live on.",
}


def rules_in_words(decision: Decision, *, council: Identity) -> str:
    """Worked out by Alderbrook’s charging rules, rules version 1, in use since 5 January 2026."""
    version = decision.settings_version
    since = (
        f", rules version {version.number}, in use since {plain_date(version.starts_on)}"
        if version
        else ""
    )
    return (
        f"Worked out for {plain_date(decision.decided_on)} by {council.short_name}’s charging "
        f"rules{since}. Under them are the national rules {decision.pack} "
        f"{decision.pack_version}. We keep both, so that this sum can be worked out again."
    )


def _same(charge: Charge, subject: Words) -> list[Block]:
    if not charge.charge_pence or pays_for_own_care(charge):
        return []
    return [
        _text(
            f"{subject.he[:1].upper()}{subject.he[1:]} pay{subject.ends} the same whichever "
            f"support {subject.he} pick{subject.ends}, and however the money is paid. It is never "
            "more than the budget."
        )
    ]


def _next(charge: Charge, subject: Words, *, council: Identity) -> list[Block]:
    heading = {"kind": "heading", "text": "What happens next"}
    if pays_for_own_care(charge):
        return [
            heading,
            _text(
                f"{subject.he[:1].upper()}{subject.he[1:]} can use our guide, our directory and "
                "our plan, like everyone else. Sign in to see what we can do to help."
            ),
        ]
    tell = f"If {subject.his} money changes, tell us within a month. We then work it out again."
    return [heading, _text(tell)]


def _if_wrong(council: Identity, worker: Staff | None, subject: Words, *, days: int) -> list[Block]:
    tell = f"Tell {worker.name}" if worker else "Tell us"
    phone = worker.phone if worker and worker.phone else council.phone
    return [
        {"kind": "heading", "text": "If you think this is wrong"},
        {
            "kind": "list",
            "items": [
                f"{tell}: {phone}. Most things can be put right with a call.",
                f"Ask us to look again. You will hear within {days} working days.",
                "Get free help to speak up from a group that is not the council.",
                f"Complain: {council.phone} or {council.email}.",
            ],
        },
        _text(f"It won’t harm {subject.his} support or slow it down."),
    ]


def _text(words: str) -> Block:
    return {"kind": "text", "text": words}
