"""Money moves once, whatever is killed and when."""

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from django.db import connection

from ownway.foundation.letters.models import Outbox
from ownway.foundation.people.models import Person
from ownway.foundation.record.models import Event
from ownway.journey.budgets import actions, queries
from ownway.journey.budgets.models import Agreement, Kind, Payment, Transaction
from tests.journey.budgets.joneses import CHOSEN, Joneses

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.django_db(transaction=True)
def test_killed_at_every_boundary_no_penny_is_lost_or_paid_twice(
    agreed: Agreement, both: Joneses
) -> None:
    Person.objects.filter(pk=both.edith.pk).update(email="edith@alderbrook.example")
    first, second = Payment.objects.filter(agreement=agreed)[:2]
    actions.prepare([first.pk, second.pk], by=both.priya, at=CHOSEN)
    actions.release([first.pk, second.pk], by=both.owen, at=CHOSEN)

    found = kill()

    careless = found.pop("careless")
    assert [name for name, one in found.items() if one["faults"]] == [], found
    assert careless["faults"], "the killing did not see a step that can be left half done"
    assert all(int(str(one["kills"])) > 10 for one in found.values()), found
    keys = Counter(key.split(":")[0] for key in Transaction.objects.values_list("key", flat=True))
    assert keys == {"payment": 2, "period": 4, "session": 5}
    assert Event.objects.filter(kind="payment.sent").count() == 4
    assert Outbox.objects.filter(key__startswith="payment:").count() == 2
    assert queries.balance(first.to) == 2 * 54600
    spent = queries.account(Kind.SPENT, person=both.harold)
    assert spent is not None
    assert queries.balance(spent) == 5 * 5200


def kill() -> dict[str, dict[str, list[str] | int]]:
    """Kill every step in a process of its own, on this test's database."""
    connection.close()
    name = connection.settings_dict["NAME"]
    address, _, rest = os.environ["DATABASE_URL"].partition("?")
    here = f"{address.rpartition('/')[0]}/{name}" + (f"?{rest}" if rest else "")
    ran = subprocess.run(
        [sys.executable, "-m", "tests.journey.budgets.killing"],
        cwd=ROOT,
        env=os.environ
        | {
            "DATABASE_URL": here,
            "DJANGO_SETTINGS_MODULE": "ownway.config.settings",
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        },
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return dict(json.loads(ran.stdout))
