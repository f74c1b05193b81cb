"""What every page knows: the council, who is signed in, and where they are."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from ownway.community.information import queries as information
from ownway.foundation.council import queries as council
from ownway.foundation.council.access import Viewer, may, member_of, staff_of
from ownway.foundation.people import queries as people
from ownway.foundation.record import queries as record
from ownway.pages import keeping


def house(request: HttpRequest) -> dict[str, Any]:
    """Names the layouts use. Each is worked out only when a page asks for it."""
    viewer: Viewer | None = getattr(request, "user", None)
    return {
        "council": SimpleLazyObject(council.identity),
        "is_demo": settings.DEMO or settings.TESTING,
        "now": council.now(),
        "viewer": viewer,
        "staff": staff_of(viewer) if viewer else None,
        "member": member_of(viewer) if viewer else None,
        "may": lambda power: viewer is not None and may(viewer, power),
        "own_person": SimpleLazyObject(lambda: people.own_person(viewer) if viewer else None),
        "open_task_count": lambda: record.own_tasks(viewer).count() if viewer else 0,
        "has_kept_words": lambda: viewer is not None and _has_kept_words(request, viewer),
        "path": request.path,
        "banner": SimpleLazyObject(lambda: information.banner(council.today())),
        "answer_days": lambda: council.setting("answer_days", council.today()),
        "sign_in_errors": sign_in_errors,
        "sign_in_error": sign_in_error,
    }


def _has_kept_words(request: HttpRequest, viewer: Viewer) -> bool:
    """Something other than what was just sent waits to be sent again."""
    if request.path == reverse("kept") or not viewer.is_authenticated:
        return False
    sent = request.get_full_path() if keeping.AGAIN in request.POST else ""
    kept = keeping.kept_for(request.session, who=viewer.pk)
    return any(one["address"] != sent for one in kept)


EMPTY = {
    "login": "Type your e-mail address",
    "email": "Type your e-mail address",
    "password": "Type your password",
    "code": "Type the code",
    "name": "Type a name",
    "credential": "No passkey was used. Try again, or sign in another way",
}
SAID = {
    "invalid": "Type an e-mail address, like name@example.com",
    "email_password_mismatch": "The e-mail address or the password is not right",
    "incorrect_code": "That code is not right. Check it, or get a new one",
    "incorrect_password": "The password is not right",
    "too_many_login_attempts": "Too many tries. Wait five minutes, then try again",
}


def sign_in_errors(form: BaseForm) -> list[dict[str, str]]:
    """The errors of a sign-in form of the library in our words, each tied to its box."""
    first = next(iter(form.fields), "")
    return [
        {"text": words, "href": f"#id_{name if name in form.fields else first}"}
        for name, found in form.errors.as_data().items()
        for words in _in_our_words(name, found)
    ]


def sign_in_error(form: BaseForm, name: str) -> dict[str, str] | None:
    """What is said beside one box of such a form."""
    found = _in_our_words(name, form.errors.as_data().get(name, []))
    return {"text": found[0]} if found else None


def _in_our_words(name: str, found: list[ValidationError]) -> list[str]:
    said = (
        EMPTY.get(name) if error.code == "required" else SAID.get(error.code or "")
        for error in found
    )
    return [words or " ".join(error.messages) for words, error in zip(said, found, strict=True)]
