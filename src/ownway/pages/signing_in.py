"""How people get in: nobody makes an account by themselves; each lands where they belong."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.http import HttpRequest
from django.urls import reverse

from ownway.community.quality.access import reviewer_of
from ownway.foundation.council.access import Viewer, may, member_of, staff_of
from ownway.foundation.council.models import SignIn
from ownway.foundation.council.queries import today
from ownway.foundation.people.queries import own_person


class WhoIsThis(AuthenticationBackend):
    """Loads with each sign-in, in one query, all that hangs on it: every page asks for it."""

    def get_user(self, user_id: int) -> SignIn | None:
        """Find who is signed in."""
        tied = ("staff__team", "member__organisation", "person_sign_in__person__household")
        found = SignIn.objects.select_related(*tied).filter(pk=user_id, is_active=True)
        return found.first()


class SigningIn(DefaultAccountAdapter):
    """Ways in are given by staff, once a person is known."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """No."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Each to their own first page."""
        return first_page(request.user)


def first_page(viewer: Viewer) -> str:
    """The page somebody starts from."""
    staff = staff_of(viewer)
    if staff is not None:
        if may(viewer, "pay.prepare"):
            return reverse("payments")
        if may(viewer, "people.find"):
            return reverse("work")
        return reverse("policy") if may(viewer, "policy.draft") else reverse("figures")
    if member_of(viewer):
        return reverse("partner")
    only_visits = own_person(viewer) is None and reviewer_of(viewer, on=today()) is not None
    return reverse("lay-visits" if only_visits else "my")
