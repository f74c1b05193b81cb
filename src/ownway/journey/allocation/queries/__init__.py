"""What can be asked about budgets: who is in one sum, the gate, the budgets, how a sum reads."""

from ownway.journey.allocation.queries.budgets import (
    Couple,
    Together,
    budget_of,
    budgets_before,
    calls_to_make,
    couple_of,
    open_request,
    pack_of,
    request_in,
    requests_about,
    together,
    together_for,
    with_budgets,
)
from ownway.journey.allocation.queries.explaining import Explained, explained, fact_at, wanted
from ownway.journey.allocation.queries.gate import (
    Missing,
    facts_for,
    missing,
    why_not,
    with_reason,
)
from ownway.journey.allocation.queries.letter import first_of, letter_body, letter_title
from ownway.journey.allocation.queries.rules import Rules, rules_now
from ownway.journey.allocation.queries.sums import Reader, Rung, Words, reader_of, rungs, words_for
from ownway.journey.allocation.queries.transparency import Record, transparency_record
from ownway.journey.allocation.queries.trying import Trial, blank_answers, start_answers, trial

__all__ = [
    "Couple",
    "Explained",
    "Missing",
    "Reader",
    "Record",
    "Rules",
    "Rung",
    "Together",
    "Trial",
    "Words",
    "blank_answers",
    "budget_of",
    "budgets_before",
    "calls_to_make",
    "couple_of",
    "explained",
    "fact_at",
    "facts_for",
    "first_of",
    "letter_body",
    "letter_title",
    "missing",
    "open_request",
    "pack_of",
    "reader_of",
    "request_in",
    "requests_about",
    "rules_now",
    "rungs",
    "start_answers",
    "together",
    "together_for",
    "transparency_record",
    "trial",
    "wanted",
    "why_not",
    "with_budgets",
    "with_reason",
    "words_for",
]
