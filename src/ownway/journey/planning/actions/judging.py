"""What every judgement of plans shares: a lock, a kept judgement, closing what waited for it."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from ownway.foundation.council.models import Staff
from ownway.foundation.plan.models import Plan
from ownway.foundation.record import actions as record
from ownway.foundation.record import queries as records
from ownway.journey.planning import access
from ownway.journey.planning.models import Judgement, Outcome
from ownway.journey.planning.queries import Weighed
from ownway.journey.planning.queries.approving import APPROVAL
from ownway.policy.packs import Pack
from ownway.policy.planning import Objection


@dataclass(frozen=True)
class Judged:
    """What whoever agrees a plan judged of it; only their own yes counts, the evidence helps."""

    legal: bool | None
    effective: bool | None
    affordable: bool | None

    def of(self, test: str) -> bool | None:
        """What was judged of one test; None is not judged yet."""
        judged: bool | None = getattr(self, test)
        return judged


class CannotAgree(Exception):
    """Plans that cannot be agreed yet: every objection, with the plan it is about."""

    def __init__(self, found: Sequence[tuple[Plan | None, Objection]]) -> None:
        self.found = tuple(found)
        super().__init__("; ".join(objection.text for _, objection in found))

    @property
    def gives_way(self) -> bool:
        """Whether a recorded reason would overcome all of it."""
        return not any(objection.firm for _, objection in self.found)


def lock(chosen: Sequence[Plan], *, by: Staff, at: datetime) -> list[Plan]:
    """Lock plans, once it is sure that `by` may judge every one of them.

    Raises:
        PermissionDenied: they may not.
    """
    for plan in chosen:
        access.require_may_agree(by, plan, at=at)
    locked = Plan.objects.select_for_update(of=("self",)).filter(pk__in=[p.pk for p in chosen])
    return list(locked.select_related("person", "offered_by__staff").order_by("pk"))


def keep(
    one: Weighed,
    outcome: Outcome,
    because: str,
    *,
    rules: Pack,
    by: Staff,
    at: datetime,
    judged: Judged | None = None,
) -> Judgement:
    """Keep one judgement of one plan with the evidence as it stood."""
    return Judgement.objects.create(
        plan=one.plan,
        outcome=outcome,
        at=at,
        by=by,
        evidence=[
            {"test": check.test, "said": check.said, "met": check.objection is None}
            for check in one.checks
        ],
        because=because.strip(),
        departure_because=one.facts.departure_because if one.differs else "",
        planned_pence=one.facts.planned_pence,
        worked_out_pence=one.facts.worked_out_pence,
        decision=one.decision,
        pack_hash=rules.hash,
        **(asdict(judged) if judged else {}),
    )


def close(locked: Sequence[Plan], *, by: Staff, at: datetime) -> None:
    """Stop the clocks and settle the tasks of a look at these plans."""
    for plan in locked:
        clock = records.clock_of(plan.person, APPROVAL, subject=f"plan:{plan.pk}")
        record.stop_clock(clock, at=at)
        record.finish_tasks(APPROVAL, person=plan.person, by=by.sign_in, at=at)
