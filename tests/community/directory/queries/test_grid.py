"""The national grid."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ownway.community.directory.queries.grid import to_grid, to_latitude_longitude


@pytest.mark.parametrize(
    ("latitude", "longitude", "easting", "northing"),
    [
        # Ordnance Survey's water tower at Caister, as GPS gives it.
        (52.657977, 1.716038, 651_409, 313_177),
        # The Royal Observatory at Greenwich, in square TQ 388 773.
        (51.4778, -0.0015, 538_880, 177_320),
    ],
)
def test_a_point_lands_on_the_grid_within_ten_metres(
    latitude: float, longitude: float, easting: int, northing: int
) -> None:
    found = to_grid(latitude, longitude)

    assert found == pytest.approx((easting, northing), abs=10)


@given(st.integers(90_000, 650_000), st.integers(20_000, 1_200_000))
def test_there_and_back_is_within_a_metre(easting: int, northing: int) -> None:
    assert to_grid(*to_latitude_longitude(easting, northing)) == pytest.approx(
        (easting, northing), abs=1
    )
