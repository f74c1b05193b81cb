"""One couple whose whole way is there to look at, made by the same actions as anybody's.

Rosa Fernley cares for Thomas, who has Parkinson's disease and is losing his memory. They first
called in October; their plan is agreed and their money is paid. The way of the Joneses is left for
a visitor to walk.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from ownway.community.directory import queries as directory
from ownway.demo.cast import MAIL, PASSWORD, staff_named
from ownway.foundation.council.models import Organisation, SignIn, Staff
from ownway.foundation.council.queries import rules
from ownway.foundation.letters import actions as letter_actions
from ownway.foundation.letters import queries as letters
from ownway.foundation.people import actions as people
from ownway.foundation.people.models import Person
from ownway.foundation.plan import actions as plans
from ownway.foundation.plan.models import Plan
from ownway.foundation.record import actions as record
from ownway.journey.allocation import actions as allocation
from ownway.journey.arranging import actions as arranging
from ownway.journey.assessment import actions as assessment
from ownway.journey.assessment import queries as assessments
from ownway.journey.budgets import actions as budgets
from ownway.journey.budgets import queries as money
from ownway.journey.carers import actions as carers
from ownway.journey.charging import actions as charging
from ownway.journey.contact import actions as contact
from ownway.journey.contact.models import Contact
from ownway.journey.contact.queries.entries import entry as entry_of
from ownway.journey.planning import actions as planning
from ownway.journey.prevention import actions as prevention
from ownway.journey.reablement import actions as reablement

LONDON = ZoneInfo("Europe/London")
NEEDS = {
    "eating": (2, "all"),
    "washing": (3, "half"),
    "toilet": (2, "all"),
    "moving": (3, "half"),
    "home": (3, "little"),
    "health": (3, "half"),
    "people": (2, "none"),
    "work": (1, "none"),
    "caring": (0, "none"),
}
CARING = {
    "health": 2,
    "home": 0,
    "eating": 0,
    "children": 0,
    "others": 0,
    "people": 2,
    "work": 0,
    "community": 1,
    "rest": 2,
}
POINTS = {
    "community": "Goes to the Parkinson’s singing group",
    "home": "Rails by the stairs and in the bathroom",
    "telecare": "Wears an alarm",
    "benefits": "Attendance Allowance, higher rate",
    "carer": "Rosa has had her own assessment",
}


@dataclass
class Couple:
    """The two of them, her way in, and who works with them."""

    thomas: Person
    rosa: Person
    her: SignIn
    gwen: Staff
    dev: Staff
    ruth: Staff


def show_couple() -> Couple:
    """Take the Fernleys from first call to payments, step by step."""
    couple = _call()
    _assess(couple)
    _budget(couple)
    _plan(couple)
    _pay(couple)
    _look(couple)
    _send(couple)
    return couple


def _send(couple: Couple) -> None:
    """What the jobs and the post room would have done by now."""
    for row in letters.outbox(couple.gwen.sign_in, at=_at(11, 21, 11)):
        if row.channel == "post":
            letter_actions.mark_posted([row.pk], by=couple.gwen.sign_in, at=row.queued_at)
        else:
            letter_actions.send(row.pk, at=row.queued_at)
    allocation.note_call(
        couple.thomas, words="Rosa has begun to write", by=couple.dev, at=_at(11, 21, 11)
    )


def _look(couple: Couple) -> None:
    """What the log of looks would hold, had staff opened the record in their ordinary way."""
    looks = [
        (couple.gwen, _at(10, 27, 10, 5), "your record", "In touch with us"),
        (couple.dev, _at(11, 18, 11), "your assessment", "To read your answers with you"),
        (couple.ruth, _at(11, 27, 9), "your plan", "To agree your plan"),
        (couple.dev, _at(12, 8, 16), "your record", "To check that your support began"),
    ]
    for person in (couple.rosa, couple.thomas):
        for staff, at, what, why in looks:
            record.log_look(staff.sign_in, person, what=what, why=why, at=at)


def _at(month: int, day: int, hour: int = 10, minute: int = 0) -> datetime:
    return datetime(2025, month, day, hour, minute, tzinfo=LONDON)


def _call() -> Couple:
    at = _at(10, 27)
    gwen, dev, ruth = (staff_named(n) for n in ("Gwen Applegarth", "Dev Marlowe", "Ruth Calloway"))
    rosa, thomas = _at_home(gwen, at=at)
    taken = _taken_down(rosa, thomas, by=gwen, at=at)
    her = people.give_way_in(rosa, email=f"rosa.fernley@{MAIL}", password=PASSWORD)
    people.let_act_for(her, person=thomas, kind="family", authority="His wife; he said yes", at=at)
    people.name_worker(thomas, staff=dev, at=at)
    people.name_worker(rosa, staff=dev, at=at)
    contact.settle_by_signpost(taken, by=gwen, at=at + timedelta(minutes=25))
    suits = {one.pk: contact.Result("suits") for one in taken.signposts.all()}
    contact.record_results(taken, suits, by=gwen, at=_at(11, 10))
    return Couple(thomas, rosa, her, gwen, dev, ruth)


ROSA: dict[str, Any] = {
    "title": "Mrs", "first_name": "Rosa", "last_name": "Fernley", "sex": "female",
    "date_of_birth": date(1959, 8, 21), "phone": "01632 960131", "likes_to_be_called": "Rosa",
    "email": f"rosa.fernley@{MAIL}",
}  # fmt: skip
THOMAS: dict[str, Any] = {
    "title": "Mr", "first_name": "Thomas", "last_name": "Fernley", "sex": "male",
    "date_of_birth": date(1954, 2, 3), "support_reason": "physical_care",
    "not_a_duplicate_because": "Her husband",
}  # fmt: skip


def _at_home(gwen: Staff, *, at: datetime) -> tuple[Person, Person]:
    home = people.home_at(
        postcode="AL2 6HN",
        first_line="3 Heron Walk",
        town="Alderbrook",
        easting=416_200,
        northing=268_900,
    )
    step: dict[str, Any] = {"by": gwen.sign_in, "at": at, "home": home}
    rosa = people.add_person(**ROSA, **step)
    thomas = people.add_person(**THOMAS, **step)
    people.need_format(thomas, format="large_print", on=at.date())
    return rosa, thomas


def _taken_down(rosa: Person, thomas: Person, *, by: Staff, at: datetime) -> Contact:
    taken = contact.begin(by=by, at=at)
    taken = contact.use_person(taken, rosa, side="caller", by=by, at=at)
    taken = contact.use_person(taken, thomas, side="about", by=by, at=at)
    taken = contact.say_tie(taken, kind="wife", cares_for=True, by=by, at=at)
    taken = contact.keep(
        taken,
        by=by,
        at=at,
        reason="caring",
        urgency="this_week",
        said="Thomas has Parkinson’s disease. He falls at night, and Rosa lifts him alone.",
        hope="One night of sleep, and a morning to paint",
    )
    for name in ("Sit-Awhile", "Many Voices"):
        listing = directory.suggest(name, postcode="AL2 6HN", limit=1, on=at.date())[0]
        entry = entry_of(listing.key, near=rosa.household, on=at.date())
        assert entry is not None
        contact.pick(taken, entry, by=by, at=at)
    return taken


def _assess(couple: Couple) -> None:
    dev, at = couple.dev, _at(11, 4)
    questions = prevention.answer_questions(
        couple.thomas, {}, by=couple.gwen, at=_at(10, 27, 10, 30)
    )
    assert questions.pk
    said = [prevention.Stand(point, "done", words) for point, words in POINTS.items()]
    prevention.mark_points(couple.thomas, said, by=dev, at=at)
    reablement.except_person(
        couple.thomas,
        kind="already_had",
        because="Six weeks in the spring; no more can be gained",
        by=dev,
        at=at,
        decided_with=staff_named("Imogen Strand"),
    )
    his = assessment.open_assessment(couple.thomas, kind="adult", by=dev.sign_in, at=at)
    hers = assessment.open_assessment(couple.rosa, kind="carer", by=dev.sign_in, at=at)
    done = _at(11, 18, 11)
    found = {key: assessment.Found(level, given) for key, (level, given) in NEEDS.items()}
    assessment.check_parts(his, found, by=dev.sign_in, at=done)
    hard = {key: assessment.Found(level) for key, level in CARING.items()}
    assessment.check_parts(hers, hard, by=dev.sign_in, at=done)
    assessment.record_capacity(
        couple.thomas, _cannot_manage_money(couple.rosa), by=dev.sign_in, at=done
    )
    helps = {key: given for key, (_, given) in NEEDS.items()}
    carers.give_statement(couple.rosa, cares_for=couple.thomas, helps=helps, by=couple.her, at=done)
    for one, why in ((his, "He needs help with most of his care"), (hers, "She is worn out")):
        judged = {**assessments.suggested(one, rules(done.date()))}
        if one.is_about_a_carer:
            judged["regular_and_substantial"] = True
        assessment.decide(one, judged, because=why, by=dev.sign_in, at=done + timedelta(minutes=20))


def _cannot_manage_money(rosa: Person) -> assessment.Test:
    return assessment.Test(
        matter="budget",
        decision="Whether Thomas can look after a personal budget",
        impairment="Parkinson’s disease with loss of memory",
        understands=True,
        retains=False,
        weighs=False,
        communicates=True,
        evidence="He could not say what the money is for a minute later",
        link="His memory does not hold the figures long enough to weigh them",
        support_tried="Pictures, a quiet room, morning and afternoon",
        has_capacity=False,
        wishes="He wants Rosa to see to it",
        consulted="Rosa, and his brother Alan",
        best_interests="Rosa looks after the money, and tells him what it buys",
        suitable_person=rosa,
        suitable_because="She has done their accounts for years",
    )


def _budget(couple: Couple) -> None:
    at = _at(11, 19)
    allocation.work_out(couple.thomas, by=couple.dev, at=at)
    allocation.send_letter(couple.thomas, to=couple.rosa, by=couple.dev.sign_in, at=at)
    charging.give_finances(couple.thomas, facts={"income_pence": 23_800}, by=couple.her, at=at)


def _plan(couple: Couple) -> None:
    at, her = _at(11, 24, 19), couple.her
    his = plans.open_plan(couple.thomas, by=her, at=at)
    hers = plans.open_plan(couple.rosa, by=her, at=at)
    planning.choose_how([his, hers], how="myself", by=her, at=at)
    _write(his, _his_words(), by=her, at=at)
    _write(hers, _her_words(), by=her, at=at)
    _lines(his, hers, by=her, at=at)
    plans.add_risk(
        his,
        {
            "what": "Thomas walks to the shop alone",
            "good": "He meets people, and he feels like himself",
            "worry": "He may fall on the way",
            "fallback": "He wears the alarm, and the shop has our number",
        },
        by=her,
        at=at,
    )
    planning.send([his, hers], because={}, by=her, at=_at(11, 25, 9))
    judged = planning.Judged(legal=True, effective=True, affordable=True)
    planning.agree([his, hers], judged=judged, by=couple.ruth, at=_at(11, 27, 9))
    for name in ("Brightsteps", "Millrace"):
        arranging.share(
            his, organisation=Organisation.objects.get(name=name), by=her, at=_at(11, 27, 12)
        )


def _write(plan: Plan, words: dict[str, str], *, by: SignIn, at: datetime) -> None:
    seen = Plan.objects.get(pk=plan.pk).version
    plans.write_words(plan, words, seen=seen, by=by, at=at)


def _his_words() -> dict[str, str]:
    return {
        "strengths": "Thomas was a joiner. His hands still know wood.\nHe makes everyone laugh.",
        "matters": "We stay here, by the river.\nThomas is not rushed.\nWe sing on Thursdays.",
        "network": "The singing group, and the men who meet at the tool shed.",
        "views": "Thomas says: this will do nicely.",
        "short_goals": "Thomas is at the tool shed by spring",
        "long_goals": "We are both still at home in five years",
    }


def _her_words() -> dict[str, str]:
    return {
        "strengths": "I know how to lift, and when not to.\nMy sister is a call away.",
        "matters": "I paint again.\nI sleep one night in seven.",
        "network": "The Tuesday painters.",
        "views": "I can keep going if I get this.",
        "short_goals": "One morning of painting a week",
        "long_goals": "I stay well enough to care",
    }


@dataclass(frozen=True)
class Bought:
    """Something a budget buys: hours a week at a price in pence, of an organisation or not."""

    wish: str
    support: str
    hours: int
    price_pence: int
    organisation: str = ""


HIS_SUPPORT = (
    Bought(
        "Thomas is washed and dressed at his own pace", "Brightsteps, home help", 4, 1700,
        "Brightsteps",
    ),
    Bought("Thomas makes things with others", "Millrace day service", 1, 5200, "Millrace"),
)  # fmt: skip
HER_SUPPORT = (Bought("I paint with others", "Tuesday painters", 1, 1500),)
CHAIR: dict[str, Any] = {"often": "once", "cost_pence": 8500}


def _lines(his: Plan, hers: Plan, *, by: SignIn, at: datetime) -> None:
    from ownway.journey.allocation import queries as worked_out

    budget = worked_out.together(his.person)
    assert budget.of_person is not None
    left = budget.of_person.weekly_pence - _buy(his, HIS_SUPPORT, by=by, at=at)
    planning.put_by(his, pence=left, words="For a bad week", by=by, at=at)
    left = budget.of_carers[0].weekly_pence - _buy(hers, HER_SUPPORT, by=by, at=at)
    planning.put_by(hers, pence=left, words="A taxi when I am tired", by=by, at=at)
    step: dict[str, Any] = {"by": by, "at": at}
    for plan, wish, support, paid_from, more in (
        (his, "Thomas can call for help", "An alarm to wear", "equipment", {}),
        (his, "Thomas has me", "Rosa’s care, every day", "family", {}),
        (hers, "I have a good chair to paint in", "A chair, bought once", "own_money", CHAIR),
        (hers, "A night away once a month", "", "community", {"not_found": True}),
    ):
        plans.add_line(plan, wish=wish, support=support, paid_from=paid_from, **more, **step)


def _buy(plan: Plan, support: Sequence[Bought], *, by: SignIn, at: datetime) -> int:
    """Put what is bought into a plan; say what all of it costs a week."""
    for one in support:
        name = one.organisation
        plans.add_line(
            plan,
            wish=one.wish,
            paid_from="budget",
            by=by,
            at=at,
            support=one.support,
            hours=one.hours,
            price_pence=one.price_pence,
            cost_pence=one.hours * one.price_pence,
            organisation=Organisation.objects.get(name=name) if name else None,
            at_source=name == "Millrace",
        )
    return sum(one.hours * one.price_pence for one in support)


def _pay(couple: Couple) -> None:
    at, her = _at(11, 27, 15), couple.her
    paypath = Organisation.objects.get(name="PayPath")
    agreement = budgets.begin_with(couple.thomas, way="simple", by=her, at=at)
    agreement = budgets.choose_holder(agreement, holder=couple.rosa, by=her, at=at)
    agreement = budgets.choose_helper(agreement, helper=paypath, by=her, at=at)
    budgets.agree(agreement, by=her, at=at)
    priya, owen = staff_named("Priya Fenwick"), staff_named("Owen Tarrant")
    day = money.agreed_for(couple.thomas)
    assert day is not None
    assert day.starts_on is not None
    monday = day.starts_on
    while monday < date(2026, 1, 6):
        before = datetime(monday.year, monday.month, monday.day, 11, tzinfo=LONDON) - timedelta(
            days=4
        )
        due = list(money.to_prepare(by=monday).values_list("pk", flat=True))
        if due:
            budgets.prepare(due, by=priya, at=before)
            budgets.release(due, by=owen, at=before + timedelta(hours=2))
        budgets.run(on=monday, at=datetime(monday.year, monday.month, monday.day, 8, tzinfo=LONDON))
        monday += timedelta(days=7)
