"""A decision is kept whole, stays as it was, and can be worked out again."""

import pytest
from django.db import DatabaseError, transaction

from ownway.foundation.council import queries as council
from ownway.foundation.council.models import Staff
from ownway.foundation.people.models import Person
from ownway.foundation.record import actions, queries
from ownway.foundation.record.models import Decision
from ownway.policy import eligibility
from tests.conftest import NOON


@pytest.fixture
def kept(harold: Person, dev: Staff) -> Decision:
    facts = {"who": "adult", "risks": ["most_personal_care", "several_social"]}
    worked = eligibility.decide(facts, council.rules(NOON.date()))
    return actions.keep_decision(worked, person=harold, by=dev.sign_in, at=NOON)


def test_a_decision_keeps_its_facts_rules_and_settings(kept: Decision) -> None:
    assert kept.result["band"] == "substantial"
    assert kept.facts["risks"] == ["most_personal_care", "several_social"]
    assert (kept.pack, kept.profile) == ("facs-2010", "alderbrook")
    assert kept.settings_version is not None
    assert kept.settings_version.number == 1


def test_a_decision_read_back_works_out_the_same_again(kept: Decision) -> None:
    found = queries.decision_of(kept.person, "eligibility")
    assert found is not None

    again = queries.worked_again(found)

    assert again.as_json() == found.worked
    assert again.pack_hash == found.pack_hash


def test_the_newest_decision_counts(kept: Decision, dev: Staff) -> None:
    worked = eligibility.decide({"who": "adult", "risks": []}, council.rules(NOON.date()))
    later = actions.keep_decision(worked, person=kept.person, by=dev.sign_in, at=NOON)

    assert queries.decision_of(kept.person, "eligibility") == later
    assert queries.decision_of(kept.person, "allocation") is None


def test_a_decision_is_never_changed(kept: Decision) -> None:
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        Decision.objects.update(result={})

    kept.refresh_from_db()
    assert kept.result["eligible"] is True
