"""The rules as anybody may read them: what a point is worth, since when, and who answers for it."""

from dataclasses import dataclass
from datetime import date

from ownway.foundation.council import queries as council
from ownway.foundation.council.models import Role, SettingsVersion, Staff
from ownway.journey.allocation.queries.sums import worth, worth_of_a_person
from ownway.policy import domains, money
from ownway.policy.packs import Pack


@dataclass(frozen=True)
class Rules:
    """The live rules of a budget, ready to be read."""

    pack: Pack
    version: SettingsVersion | None
    owner: Staff | None

    @property
    def by_price(self) -> bool:
        """Whether each point has one price; else a table turns points into money."""
        return self.pack.word("ras_method") == "price"

    @property
    def point_price_pence(self) -> int:
        """The price of one point."""
        return self.pack.value("point_price_pence")

    @property
    def carer_point_price_pence(self) -> int:
        """The price of one point for a carer."""
        return self.pack.value("carer_point_price_pence")

    @property
    def factor(self) -> str:
        """The share, as 0.95."""
        return money.decimal(self.pack.value("factor"))

    @property
    def factor_per_pound(self) -> str:
        """The share, as 95p in each £1."""
        return money.per_pound(self.pack.value("factor"))

    @property
    def knots(self) -> list[tuple[int, int]]:
        """The lines of the table, where the council uses one."""
        return list(self.pack.number("points_table").knots)

    @property
    def levels(self) -> str:
        """What each answer is worth."""
        return worth_of_a_person(self.pack)

    @property
    def carer_levels(self) -> str:
        """What each answer of a carer is worth."""
        return worth(domains.CARER_LEVELS, self.pack.number("carer_level_points").table)

    @property
    def example(self) -> tuple[int, int, int]:
        """Ten points at their price, before and after the share, in pence."""
        before = 10 * self.point_price_pence
        after = money.half_up(before * self.pack.value("factor"), money.RATIO)
        return 10, before, after


def rules_now(on: date) -> Rules:
    """The rules in force on a day, with who looks after them."""
    owner = council.staff_members().filter(role=Role.POLICY_OWNER).order_by("pk").first()
    return Rules(council.told_rules(on), council.live_settings(on), owner)
