"""Who finds a person behind which address: strangers never, and whoever does leaves a look.

Each address with something of a person in it has a line here. A new one without a line fails.
"""

import json
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from ownway.demo.cast import staff_named
from ownway.foundation.council.models import Organisation, SignIn, Staff
from ownway.foundation.forms import actions as forms
from ownway.foundation.forms.models import Answers
from ownway.foundation.letters import actions as letters
from ownway.foundation.letters.models import Outbox
from ownway.foundation.people import actions as people
from ownway.foundation.people.models import Person
from ownway.foundation.plan import actions as plans
from ownway.foundation.plan.models import Plan, PlanLine
from ownway.foundation.record.models import AccessLog
from ownway.jobs import answers as later
from ownway.journey.allocation import actions as allocation
from ownway.journey.allocation.models import ImpactAssessment, IndicativeBudget
from ownway.journey.arranging import actions as arranging
from ownway.journey.assessment import actions as assessment
from ownway.journey.budgets.models import Payment
from ownway.journey.charging import actions as charging
from ownway.journey.charging.models import Offer, Uprating
from ownway.journey.contact import actions as contact
from ownway.journey.prevention import actions as prevention
from ownway.journey.prevention.models import Offer as Offered
from tests.conftest import NOON
from tests.foundation.forms.conftest import SMALL
from tests.journey.budgets import joneses
from tests.journey.prevention.conftest import ANSWERS

HERSELF, ACTS, STRANGER = "the person", "who acts for them", "another resident"
WORKER, OTHER_TEAM, COMMISSIONER = "named worker", "worker of another team", "commissioner"
MANAGER, PROVIDER, BROKER = "manager of the team", "provider", "broker"
STAFF = (WORKER, MANAGER, OTHER_TEAM, COMMISSIONER)
VIEWERS = (HERSELF, ACTS, STRANGER, *STAFF, PROVIDER, BROKER)

RESIDENTS = frozenset({HERSELF, ACTS})
DESK = frozenset({WORKER, MANAGER})
BOTH = RESIDENTS | DESK
# Only a name is shown: to workers who must give a reason, and to a carer of whom they care for.
NAME_ONLY = frozenset({"reason-to-look", "my-willing-for"})

# Who may find the person there. Everybody else gets no page, or is led to give a reason.
MAY: dict[str, frozenset[str]] = {
    "person": DESK,
    "reason-to-look": DESK | {OTHER_TEAM},
    "write-note": DESK,
    "change-details": DESK,
    "my-sum": RESIDENTS,
    "my-record-of": RESIDENTS,
    "letter": BOTH,
    "letter-pdf": BOTH,
    "letter-plain": BOTH,
    "message": DESK,
    "forms-for": DESK,
    "form-answers": DESK,
    "answers-print": DESK,
    "answers-file": DESK,
    "application": DESK,
    "partner-answer": frozenset(),  # By a signed link alone, too.
    "provider-answer": frozenset(),  # By a signed link alone, of which nobody here has one.
    "concern": DESK,
    "contact": DESK,
    "contact-helped": DESK,
    "contact-keep": DESK,
    "contact-find": DESK,
    "contact-entries": DESK,
    "contact-pass": DESK,
    "contact-apply": DESK,
    "contact-way-in": DESK,
    "contact-facts": DESK,
    "call-back": DESK,
    "first-call": DESK,
    "equipment": DESK,
    "equipment-item": DESK,
    "checklist": DESK,
    "partners": DESK,
    "partner-refer": DESK,
    "partner-referral": DESK,
    "benefit-check": DESK,
    "reablement": DESK,
    "my-assessment-page": RESIDENTS,
    "assessment": DESK,
    "assessment-open": DESK,
    "assessment-decide": DESK,
    "assessment-decline": DESK,
    "capacity": DESK,
    "my-willing-for": frozenset({ACTS}),
    "carer": DESK,
    "family": DESK,
    "carer-says": DESK,
    "try-answers": RESIDENTS,
    "look-again": RESIDENTS,
    "write-budget-letter": RESIDENTS,
    "budget": DESK,
    "budget-letter": DESK,
    "budget-call": DESK,
    "budget-answer": DESK,
    "ask-for-more": RESIDENTS,
    "more": DESK,
    "more-decide": DESK,
    "my-finances": RESIDENTS,
    "my-finances-question": RESIDENTS,
    "my-finances-check": RESIDENTS,
    "my-finances-refuse": RESIDENTS,
    "my-finances-take-back": RESIDENTS,
    "my-finances-papers": RESIDENTS,
    "my-finances-paper": RESIDENTS,
    "my-finances-paper-remove": RESIDENTS,
    "my-benefits": RESIDENTS,
    "my-own-care": RESIDENTS,
    "charge-look-again": RESIDENTS,
    "try-services": RESIDENTS,
    "charge": DESK,
    "charge-checked": DESK,
    "charge-not-asked": DESK,
    "charge-paper": DESK,
    "charge-answer": DESK,
    "benefit-look": DESK,
    "benefit-rework": DESK,
    "charge-offer-settled": DESK,
    # For finance officers alone
    "find-payee": frozenset(),
    "uprating": frozenset(),
    "uprating-letters": frozenset(),
    "uprating-undo": frozenset(),
    "line": BOTH,
    "line-wish": BOTH,
    "line-support": BOTH,
    "line-cost": BOTH,
    "line-remove": BOTH,
    "line-ask": BOTH,
    "risk": BOTH,
    "risk-remove": BOTH,
    "new-line": BOTH,
    "put-by": BOTH,
    "new-risk": BOTH,
    "plan-words": BOTH,
    "plan": DESK,
    "approve": frozenset({MANAGER}),
    "panel-answer": frozenset({MANAGER}),
    "money-helped": DESK,
    "partner-part": frozenset({PROVIDER}),
    "partner-plan": frozenset({BROKER}),
    "change-sharing": RESIDENTS,
    "choose-money": RESIDENTS,
    "choose-money-lines": RESIDENTS,
    "choose-money-holder": RESIDENTS,
    "choose-money-helper": RESIDENTS,
    "choose-money-bank": RESIDENTS,
    "choose-money-check": RESIDENTS,
    "payment": frozenset({MANAGER}),
}
# Parts of an address that say nothing of a person.
IMPERSONAL = {
    "id",
    "calibration_id",
    "form_id",
    "key",
    "slug",
    "pk",
    "measure",
    "stage",
    "name",
    "number",
    "rest",
    "signed",
    "mistake_id",
}
# There only while something is being chosen, or a call is owed; here it is past.
PAST = {
    "concern",
    "choose-money-lines",
    "choose-money-holder",
    "choose-money-helper",
    "choose-money-bank",
    "call-back",
    "first-call",
    "my-own-care",
}
# Words by which the person would be known on any page.
CANARIES = ("Harold", "Jones", "Copper Lane", "AL3 4QT")


def _all(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    for pattern in (resolver or get_resolver()).url_patterns:
        yield from _all(pattern) if isinstance(pattern, URLResolver) else [pattern]


def _parts(pattern: URLPattern) -> list[str]:
    return re.findall(r"<(?:\w+:)?(\w+)>", str(pattern.pattern))


PERSONAL = {p.name: _parts(p) for p in _all() if p.name and set(_parts(p)) - IMPERSONAL}


@pytest.fixture
def of_harold(harold: Person, edith: Person, edith_in: SignIn, dev: Staff) -> dict[str, object]:
    """Something of his behind each part of an address."""
    both = joneses.raise_joneses(harold, edith, edith_in)
    joneses.record_suitable(both)
    joneses.agree_as_told(both)
    plan = Plan.objects.get(person=harold)
    line = PlanLine.objects.filter(plan=plan, organisation__name="Brightsteps")[0]
    plan.broker = Organisation.objects.get(name="Many Voices")
    plan.save()
    for organisation in (plan.broker, line.organisation):
        assert organisation is not None
        arranging.share(plan, organisation=organisation, by=edith_in, at=NOON)
    risk = plans.add_risk(plan, {"what": "He walks alone"}, by=edith_in, at=NOON)
    letter = letters.write_letter(
        "test", about=harold, to=harold, title="A letter to Harold", by=dev.sign_in, at=NOON,
        body=[{"kind": "text", "text": "Dear Harold"}],
    )  # fmt: skip
    form = forms.bring_in(json.dumps(SMALL), at=NOON).form
    answers = forms.start(form, about=harold, by=dev.sign_in, role=Answers.Role.STAFF, at=NOON)
    taken = contact.begin(by=staff_named("Gwen Applegarth"), at=NOON)
    contact.use_person(taken, harold, side="caller", by=staff_named("Gwen Applegarth"), at=NOON)
    opened = assessment.open_assessment(harold, kind="adult", by=dev.sign_in, at=NOON)
    assessment.begin(opened, by=edith_in, at=NOON)
    budget = IndicativeBudget.objects.get(person=harold)
    asked = allocation.ask_again(budget, words="Too low", who="same", by=edith_in, at=NOON)
    parts: dict[str, object] = {
        "person_id": harold.pk,
        "carer_id": edith.pk,
        "plan_id": plan.pk,
        "line_id": line.pk,
        "risk_id": risk.pk,
        "organisation_id": Organisation.objects.get(name="Brightsteps").pk,
        "letter_id": letter.pk,
        "row_id": Outbox.objects.get(letter=letter, channel="post").pk,
        "answers_id": answers.pk,
        "contact_id": taken.pk,
        "application_id": contact.apply_for(
            "taxi_card", person=harold, contact=taken, by=staff_named("Gwen Applegarth"), at=NOON
        ).pk,
        "token": "forged",
        "assessment_id": opened.pk,
        "asked_id": asked.pk,
        "more_id": _more_asked(budget, plan, by=edith_in).pk,
        "item_id": _an_item(harold, dev),
        "referral_id": _sent_to_a_partner(harold, dev),
        "evidence_id": _a_paper(harold, by=edith_in),
        "claim_id": _an_award(harold, by=dev),
        "offer_id": Offer.objects.create(
            person=harold, kind="arrange", asked_at=NOON, asked_by=edith_in
        ).pk,
        "uprating_id": Uprating.objects.create(
            on=NOON.date(), pack_hash="x", began_at=NOON, began_by=staff_named("Priya Fenwick")
        ).pk,
        "payment_id": Payment.objects.order_by("pk")[0].pk,
        "side": "caller",
        "about": "matters",
        "key": "eating",
    }
    later.answer_late(at=joneses.CHOSEN)  # Or each press below would answer it again.
    return parts


def _more_asked(budget: IndicativeBudget, plan: Plan, *, by: SignIn) -> ImpactAssessment:
    """A larger budget was asked for while the plan was a draft."""
    return ImpactAssessment.objects.create(
        budget=budget, plan=plan, plan_version=plan.version, asked_pence=90_000,
        shortfall="Nights", impact="He falls", asked_at=NOON, asked_by=by,
        owner=staff_named("Ruth Calloway"), due_on=NOON.date(),
    )  # fmt: skip


def _a_paper(person: Person, *, by: SignIn) -> int:
    """A paper with a statement that was sent, and another statement begun since."""
    begun = charging.begin(person, by=by, at=joneses.CHOSEN)
    said = {"pence": 24_500, "often": "week"}
    charging.answer(begun, key="money-coming-in", said=said, by=by, at=joneses.CHOSEN)
    kept = charging.add_paper(
        begun, kind="income", name="a.pdf", content=b"%PDF-1.7", by=by, at=joneses.CHOSEN
    )
    charging.send(begun, by=by, at=joneses.CHOSEN)
    charging.begin(person, by=by, at=joneses.CHOSEN)
    return kept.pk


def _an_award(person: Person, *, by: Staff) -> int:
    said = {"pension_credit": charging.Said("suggested")}
    return charging.look(person, said=said, by=by.sign_in, at=joneses.CHOSEN).claims.get().pk


def _an_item(person: Person, dev: Staff) -> int:
    check = prevention.answer_questions(person, ANSWERS, by=dev, at=NOON)
    return prevention.order(check, check.suggested[:1], tell=person, by=dev, at=NOON)[0].pk


def _sent_to_a_partner(person: Person, dev: Staff) -> int:
    """Asked of the partner whose key all impersonal parts of an address have here."""
    offer = Offered.objects.create(key="eating", kind="falls", name="Steady Steps", does="Balance")
    said = {"because": "He fell twice", "consent_by": "He did"}
    return prevention.refer(person, offer, **said, by=dev, at=NOON).pk


def _sign_in_of(viewer: str, harold: Person, edith_in: SignIn) -> SignIn:
    if viewer == HERSELF:
        return people.give_way_in(harold, email="harold@alderbrook.example")
    if viewer == STRANGER:
        other = people.add_person(first_name="Una", last_name="Strand", by=None, at=NOON)
        return people.give_way_in(other, email="una@alderbrook.example")
    if viewer == OTHER_TEAM:
        Staff.objects.filter(name="Imogen Strand").update(role="social_worker")
    email = {
        ACTS: edith_in.email,
        WORKER: "dev.marlowe@alderbrook.example",
        MANAGER: "ruth.calloway@alderbrook.example",
        OTHER_TEAM: "imogen.strand@alderbrook.example",
        COMMISSIONER: "ivo.stannard@alderbrook.example",
        PROVIDER: "nell.harker@alderbrook.example",
        BROKER: "petra.windle@alderbrook.example",
    }[viewer]
    return SignIn.objects.get(email=email)


def _words(answer: Any) -> str:
    return str(answer.content.decode(errors="replace"))


def _shows_him(answer: Any) -> bool:
    """A page with his name, or a file made of what is his."""
    is_file = not answer["Content-Type"].startswith("text/html")
    return bool(answer.status_code in (200, 422)) and (is_file or "Harold" in _words(answer))


def test_every_address_with_something_of_a_person_has_a_line_here() -> None:
    assert set(PERSONAL) == set(MAY)


@pytest.mark.parametrize("viewer", VIEWERS)
def test_the_person_is_found_only_by_those_who_may_and_each_leaves_a_look(
    viewer: str, of_harold: dict[str, object], harold: Person, edith_in: SignIn,
    client: Client, the_time: Callable[[datetime], None],
) -> None:  # fmt: skip
    the_time(joneses.CHOSEN)
    client.force_login(_sign_in_of(viewer, harold, edith_in))
    faults, found = [], set()

    for name, parts in sorted(PERSONAL.items()):
        address = reverse(name, kwargs={part: of_harold[part] for part in parts})
        for send in (client.get, client.post):
            with transaction.atomic():
                before = AccessLog.objects.filter(person=harold).count()
                answer = send(address)
                looks = AccessLog.objects.filter(person=harold).count() - before
                transaction.set_rollback(True)
            if answer.status_code == 405:
                continue
            called = f"{send.__name__} {name}: {answer.status_code}, {looks} looks"
            if viewer not in MAY[name]:
                faults += [f"{called}, not refused"] * (not _is_refused(answer))
                faults += [f"{called}, says {w}" for w in CANARIES if w in _told(answer, viewer)]
            elif not _is_refused(answer):
                found.add(name)
                own = viewer == HERSELF or name in NAME_ONLY
                if _shows_him(answer) and not looks and not own:
                    faults.append(f"{called}, unlogged")
    assert faults == []
    missed = {name for name, who in MAY.items() if viewer in who} - found - PAST
    assert sorted(missed) == []


def _is_refused(answer: Any) -> bool:
    """No such page, not allowed, or led to give a reason."""
    to_reason = answer.status_code == 302 and answer["Location"].endswith("/reason/")
    return bool(answer.status_code in (403, 404) or to_reason)


def _told(answer: Any, viewer: str) -> str:
    """What a refusal says; those of the family have their own name on every page."""
    return "" if viewer in RESIDENTS else _words(answer)
