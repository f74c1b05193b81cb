"""What a request of a reader brings: which text, how often they may answer, and their answers."""

import hashlib
from typing import Final

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

MOST_AN_HOUR: Final = 30
"""Answers from one address in an hour: a whole library may sit behind one."""


def wanted(request: HttpRequest) -> dict[str, str]:
    """The language and form of a text that the address asks for."""
    return {
        "language": request.GET.get("language", "")[:8],
        "form": request.GET.get("form", "")[:8],
    }


def may_answer(request: HttpRequest, *, what: str) -> bool:
    """Whether an address has not answered too often. Only a hash of it is kept, for an hour."""
    place = str(request.META.get("REMOTE_ADDR", ""))
    secret = f"{settings.SECRET_KEY} {what} {place}"
    name = f"answers:{hashlib.sha256(secret.encode()).hexdigest()}"
    if cache.add(name, 1, 3600):
        return True
    try:
        return int(cache.incr(name)) <= MOST_AN_HOUR
    except ValueError:
        return True
