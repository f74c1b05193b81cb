"""The Joneses after Mrs Jones finished; fixtures of the assessment are used as they are."""

from datetime import timedelta

import pytest

from ownway.foundation.council.models import SignIn
from ownway.jobs import answers
from ownway.journey.assessment.models import Assessment
from tests.journey.assessment.conftest import (
    THURSDAY,
    answer,
    at_desk,
    at_home,
    finished,
    hers,
    his,
    rules_now,
)

__all__ = ["answer", "at_desk", "at_home", "finished", "hers", "his", "rules_now"]


@pytest.fixture
def told(
    finished: tuple[Assessment, Assessment], edith_in: SignIn
) -> tuple[Assessment, Assessment]:
    """Finished, and answered by this stage right after."""
    answers.answer_now(edith_in, at=THURSDAY + timedelta(seconds=1))
    return finished
