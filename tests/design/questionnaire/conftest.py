"""Forms made small for one test, and real ones of councils and of HL7 where at hand."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ownway.design.questionnaire.model import Questionnaire
from ownway.design.questionnaire.reading import parse

STANDARDS = Path(os.environ.get("OWNWAY_STANDARDS", "../shared/standards"))
COUNCIL = STANDARDS / "council-assessment-forms/fhir-questionnaire"
COUNCIL_FORMS = (
    "care-act-assessment",
    "carers-assessment",
    "initial-contact-assessment",
    "telecare-requisition",
)
SDC = STANDARDS / "fhir/sdc-questionnaires"


def standard(path: Path) -> bytes:
    if not path.exists():
        pytest.skip(f"the standards folder is not here: set OWNWAY_STANDARDS ({path.name})")
    return path.read_bytes()


def as_file(*items: dict[str, Any], **root: Any) -> str:
    form = {"resourceType": "Questionnaire", "title": "A form", "status": "active"}
    return json.dumps({**form, **root, "item": list(items)}, indent=1)


@pytest.fixture
def make() -> Callable[..., Questionnaire]:
    def made(*items: dict[str, Any], **root: Any) -> Questionnaire:
        return parse(as_file(*items, **root))

    return made


def question(link_id: str, kind: str = "string", **more: Any) -> dict[str, Any]:
    return {"linkId": link_id, "type": kind, "text": f"Question {link_id}", **more}


def choice(link_id: str, *codes: str, **more: Any) -> dict[str, Any]:
    options = [{"valueCoding": {"code": code, "display": code}} for code in codes]
    return question(link_id, "choice", answerOption=options, **more)


def when(link_id: str, operator: str = "=", **answer: Any) -> dict[str, Any]:
    return {"question": link_id, "operator": operator, **answer}
