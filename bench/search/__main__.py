"""Run every part, or the one that is named."""

import importlib
import sys

from bench.search import PARTS


def main(argv: list[str]) -> int:
    """Measure; a part that is named takes the words that follow it."""
    named, rest = (argv[:1], argv[1:]) if argv and not argv[0].startswith("-") else ([], argv)
    if unknown := [name for name in named if name not in PARTS]:
        print(f"There is no part called {unknown[0]!r}. Parts: {', '.join(PARTS)}", file=sys.stderr)
        return 2
    codes = []
    for name in named or PARTS:
        print(f"== {name}", flush=True)
        codes.append(importlib.import_module(f"bench.search.{name}").measure(rest))
    return max(codes)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
