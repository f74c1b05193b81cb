"""From latitude and longitude to the national grid and back, in metres, to within about five.

Source: Ordnance Survey, A guide to coordinate systems in Great Britain, annexes B and C
(Transverse Mercator on the Airy 1830 ellipsoid; seven-parameter shift from WGS84).
"""

from math import atan2, cos, degrees, radians, sin, sqrt, tan
from typing import Final, NamedTuple


class _Ellipsoid(NamedTuple):
    a: float
    b: float

    @property
    def e2(self) -> float:
        return 1 - (self.b / self.a) ** 2


class _Shift(NamedTuple):
    x: float
    y: float
    z: float
    scale: float
    turn_x: float
    turn_y: float
    turn_z: float

    def back(self) -> "_Shift":
        return _Shift(*(-value for value in self))


AIRY: Final = _Ellipsoid(6_377_563.396, 6_356_256.909)
WGS84: Final = _Ellipsoid(6_378_137.0, 6_356_752.3142)
TO_AIRY: Final = _Shift(-446.448, 125.157, -542.060, 20.4894, -0.1502, -0.2470, -0.8421)
SCALE: Final = 0.9996012717
ORIGIN_LAT, ORIGIN_LONG = radians(49), radians(-2)
ORIGIN_EAST, ORIGIN_NORTH = 400_000, -100_000


def to_grid(latitude: float, longitude: float) -> tuple[int, int]:
    """Easting and northing of a point given as GPS gives it."""
    lat, long = _moved(radians(latitude), radians(longitude), WGS84, AIRY, TO_AIRY)
    nu, rho, eta2 = _radii(lat)
    s, c, t2 = sin(lat), cos(lat), tan(lat) ** 2
    d = long - ORIGIN_LONG
    north = (
        _meridian(lat)
        + ORIGIN_NORTH
        + nu / 2 * s * c * d**2
        + nu / 24 * s * c**3 * (5 - t2 + 9 * eta2) * d**4
        + nu / 720 * s * c**5 * (61 - 58 * t2 + t2**2) * d**6
    )
    east = (
        ORIGIN_EAST
        + nu * c * d
        + nu / 6 * c**3 * (nu / rho - t2) * d**3
        + nu / 120 * c**5 * (5 - 18 * t2 + t2**2 + 14 * eta2 - 58 * t2 * eta2) * d**5
    )
    return round(east), round(north)


def to_latitude_longitude(easting: float, northing: float) -> tuple[float, float]:
    """The point as GPS gives it, in degrees to six places."""
    lat = ORIGIN_LAT
    while abs(gap := northing - ORIGIN_NORTH - _meridian(lat)) > 1e-5:
        lat += gap / (AIRY.a * SCALE)
    nu, rho, eta2 = _radii(lat)
    t, t2, sec = tan(lat), tan(lat) ** 2, 1 / cos(lat)
    d = easting - ORIGIN_EAST
    point = (
        lat
        - t / (2 * rho * nu) * d**2
        + t / (24 * rho * nu**3) * (5 + 3 * t2 + eta2 - 9 * t2 * eta2) * d**4
        - t / (720 * rho * nu**5) * (61 + 90 * t2 + 45 * t2**2) * d**6,
        ORIGIN_LONG
        + sec / nu * d
        - sec / (6 * nu**3) * (nu / rho + 2 * t2) * d**3
        + sec / (120 * nu**5) * (5 + 28 * t2 + 24 * t2**2) * d**5,
    )
    found = _moved(*point, AIRY, WGS84, TO_AIRY.back())
    return round(degrees(found[0]), 6), round(degrees(found[1]), 6)


def _radii(lat: float) -> tuple[float, float, float]:
    bend = 1 - AIRY.e2 * sin(lat) ** 2
    nu = AIRY.a * SCALE / sqrt(bend)
    rho = AIRY.a * SCALE * (1 - AIRY.e2) / bend**1.5
    return nu, rho, nu / rho - 1


def _meridian(lat: float) -> float:
    """Metres along the meridian from the grid's true origin."""
    n = (AIRY.a - AIRY.b) / (AIRY.a + AIRY.b)
    less, more = lat - ORIGIN_LAT, lat + ORIGIN_LAT
    return (
        AIRY.b
        * SCALE
        * (
            (1 + n + 5 / 4 * n**2 + 5 / 4 * n**3) * less
            - (3 * n + 3 * n**2 + 21 / 8 * n**3) * sin(less) * cos(more)
            + 15 / 8 * (n**2 + n**3) * sin(2 * less) * cos(2 * more)
            - 35 / 24 * n**3 * sin(3 * less) * cos(3 * more)
        )
    )


def _moved(
    lat: float, long: float, start: _Ellipsoid, end: _Ellipsoid, by: _Shift
) -> tuple[float, float]:
    """A point on one ellipsoid as a point on another."""
    nu = start.a / sqrt(1 - start.e2 * sin(lat) ** 2)
    x, y, z = nu * cos(lat) * cos(long), nu * cos(lat) * sin(long), (1 - start.e2) * nu * sin(lat)
    k = 1 + by.scale * 1e-6
    rx, ry, rz = (radians(turn / 3600) for turn in (by.turn_x, by.turn_y, by.turn_z))
    x, y, z = (
        by.x + k * x - rz * y + ry * z,
        by.y + rz * x + k * y - rx * z,
        by.z - ry * x + rx * y + k * z,
    )
    flat, found = sqrt(x * x + y * y), atan2(z, sqrt(x * x + y * y) * (1 - end.e2))
    for _ in range(6):
        nu = end.a / sqrt(1 - end.e2 * sin(found) ** 2)
        found = atan2(z + end.e2 * nu * sin(found), flat)
    return found, atan2(y, x)
