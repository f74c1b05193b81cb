"""Two people's changes to the same answers brought together, field by field; nothing is lost."""

from collections.abc import Mapping
from dataclasses import dataclass

from ownway.design.questionnaire.answers import Answers, Spot, Values


@dataclass(frozen=True)
class Merged:
    """The answers after a save, what the save changed, and the fields both had changed."""

    answers: Mapping[Spot, Values]
    changed: Mapping[Spot, Values]
    clashes: Mapping[Spot, Values]


def merge(*, base: Answers, stored: Answers, mine: Answers) -> Merged:
    """Lay one save over what is stored.

    `base` is what the page showed when it was opened, `stored` what is kept now, `mine` what
    the page sent: every field that was on it, empty ones too. A field I left as it was
    follows what is stored; one I changed and nobody else did is mine; one both changed to
    different answers keeps the stored answer, and mine beside it as a clash.
    """
    changed: dict[Spot, Values] = {}
    clashes: dict[Spot, Values] = {}
    for spot, values in mine.items():
        before, now = base.get(spot, ()), stored.get(spot, ())
        if values in (before, now):
            continue
        if before == now:
            changed[spot] = values
        else:
            clashes[spot] = values
    answers = {**stored, **changed}
    return Merged({spot: values for spot, values in answers.items() if values}, changed, clashes)
