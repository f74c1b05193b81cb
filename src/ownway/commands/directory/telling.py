"""What every command of the directory says the same way."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ownway.community.directory.forms import Fault, Reading

SHOWN_FAULTS = 200


def is_address(place: str) -> bool:
    """Whether what was given is a web address and not a file."""
    return re.match(r"[A-Za-z][A-Za-z0-9+.-]*://", place) is not None


def opened(path: Path, *, source: str) -> "Reading":
    """A feed or a sheet: both read entries and keep what was wrong.

    Raises:
        CannotRead: there is no such file, or it is neither.
    """
    from ownway.community.directory.forms import CannotRead, Sheet, read_feed

    if not path.exists():
        raise CannotRead(path.name, 0, "There is no such file or folder")
    if not (path.is_dir() or path.is_file()):
        raise CannotRead(path.name, 0, "This is neither a file nor a folder")
    if path.suffix.lower() == ".csv":
        return Sheet.of(path, source=source)
    return read_feed(path, source=source)


def as_json(fault: "Fault") -> dict[str, Any]:
    """A fault for a machine."""
    told = {"file": fault.file, "line": fault.line, "path": fault.path, "reason": fault.reason}
    return told | ({"id": fault.item} if fault.item else {})


def listed(title: str, lines: Iterable[object]) -> None:
    """Print a list under a title, as far as somebody would read it; nothing when it is empty."""
    told = [str(line) for line in lines]
    if not told:
        return
    print(f"{title}:")
    for line in told[:SHOWN_FAULTS]:
        print(f"  {line}")
    if len(told) > SHOWN_FAULTS:
        print(f"  and {len(told) - SHOWN_FAULTS:,} more (--json lists all)")
