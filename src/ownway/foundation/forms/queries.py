"""What forms there are, and what was answered; answers always for a viewer."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import QuerySet

from ownway.design.questionnaire.answers import Spot, Values
from ownway.design.questionnaire.facts import Facts
from ownway.design.questionnaire.jsontext import Json, dump
from ownway.design.questionnaire.model import Subject
from ownway.design.questionnaire.responses import to_response
from ownway.design.questionnaire.writing import to_text
from ownway.foundation.council.access import Viewer
from ownway.foundation.forms import access
from ownway.foundation.forms.models import Answers, Form, Save
from ownway.foundation.people import queries as people
from ownway.foundation.people.models import Person


def forms() -> QuerySet[Form]:
    """Every version of every form, without its text."""
    return Form.objects.defer("definition")


def live_form(name: str) -> Form | None:
    """The version of a form that is asked now."""
    return Form.objects.filter(name=name, status=Form.Status.LIVE).first()


def form_called(name: str, version: str = "") -> Form | None:
    """A version of a form; without one, the live version, or else the newest."""
    found = Form.objects.filter(name=name)
    if version:
        return found.filter(version=version).first()
    return live_form(name) or found.order_by("-imported_at", "-pk").first()


def live_forms() -> QuerySet[Form]:
    """The forms that can be begun now."""
    return forms().filter(status=Form.Status.LIVE)


def versions_of(form: Form) -> QuerySet[Form]:
    """Every version of the same form, newest first."""
    return forms().filter(name=form.name).order_by("-imported_at", "-pk")


def exported(form: Form) -> str:
    """The form as a FHIR Questionnaire file, meaning what it meant when it came in."""
    return to_text(form.questionnaire)


def answers_about(viewer: Viewer, person: Person, *, at: datetime) -> QuerySet[Answers]:
    """What a viewer may see of what was answered about somebody, newest first."""
    found = access.answers_for(viewer, at=at).filter(about=person)
    return found.select_related("form", "written_by").defer("form__definition", "data")


def answers(viewer: Viewer, *, at: datetime) -> QuerySet[Answers]:
    """Answers a viewer may see, with their form and whom they are about."""
    return access.answers_for(viewer, at=at).select_related("form", "about", "written_by")


def response(answers: Answers) -> dict[str, Json]:
    """Answers as a FHIR QuestionnaireResponse; once finished, with only what was asked."""
    about: dict[str, Json] = {
        "subject": {"reference": f"Patient/{answers.about_id}"},
        "authored": (answers.finished_at or answers.saved_at or answers.started_at).isoformat(),
    }
    return to_response(
        answers.form.questionnaire, answers.values, finished=answers.is_finished, about=about
    )


def response_text(answers: Answers) -> str:
    """Answers as the text of a FHIR QuestionnaireResponse file."""
    return dump(response(answers)) + "\n"


def saves_since(answers: Answers, version: int) -> list[Save]:
    """What was saved after a version, newest first."""
    return list(answers.saves.filter(version__gt=version).order_by("-version"))


def facts_about(person: Person) -> Facts:
    """What the record knows of somebody, under the names that forms ask for it by."""
    home = person.household.one_line if person.household else ""
    known = {
        "person.name": person.name,
        "person.title": person.title,
        "person.first_name": person.first_name,
        "person.last_name": person.last_name,
        "person.likes_to_be_called": person.likes_to_be_called,
        "person.date_of_birth": person.date_of_birth,
        "person.address": home,
        "person.postcode": person.household.postcode if person.household else "",
        "person.phone": person.phone,
        "person.email": person.email,
        "person.nhs_number": person.nhs_number,
        "person.first_language": person.first_language,
        "household.members": [
            {
                "member.name": other.name,
                "member.first_name": other.first_name,
                "member.last_name": other.last_name,
                "member.date_of_birth": other.date_of_birth,
            }
            for other in people.household_of(person)
        ],
    }
    return {name: fact for name, fact in known.items() if fact}


def names_for(person: Person) -> Mapping[Subject, str]:
    """What to call the person in the words of a form."""
    return {Subject.PERSON: person.called}


def values(answers: Answers) -> Mapping[Spot, Values]:
    """The answers by place in the form."""
    return answers.values
