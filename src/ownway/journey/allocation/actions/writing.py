"""The budget letter, to whoever of a couple it is for."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from ownway.foundation.council import queries as council
from ownway.foundation.council.models import SignIn
from ownway.foundation.letters import actions as letters
from ownway.foundation.letters.models import Letter
from ownway.foundation.people import queries as people
from ownway.foundation.people.models import Person
from ownway.journey.allocation import queries


class NothingToSend(Exception):
    """No budget has been worked out yet."""


@transaction.atomic
def send_letter(person: Person, *, to: Person, by: SignIn, at: datetime) -> Letter:
    """Write the budget letter to the person or to one of their carers.

    In it are the sums that whoever asks for it may read.

    Raises:
        NothingToSend: there is no budget to write about.
        ValueError: `to` is neither.
    """
    found = queries.together_for(by, person, at=at)
    if not found.budgets:
        raise NothingToSend("Work out the budget first, then send the letter")
    if to.pk not in [one.pk for one, _ in found.couple.everybody]:
        raise ValueError(f"{to} is not one of the couple this letter is about")
    rules = queries.rules_now(timezone.localtime(at).date())
    return letters.write_letter(
        "budget",
        about=queries.first_of(found),
        to=to,
        title=queries.letter_title(found, to=to),
        body=queries.letter_body(
            found,
            to=to,
            council=council.identity(),
            worker=people.named_worker(found.couple.person),
            owner=rules.owner.name if rules.owner else "",
        ),
        by=by,
        at=at,
    )
