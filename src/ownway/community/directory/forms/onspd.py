"""The ONS Postcode Directory, or any CSV with its columns, as places on the grid, row by row."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from ownway.community.directory.forms.jsonfeed import CannotRead
from ownway.community.directory.forms.reading import Fault
from ownway.community.directory.models.places import MOST_EASTING, MOST_NORTHING
from ownway.community.directory.queries.places import POSTCODE

POSTCODE_COLUMNS: Final = ("pcds", "pcd", "pcd2", "pcd7", "pcd8")
EAST: Final = ("oseast1m", "east1m")
NORTH: Final = ("osnrth1m", "north1m")
MOST_FAULTS: Final = 1000


class PostcodeFile:
    """Reads a file of any size a row at a time. `without_place` counts rows that have no point."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.faults: list[Fault] = []
        self.without_place = 0

    def rows(self) -> Iterator[tuple[str, int, int, bool]]:
        """Yield squeezed postcode, easting, northing, and whether it has ended.

        Raises:
            CannotRead: it is not CSV, or has not the columns.
        """
        try:
            with self.path.open(encoding="utf-8-sig", newline="") as file:
                yield from self._rows(csv.DictReader(file, strict=True))
        except UnicodeDecodeError as error:
            raise CannotRead(self.path.name, 1, "The file is not UTF-8 text") from error
        except csv.Error as error:
            raise CannotRead(self.path.name, 1, f"This is not CSV: {error}") from error
        except OSError as error:
            told = f"The file cannot be opened: {error.strerror}"
            raise CannotRead(self.path.name, 0, told) from error

    def _rows(self, reader: "csv.DictReader[str]") -> Iterator[tuple[str, int, int, bool]]:
        names = {str(name).strip().lower(): name for name in reader.fieldnames or []}
        code, east, north = (
            self._column(names, wanted) for wanted in (POSTCODE_COLUMNS, EAST, NORTH)
        )
        ended = names.get("doterm", "")
        for row in reader:
            yield from self._row(
                row[code], row[east], row[north], row.get(ended), line=reader.line_num
            )

    def _column(self, names: dict[str, str], wanted: tuple[str, ...]) -> str:
        for name in wanted:
            if name in names:
                return names[name]
        raise CannotRead(self.path.name, 1, f"There is no column called {wanted[0]}")

    def _row(
        self,
        code: str | None,
        east: str | None,
        north: str | None,
        ended: str | None,
        *,
        line: int,
    ) -> Iterator[tuple[str, int, int, bool]]:
        squeezed = (code or "").replace(" ", "").upper()
        if not POSTCODE.fullmatch(squeezed) or len(squeezed) > 7:
            self._fault(line, f"“{(code or '')[:20]}” is not a postcode")
        elif not (east or "").strip() or not (north or "").strip():
            self.without_place += 1
        elif not _on_grid(east, MOST_EASTING) or not _on_grid(north, MOST_NORTHING):
            self._fault(line, f"“{east}, {north}” is not a place on the grid, in metres")
        else:
            yield squeezed, int(east or 0), int(north or 0), bool((ended or "").strip())

    def _fault(self, line: int, reason: str) -> None:
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(Fault(self.path.name, line, "", reason, refused=True))


def _on_grid(text: str | None, most: int) -> bool:
    digits = (text or "").strip()
    return digits.isdecimal() and digits.isascii() and len(digits) <= 7 and int(digits) <= most
