"""`ownway directory export`: the whole directory as one page of the standard."""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any


def run(given: argparse.Namespace) -> int:
    """Write it."""
    from ownway.community.directory import queries

    total = queries.to_publish(given.source).count()
    pieces = _written(queries.services(given.source), total=total)
    if given.file == "-":
        sys.stdout.writelines(pieces)
        return 0
    with Path(given.file).open("w", encoding="utf-8") as file:
        file.writelines(pieces)
    print(f"Wrote {total:,} services to {given.file}")
    return 0


def _written(services: Iterable[dict[str, Any]], *, total: int) -> Iterator[str]:
    """The page as text, piece by piece, so that memory stays flat."""
    from ownway.community.directory.queries import feed

    page = feed.envelope([], total=total, page=feed.Page(size=max(total, 1)))
    yield json.dumps(page | {"size": total, "empty": not total}).removesuffix("[]}")
    yield "["
    for number, service in enumerate(services):
        yield ("," if number else "") + "\n" + json.dumps(service, ensure_ascii=False)
    yield "\n]}\n"
