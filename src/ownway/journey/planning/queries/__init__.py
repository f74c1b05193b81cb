"""What can be asked about plans: by the people they are of, and by whoever agrees them."""

from ownway.journey.planning.queries.approving import (
    Approval,
    approval,
    judged,
    plan_for,
    waiting_to_be_agreed,
    writer_of,
)
from ownway.journey.planning.queries.facts import (
    Weighed,
    can_go,
    change_ratio,
    manager_for,
    manager_over,
    parts_of_life,
    responsible_for,
    support_starts,
    weigh,
    worked_out,
)
from ownway.journey.planning.queries.letters import agreed_body, agreed_title, returned_body
from ownway.journey.planning.queries.reading import (
    Shown,
    SumOfPlan,
    brokers,
    is_in_house,
    shown,
    still_to_write,
    sum_of,
    sum_weighed,
)
from ownway.journey.planning.queries.telling import Next, Wrote, next_in_words, who_wrote
from ownway.journey.planning.queries.wording import called, line_in_words, paid_by

__all__ = [
    "Approval",
    "Next",
    "Shown",
    "SumOfPlan",
    "Weighed",
    "Wrote",
    "agreed_body",
    "agreed_title",
    "approval",
    "brokers",
    "called",
    "can_go",
    "change_ratio",
    "is_in_house",
    "judged",
    "line_in_words",
    "manager_for",
    "manager_over",
    "next_in_words",
    "paid_by",
    "parts_of_life",
    "plan_for",
    "responsible_for",
    "returned_body",
    "shown",
    "still_to_write",
    "sum_of",
    "sum_weighed",
    "support_starts",
    "waiting_to_be_agreed",
    "weigh",
    "who_wrote",
    "worked_out",
    "writer_of",
]
