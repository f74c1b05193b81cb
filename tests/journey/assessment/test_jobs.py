"""A contact's wish is answered at once, and once."""

from ownway.foundation.council.models import Staff
from ownway.foundation.people.models import Person
from ownway.jobs import answers
from ownway.journey.assessment import queries
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
