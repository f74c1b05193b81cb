"""Where the invented town lies: its postcodes, AL1 to AL9, spread over the grid by a rule."""

from collections.abc import Iterator
from itertools import product
from math import cos, radians, sin
from typing import Final

MILE: Final = 1609.344
TOWN_EAST, TOWN_NORTH = 452_300, 288_700
# Miles east and north of the Town Hall: five districts of the town, four of the country round it.
DISTRICTS: Final = {
    1: (0.0, 0.0),
    2: (1.5, 1.2),
    3: (-1.4, 0.9),
    4: (-1.0, -1.6),
    5: (2.2, -1.4),
    6: (4.5, 3.0),
    7: (-4.8, 3.2),
    8: (-4.2, -5.0),
    9: (6.0, -5.5),
}
LETTERS: Final = "ABDEFGHJLNPQRSTUWXYZ"
METRES_A_LETTER: Final = 28


def postcodes() -> Iterator[tuple[str, int, int, bool]]:
    """Every postcode of the town: squeezed, easting, northing, and that it has not ended."""
    for district, sector in product(DISTRICTS, range(10)):
        east, north = _sector(district, sector)
        for (i, first), (j, second) in product(enumerate(LETTERS), repeat=2):
            yield (
                f"AL{district}{sector}{first}{second}",
                round(east + (i - 9.5) * METRES_A_LETTER),
                round(north + (j - 9.5) * METRES_A_LETTER),
                False,
            )


def _sector(district: int, sector: int) -> tuple[float, float]:
    miles_east, miles_north = DISTRICTS[district]
    spread = 0.3 + 0.09 * sector if district <= 5 else 0.6 + 0.18 * sector
    turn = radians(40 * sector)
    return (
        TOWN_EAST + (miles_east + spread * cos(turn)) * MILE,
        TOWN_NORTH + (miles_north + spread * sin(turn)) * MILE,
    )
