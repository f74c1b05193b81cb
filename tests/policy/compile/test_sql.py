"""The database comes to the same, from one statement written out of the same graph."""

from datetime import date

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ownway.policy import interpret, packs, population
from ownway.policy.compile import sql
from ownway.policy.refusals import PackRefused
from tests.policy import strategies
from tests.policy.compile.test_runs import crowd

pytestmark = pytest.mark.django_db
PACK = packs.load("alderbrook", on=date(2026, 1, 30))


def answers(graph, numbers, people, wanted):
    """What the database makes of some people: a dictionary for each, by place."""
    names = [node.name for node in graph.inputs]
    columns = ", ".join(f"{sql.name_of(name)} bigint" for name in names)
    row = f"({', '.join(['%s'] * (len(names) + 1))})"
    values = [[place, *(one[name] for name in names)] for place, one in enumerate(people)]
    with connection.cursor() as cursor:
        cursor.execute("drop table if exists crowd")
        cursor.execute(f"create temporary table crowd (id int, {columns}) on commit drop")
        cursor.executemany(f"insert into crowd values {row}", values)  # noqa: S608  # our names
        cursor.execute(sql.statement(graph, numbers, wanted=wanted, source="crowd"))
        return [dict(zip(wanted, made[1:], strict=True)) for made in cursor.fetchall()]


@given(data=st.data())
@settings(max_examples=25, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
def test_a_random_policy_in_the_database_comes_to_what_each_person_alone_comes_to(data):
    graph = data.draw(strategies.policies())
    people = data.draw(strategies.people(graph))
    wanted = [node.name for node in graph.nodes]

    made = answers(graph, strategies.NUMBERS, people, wanted)

    numbers = strategies.NUMBERS
    assert made == [interpret.run(graph, inputs=one, numbers=numbers) for one in people]


@pytest.mark.parametrize("name", [name for name in PACK.graphs if "person_" in name])
def test_a_shipped_budget_in_the_database_comes_to_what_the_plain_run_comes_to(name):
    graph = PACK.graph(name)
    columns = crowd(graph, 200)
    people = [{n: int(column[row]) for n, column in columns.items()} for row in range(200)]

    made = answers(graph, PACK.numbers, people, ["weekly"])

    plain = population.run(graph, inputs=columns, numbers=PACK.numbers)["weekly"]
    assert [one["weekly"] for one in made] == plain.tolist()


def test_a_person_with_an_unknown_or_impossible_fact_gets_no_answer():
    graph = PACK.graph("carer_totals, then carer_by_price")
    people = [{"need_points": points} for points in (5, None, -1, 10**15)]

    made = answers(graph, PACK.numbers, people, ["weekly"])

    assert [one["weekly"] for one in made] == [3800, None, None, None]


def test_a_node_that_is_not_there_is_refused():
    with pytest.raises(PackRefused, match="has no node 'daily'"):
        sql.statement(PACK.graph("free"), PACK.numbers, wanted=["daily"])
