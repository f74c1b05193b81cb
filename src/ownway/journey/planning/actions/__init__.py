"""Choosing how to plan, writing lines, sending plans, and judging them."""

from ownway.journey.planning.actions.agreeing import agree
from ownway.journey.planning.actions.choosing import choose_how, finish_money_help, start
from ownway.journey.planning.actions.judging import CannotAgree, Judged
from ownway.journey.planning.actions.lines import (
    NeedsAsking,
    add_wish,
    ask_to_change,
    change_line,
    put_by,
    take_out,
)
from ownway.journey.planning.actions.sending import CannotSend, send
from ownway.journey.planning.actions.sending_back import (
    CannotAnswer,
    NeedsReason,
    ask_panel,
    mark_for_panel,
    return_plans,
    write_panel_answer,
)

__all__ = [
    "CannotAgree",
    "CannotAnswer",
    "CannotSend",
    "Judged",
    "NeedsAsking",
    "NeedsReason",
    "add_wish",
    "agree",
    "ask_panel",
    "ask_to_change",
    "change_line",
    "choose_how",
    "finish_money_help",
    "mark_for_panel",
    "put_by",
    "return_plans",
    "send",
    "start",
    "take_out",
    "write_panel_answer",
]
