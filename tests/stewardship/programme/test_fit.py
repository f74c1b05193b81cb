"""The greatest share within an envelope is found exactly, whatever the total does."""

from hypothesis import given, settings
from hypothesis import strategies as st

from ownway.stewardship.programme.queries.effect import greatest


@settings(max_examples=60)
@given(
    slope=st.integers(1, 50), offset=st.integers(0, 500), limit=st.integers(0, 20_000),
    start=st.integers(1, 999), every=st.integers(1, 30),
)  # fmt: skip
def test_the_greatest_within_a_limit_is_found_for_any_rising_total(
    slope, offset, limit, start, every
) -> None:
    def total(x: int) -> int:
        return offset + slope * (x // every)

    found = greatest(total, limit=limit, start=(start, total(start)), most=1000)

    if total(0) > limit or total(1000) <= limit:
        assert found is None
    else:
        best = max(x for x in range(1000) if total(x) <= limit)
        assert found == (best, total(best), total(best + 1))
