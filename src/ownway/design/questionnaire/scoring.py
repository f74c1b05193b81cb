"""What the answers add up to: totals that are sums of the weights of picked answers."""

from decimal import Decimal

from ownway.design.questionnaire.answers import Answers, Spot, Values
from ownway.design.questionnaire.conditions import Asked
from ownway.design.questionnaire.model import (
    Item,
    Quantity,
    Questionnaire,
    SumOfWeights,
    Value,
)


def score(form: Questionnaire, answers: Answers) -> dict[str, Decimal | None]:
    """Every total of the form by link id; None while there is nothing to add up."""
    return {
        item.link_id: _total(form, item.total, answers) for item, _ in form.walk() if item.total
    }


def with_totals(form: Questionnaire, answers: Answers) -> dict[Spot, Values]:
    """The answers with every total worked out and put in its place."""
    answered = dict(answers)
    for link_id, total in score(form, answers).items():
        spot = Spot(link_id)
        answered.pop(spot, None)
        if total is not None and not form.rows_above(link_id):
            answered[spot] = (_as_kind(form.by_link_id[link_id], total),)
    return answered


def weight_of(item: Item, values: Values) -> Decimal | None:
    """The points of what was picked; None when nothing picked has points."""
    weights = {option.value: option.weight for option in item.options}
    found = [weights.get(value) for value in values]
    scored = [weight for weight in found if weight is not None]
    return sum(scored, Decimal(0)) if scored else None


def _total(form: Questionnaire, total: SumOfWeights, answers: Answers) -> Decimal | None:
    asked = Asked(form, answers)
    wanted = [link_id for link_id in total.link_ids if form.by_link_id[link_id].weighs]
    found = {
        link_id: [
            weight
            for spot, values in answers.items()
            if spot.link_id == link_id and asked.is_asked(spot)
            if (weight := weight_of(form.by_link_id[link_id], values)) is not None
        ]
        for link_id in wanted
    }
    weights = [weight for listed in found.values() for weight in listed]
    if not weights or (total.needs_all and not all(found.values())):
        return None
    return sum(weights, Decimal(0))


def _as_kind(item: Item, total: Decimal) -> Value:
    if item.kind.value == "integer":
        return int(total)
    return Quantity(total) if item.kind.value == "quantity" else total
