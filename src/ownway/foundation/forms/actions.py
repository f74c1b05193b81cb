"""Bringing forms in, and saving what people answer so that nothing they typed is lost."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.text import slugify

from ownway.design.questionnaire import answers as places
from ownway.design.questionnaire.answers import Spot, Values
from ownway.design.questionnaire.facts import Facts, known_ids, with_known
from ownway.design.questionnaire.jsontext import Json
from ownway.design.questionnaire.merging import merge
from ownway.design.questionnaire.model import Questionnaire
from ownway.design.questionnaire.naming import name_of, spot_of
from ownway.design.questionnaire.reading import parse_with_notes
from ownway.design.questionnaire.reading_typed import Fault
from ownway.design.questionnaire.refusals import Problem, Refused
from ownway.design.questionnaire.responses import read_values, to_response, write_values
from ownway.design.questionnaire.scoring import with_totals
from ownway.design.questionnaire.second_check import second_check
from ownway.design.questionnaire.typed import missing
from ownway.foundation.council.models import SignIn
from ownway.foundation.forms import access, queries
from ownway.foundation.forms.models import Answers, Form, Save
from ownway.foundation.people.models import Person
from ownway.foundation.record import actions as record


class CannotFinish(ValueError):
    """Answers are not complete; `faults` says, field by field, what is still to do."""

    def __init__(self, faults: Mapping[str, Fault]) -> None:
        super().__init__(f"{len(faults)} answers are still needed")
        self.faults = faults


@dataclass(frozen=True)
class BroughtIn:
    """A form that came in, whether it is new here, and what is kept but not acted on."""

    form: Form
    is_new: bool
    notes: tuple[Problem, ...]


@transaction.atomic
def bring_in(
    text: bytes | str,
    *,
    at: datetime,
    by: SignIn | None = None,
    name: str = "",
    source: str = "",
    make_live: bool = True,
) -> BroughtIn:
    """Keep a FHIR Questionnaire as a form; the same file again is the form already here.

    Raises:
        Refused: it is malformed, outside the subset, another form under the same version, or
            says by its address that it is not the form kept under that name.
    """
    form, notes = parse_with_notes(text)
    if problems := second_check(text):
        raise Refused(problems)
    words = text if isinstance(text, str) else text.decode("utf-8-sig")
    digest = _digest(words)
    called = slugify(name) or _name_of(form)
    same = Form.objects.filter(name=called, sha256=digest).first()
    if same:
        return BroughtIn(same, is_new=False, notes=notes)
    _refuse_another(form, called)
    kept = Form.objects.create(
        name=called,
        version=_version_of(form, called),
        title=form.shown_title[:200],
        definition=words,
        sha256=digest,
        source=source[:200],
        questions=sum(item.is_question for item, _ in form.walk()),
        imported_by=by,
        imported_at=at,
    )
    return BroughtIn(make_form_live(kept) if make_live else kept, is_new=True, notes=notes)


def _digest(words: str) -> str:
    """The same for the same form, however its file is spaced or its keys are ordered."""
    plain = json.dumps(json.loads(words), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def _name_of(form: Questionnaire) -> str:
    kept_id = form.kept.get("id")
    candidates = (form.name, kept_id, form.url.rpartition("/")[2], form.title)
    return next((slug for one in candidates if (slug := slugify(str(one or ""))[:80])), "form")


def _refuse_another(form: Questionnaire, name: str) -> None:
    """A form that says it is another must not become the next version of the one here."""
    newest = Form.objects.filter(name=name).order_by("-imported_at", "-pk").first()
    here = newest.questionnaire.url if newest else ""
    if form.url and here and form.url != here:
        reason = f"{name} is here already as {here}, and this says it is {form.url}; rename it"
        raise Refused((Problem(1, "", reason),))


def _version_of(form: Questionnaire, name: str) -> str:
    """The version the file names, or the next number where it names none."""
    taken = set(Form.objects.filter(name=name).values_list("version", flat=True))
    if not form.version:
        return next(str(n) for n in range(1, len(taken) + 2) if str(n) not in taken)
    version = form.version[:40]
    if version in taken:
        reason = f"Version {version} of {name} is here already and differs; give a new version"
        raise Refused((Problem(1, "", reason),))
    return version


@transaction.atomic
def make_form_live(form: Form) -> Form:
    """Ask with this version from now on; the version asked with so far is retired."""
    live = Form.objects.select_for_update().filter(name=form.name, status=Form.Status.LIVE)
    live.exclude(pk=form.pk).update(status=Form.Status.RETIRED)
    form.status = Form.Status.LIVE
    form.save(update_fields=["status"])
    return form


@transaction.atomic
def retire_form(form: Form) -> Form:
    """Stop asking with this version. Answers to it stay, and can be finished."""
    form.status = Form.Status.RETIRED
    form.save(update_fields=["status"])
    return form


@transaction.atomic
def start(
    form: Form,
    *,
    about: Person,
    by: SignIn,
    role: Answers.Role,
    at: datetime,
    facts: Facts | None = None,
) -> Answers:
    """Begin to answer a form, or go on with what was begun; what is known is filled in."""
    Person.objects.select_for_update().get(pk=about.pk)
    begun = Answers.objects.filter(
        form=form, about=about, role=role, status=Answers.Status.IN_PROGRESS
    )
    if role != Answers.Role.STAFF:
        begun = begun.filter(written_by=by)
    if found := begun.first():
        return found
    asked = form.questionnaire
    values = with_totals(asked, with_known(asked, places.begun(asked), facts or {}))
    return Answers.objects.create(
        form=form,
        about=about,
        written_by=by,
        role=role,
        data=to_response(asked, values),
        started_at=at,
    )


def start_for_staff(
    form: Form, *, about: Person, by: SignIn, at: datetime, facts: Facts | None = None
) -> Answers:
    """Begin staff's own answers about somebody, or go on with those that staff have begun."""
    return start(form, about=about, by=by, role=Answers.Role.STAFF, at=at, facts=facts)


@dataclass(frozen=True)
class Saved:
    """Answers after a save: as they stand, and the fields another changed at the same time."""

    answers: Answers
    clashes: frozenset[str]


@transaction.atomic
def save_page(
    answers: Answers,
    typed: Mapping[Spot, Values],
    *,
    seen: int,
    by: SignIn,
    at: datetime,
    facts: Facts | None = None,
) -> Saved:
    """Lay what one page sent over what is kept; `seen` is the version the page was made from.

    The same page sent twice changes nothing. Where somebody else has changed a field since,
    theirs stays, and what came now is kept beside it until one is chosen.

    Raises:
        PermissionDenied: `by` may not write here, or the answers are finished.
    """
    answers = _locked(answers, by, at=at)
    form = answers.form.questionnaire
    base = _as_seen(answers, seen)
    merged = merge(base=base, stored=answers.values, mine=typed)
    values = dict(merged.answers)
    if facts:
        values = with_known(form, values, facts)
    clashes = {
        name: c for name, c in answers.clashes.items() if _stays(form, name, typed, seen, answers)
    }
    clashes |= {
        name_of(spot): {"answer": write_values(mine), "by": by.name, "at": at.isoformat()}
        for spot, mine in merged.clashes.items()
    }
    saved = _keep(answers, places.squeezed(form, values), clashes=clashes, by=by, at=at)
    return Saved(saved, frozenset(name_of(spot) for spot in merged.clashes))


def _stays(
    form: Questionnaire, name: str, typed: Mapping[Spot, Values], seen: int, answers: Answers
) -> bool:
    """A clash stays until somebody who could see both answers changes the field."""
    spot = spot_of(form, name)
    if spot is None or spot not in typed:
        return True
    return seen < answers.version or typed[spot] == answers.values.get(spot, ())


@transaction.atomic
def take_out_row(answers: Answers, group: Spot, row: int, *, by: SignIn, at: datetime) -> Answers:
    """Take one row out of a repeating group; what stood in it stays in the history of saves.

    Raises:
        PermissionDenied: `by` may not write here, or the answers are finished.
    """
    answers = _locked(answers, by, at=at)
    values = places.without_row(answers.form.questionnaire, answers.values, group, row)
    return _keep(answers, values, clashes=answers.clashes, by=by, at=at)


@transaction.atomic
def settle_clash(
    answers: Answers, name: str, *, use_other: bool, by: SignIn, at: datetime
) -> Answers:
    """Choose between two answers to one question: the one kept, or the other beside it.

    Raises:
        PermissionDenied: `by` may not write here, or the answers are finished.
    """
    answers = _locked(answers, by, at=at)
    form = answers.form.questionnaire
    clashes = dict(answers.clashes)
    clash, spot = clashes.pop(name, None), spot_of(form, name)
    values = dict(answers.values)
    if clash and spot and use_other:
        values[spot] = read_values(form.by_link_id[spot.link_id], clash["answer"])
    return _keep(answers, places.squeezed(form, values), clashes=clashes, by=by, at=at)


@transaction.atomic
def finish(
    answers: Answers, *, by: SignIn, at: datetime, facts: Facts | None = None, words: str = ""
) -> Answers:
    """Finish answers: from now on they are never changed.

    `words` writes the step on the person's record; a stage that writes its own event leaves it.

    Raises:
        PermissionDenied: `by` may not write here, or the answers are finished.
        CannotFinish: something that must be answered is not, or two answers are not settled.
    """
    answers = _locked(answers, by, at=at)
    form = answers.form.questionnaire
    values = with_known(form, answers.values, facts or {})
    if faults := still_needed(answers, values, facts or {}):
        raise CannotFinish(faults)
    answers = _keep(answers, values, clashes={}, by=by, at=at)
    answers.status, answers.finished_at = Answers.Status.FINISHED, at
    answers.data = to_response(form, answers.values, finished=True)
    answers.save(update_fields=["status", "finished_at", "data"])
    answers.__dict__.pop("values", None)
    if words:
        record.write(
            "form.finished", about=answers.about, by=by, at=at, words=words, form=form.name
        )
    return answers


def still_needed(answers: Answers, values: Mapping[Spot, Values], facts: Facts) -> dict[str, Fault]:
    """What must be done before these answers can be finished, by field."""
    form = answers.form.questionnaire
    unsettled = {
        name: Fault("Two people answered this. Choose one answer") for name in answers.clashes
    }
    return missing(form, values, known_ids(form, facts)) | unsettled


def _locked(answers: Answers, by: SignIn, *, at: datetime) -> Answers:
    locked = Answers.objects.select_for_update(of=("self",)).select_related("form", "about")
    answers = locked.get(pk=answers.pk)
    access.require_may_write(by, answers, at=at)
    return answers


def _as_seen(answers: Answers, seen: int) -> dict[Spot, Values]:
    """The answers as they stood at a version, worked back from now through the saves."""
    form = answers.form.questionnaire
    values = dict(answers.values)
    for save in queries.saves_since(answers, seen):
        values |= _read_fields(form, save.before)
    return values


def _read_fields(form: Questionnaire, fields: Mapping[str, Json]) -> dict[Spot, Values]:
    return {
        spot: read_values(form.by_link_id[spot.link_id], listed)
        for name, listed in fields.items()
        if (spot := spot_of(form, name))
    }


def _keep(
    answers: Answers,
    values: Mapping[Spot, Values],
    *,
    clashes: Mapping[str, Json],
    by: SignIn,
    at: datetime,
) -> Answers:
    """Write the answers and one row of their history; nothing when nothing changed."""
    form = answers.form.questionnaire
    now, before = with_totals(form, values), answers.values
    changed = [spot for spot in {**before, **now} if before.get(spot, ()) != now.get(spot, ())]
    if changed or clashes != answers.clashes:
        answers.version += 1
        Save.objects.create(
            answers=answers,
            version=answers.version,
            by=by,
            at=at,
            before={name_of(spot): write_values(before.get(spot, ())) for spot in changed},
            changed={name_of(spot): write_values(now.get(spot, ())) for spot in changed},
        )
        answers.data, answers.clashes = to_response(form, now), dict(clashes)
    answers.saved_at = at
    answers.save(update_fields=["version", "data", "clashes", "saved_at"])
    answers.__dict__.pop("values", None)
    return answers
