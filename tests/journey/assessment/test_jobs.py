"""A contact's wish is answered at once, and once."""

from ownway.foundation.council.models import Staff
from ownway.foundation.people import actions as people
from ownway.foundation.people.models import Person
from ownway.foundation.record.models import Clock, Task
from ownway.jobs import answers
from ownway.journey.assessment import actions, queries
from ownway.journey.assessment.models import Assessment
from tests.journey.assessment.conftest import SCREENED, ask


def test_a_contact_that_asks_opens_an_assessment_right_after(
    harold: Person, edith: Person, gwen: Staff
) -> None:
    ask(harold, "person", gwen, band="substantial")
    ask(edith, "carer", gwen)

    answers.answer_now(gwen.sign_in, at=SCREENED)
    answers.answer_now(gwen.sign_in, at=SCREENED)
    answers.answer_late(at=SCREENED)

    assert Assessment.objects.count() == 2
    found = queries.latest(edith)
    assert found is not None
    assert found.is_about_a_carer


def test_whoever_opens_an_assessment_the_worker_has_it_as_a_task_until_it_is_put_aside(
    harold: Person, edith: Person, gwen: Staff, dev: Staff
) -> None:
    for one in (harold, edith):
        people.name_worker(one, staff=dev, at=SCREENED)
    ask(harold, "person", gwen, band="substantial")
    answers.answer_now(gwen.sign_in, at=SCREENED)
    hers = actions.open_assessment(edith, kind="carer", by=dev.sign_in, at=SCREENED)

    tasks = Task.objects.filter(owner=dev, done_at=None).order_by("pk")
    due = [clock.due_at for clock in Clock.objects.filter(name=queries.CLOCK).order_by("pk")]
    assert [(t.person, t.waiting_for) for t in tasks] == [(harold, "their answers"), (edith, "")]
    assert [task.due_at for task in tasks] == due

    actions.decline(hers, because="She does not want it now", by=dev.sign_in, at=SCREENED)
    assert [task.person for task in tasks.all()] == [harold]
