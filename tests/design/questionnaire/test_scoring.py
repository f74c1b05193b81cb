import json
from decimal import Decimal

import pytest

from ownway.design.questionnaire import extensions
from ownway.design.questionnaire.reading import parse
from ownway.design.questionnaire.refusals import Refused
from ownway.design.questionnaire.responses import from_response
from ownway.design.questionnaire.scoring import score
from ownway.design.questionnaire.sums import read_sum

from .conftest import SDC, as_file, question, standard

FILES = {"phq9": "phq9-with-the-weight-function", "apgar": "apgar-with-itemWeight-variable"}


@pytest.mark.parametrize("number", range(20))
def test_totals_agree_with_those_of_the_standards(number):
    vector = json.loads(standard(SDC / "score-vectors.json"))[number]
    form = parse(standard(SDC / f"valid/{FILES[vector['questionnaire']]}.json"))

    totals = score(form, from_response(form, vector["response"]))

    expected = vector["expected"]
    assert totals[vector["target"]] == (None if expected is None else Decimal(str(expected)))


def test_every_vector_is_tried():
    assert len(json.loads(standard(SDC / "score-vectors.json"))) == 20


@pytest.mark.parametrize(
    ("expression", "link_ids"),
    [
        ("%resource.item.answer.weight().sum()", ("a", "b")),
        ("%resource.item.where(linkId = 'a').answer.ordinal().sum()", ("a",)),
        (
            "%resource.descendants().where(linkId='b' or linkId='c').answer.weight().sum()",
            ("b", "c"),
        ),
        ("%resource.item.where(linkId != 'a').answer.weight().sum() * 2", None),
        ("%resource.item.where(linkId = 'nobody').answer.weight().sum()", None),
        ("today()", None),
    ],
)
def test_only_sums_of_weights_are_understood(expression, link_ids):
    found = read_sum(expression, {}, top=["a", "b"], every=["a", "b", "c"])

    assert (found.link_ids if found else None) == link_ids


def test_any_other_calculation_is_refused_by_name():
    calculated = {
        "url": extensions.CALCULATED,
        "valueExpression": {"language": "text/fhirpath", "expression": "%a + 1"},
    }

    with pytest.raises(Refused, match="calculatedExpression” is more than a sum of weights"):
        parse(as_file(question("1", "decimal", extension=[calculated])))
