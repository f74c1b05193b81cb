"""A search as the end of an address."""

from django.http import QueryDict


def query_of(asked: QueryDict, *, without: str = "", **changed: str) -> str:
    """The search as the end of an address; empty parts and the page are left out."""
    kept = asked.copy()
    for name in ("page", "size", without):
        kept.pop(name, None)
    for name, value in changed.items():
        kept[name] = value
    for name in [name for name, value in kept.items() if not value]:
        kept.pop(name)
    return kept.urlencode()
