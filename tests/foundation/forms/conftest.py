"""Forms kept in the database, from a small one made here and from the real ones of a council."""

import json
import os
from pathlib import Path

import pytest

from ownway.foundation.forms import actions
from ownway.foundation.forms.models import Form
from tests.conftest import NOON

COUNCIL = (
    Path(os.environ.get("OWNWAY_STANDARDS", "../shared/standards"))
    / "council-assessment-forms/fhir-questionnaire"
)
COUNCIL_FORMS = (
    "care-act-assessment",
    "carers-assessment",
    "initial-contact-assessment",
    "telecare-requisition",
)


def yes_no(link_id, text, **more):
    options = [{"valueCoding": {"code": word, "display": word}} for word in ("Yes", "No")]
    return {"linkId": link_id, "text": text, "type": "choice", "answerOption": options, **more}


SMALL = {
    "resourceType": "Questionnaire",
    "id": "at-home",
    "title": "At home",
    "status": "active",
    "item": [
        {
            "linkId": "1",
            "text": "Your home",
            "type": "group",
            "item": [
                {"linkId": "1.0", "text": "Say what you like.", "type": "display"},
                {
                    "linkId": "1.1",
                    "text": "What is your name?",
                    "type": "string",
                    "extension": [
                        {
                            "url": "https://ownway.example/fhir/StructureDefinition/known",
                            "valueCode": "person.name",
                        }
                    ],
                },
                yes_no("1.2", "Do you live alone?", required=True),
                {
                    "linkId": "1.3",
                    "text": "Who do you live with?",
                    "type": "text",
                    "enableWhen": [
                        {"question": "1.2", "operator": "=", "answerCoding": {"code": "No"}}
                    ],
                },
            ],
        },
        {
            "linkId": "2",
            "text": "People we can call",
            "type": "group",
            "repeats": True,
            "item": [
                {"linkId": "2.1", "text": "Name", "type": "string", "required": True},
                {"linkId": "2.2", "text": "Phone", "type": "string"},
            ],
        },
        {"linkId": "3", "text": "When did you move in?", "type": "date"},
    ],
}


@pytest.fixture
def small(db: None) -> Form:
    return actions.bring_in(json.dumps(SMALL), at=NOON).form


def council_form(name: str) -> Form:
    path = COUNCIL / f"{name}.json"
    if not path.exists():
        pytest.skip("the standards folder is not here: set OWNWAY_STANDARDS")
    return actions.bring_in(path.read_bytes(), at=NOON, source=path.name).form
