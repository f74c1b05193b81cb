"""What can be done with money: write the ledger, choose a way, prepare, release, send, run."""

from ownway.journey.budgets.actions.choosing import (
    CannotChoose,
    agree,
    begin,
    begin_with,
    choose_bank,
    choose_helper,
    choose_holder,
    choose_lines,
    choose_way,
)
from ownway.journey.budgets.actions.ledger import (
    CannotPost,
    Posting,
    open_account,
    post,
    post_all,
    reverse,
)
from ownway.journey.budgets.actions.paying import (
    CannotPay,
    prepare,
    release,
    send,
    take_back,
)
from ownway.journey.budgets.actions.repricing import keep_parts_that_begin, reprice
from ownway.journey.budgets.actions.running import (
    Ran,
    Session,
    Start,
    open_four_weeks,
    pay_session,
    run,
    sessions_due,
    starts_due,
    would_run,
)
from ownway.journey.budgets.actions.schedule import name_payee

__all__ = [
    "CannotChoose",
    "CannotPay",
    "CannotPost",
    "Posting",
    "Ran",
    "Session",
    "Start",
    "agree",
    "begin",
    "begin_with",
    "choose_bank",
    "choose_helper",
    "choose_holder",
    "choose_lines",
    "choose_way",
    "keep_parts_that_begin",
    "name_payee",
    "open_account",
    "open_four_weeks",
    "pay_session",
    "post",
    "post_all",
    "prepare",
    "release",
    "reprice",
    "reverse",
    "run",
    "send",
    "sessions_due",
    "starts_due",
    "take_back",
    "would_run",
]
