"""Say how to get into the demonstration."""

from typing import Any

from django.core.management.base import BaseCommand

from ownway.demo import cast
from ownway.demo.ways_in import residents, ways_in


class Command(BaseCommand):
    """Returns the words that the demo prints when it is ready."""

    help = __doc__
    stealth_options = ("address", "spent", "kept_in")

    def handle(
        self,
        *args: Any,
        address: str = "",
        spent: float = 0.0,
        kept_in: str = "",
        **options: Any,
    ) -> str:
        """List the ways in."""
        people = [one for one in residents() if one.sign_in.has_usable_password()][:2] + ways_in()
        wide = max(len(way.sign_in.email) for way in people)
        lines = [f"  {way.sign_in.email:<{wide}}  {way.as_what}" for way in people]
        text = "\n".join(
            [
                "",
                f"Ownway is ready after {spent:.0f} s: {address}",
                f"Be anybody with one press, and move the clock: {address}/demo/",
                "",
                f"Or sign in at {address}/sign-in/ with the password {cast.PASSWORD}",
                *lines,
                "",
                f"What you do is kept for the next start, in {kept_in}.",
                "To begin anew, with nothing of it: ./ownway demo --again",
                "",
                "Ctrl-C stops everything.",
            ]
        )
        return text

    def execute(self, *args: Any, **options: Any) -> Any:
        """Hand the words over instead of printing them."""
        return self.handle(**{k: options[k] for k in self.stealth_options})
