"""The forms an assessment asks with: the council's live version, under these two names."""

from collections.abc import Mapping
from pathlib import Path

from ownway.design.questionnaire.model import Subject
from ownway.foundation.council.models import SignIn
from ownway.foundation.forms import queries as forms
from ownway.foundation.people import queries as people
from ownway.foundation.people.models import Person
from ownway.journey.assessment.models import Assessment, Kind

SHIPPED = Path(__file__).parents[1] / "questionnaires"
NAMES = {Kind.ADULT.value: "about-you", Kind.CARER.value: "caring-life"}


def form_name(assessment: Assessment) -> str:
    """The form this assessment is asked with."""
    return NAMES[assessment.kind]


def first_name(person: Person) -> str:
    """How somebody at home would call them."""
    return person.likes_to_be_called or person.first_name


def answers_for_self(assessment: Assessment, by: SignIn) -> bool:
    """Whether somebody answers about themselves."""
    own = people.own_person(by)
    return own is not None and own.pk == assessment.person_id


def is_carer_of(by: SignIn, person: Person) -> bool:
    """Whether a resident cares for this person, by what the record knows."""
    own = people.own_person(by)
    return own is not None and any(tie.person_id == own.pk for tie in people.carers_of(person))


def names_for(assessment: Assessment, by: SignIn) -> Mapping[Subject, str]:
    """Names for the questions: none when the one who answers is meant, so that they read "you"."""
    if assessment.is_about_a_carer or answers_for_self(assessment, by):
        return {}
    return {Subject.PERSON: first_name(assessment.person)}


def facts_for(assessment: Assessment, by: SignIn) -> Mapping[str, object]:
    """What the record knows, and who answers; none of it is asked again."""
    return {
        **forms.facts_about(assessment.person),
        "asked.help": is_carer_of(by, assessment.person),
        "asked.for_other": not answers_for_self(assessment, by),
    }
