"""The database comes to the same, from one statement written out of the same graph."""

import os
from datetime import date

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ownway.policy import interpret, packs, population
from ownway.policy.compile import sql
from ownway.policy.refusals import PackRefused
from tests.policy import strategies
from tests.policy.compile.test_runs import crowd

PACK = packs.load("alderbrook", on=date(2026, 1, 30))


@pytest.fixture(scope="module")
def database():
    """A connection of its own: the statement reads one table, so no others need be made."""
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        yield connection


def answers(database, graph, numbers, people, wanted):
    """What the database makes of some people: a dictionary for each, by place."""
    names = [node.name for node in graph.inputs]
    columns = ", ".join(f"{sql.name_of(name)} bigint" for name in names)
    row = f"({', '.join(['%s'] * (len(names) + 1))})"
    values = [[place, *(one[name] for name in names)] for place, one in enumerate(people)]
    with database.transaction(force_rollback=True), database.cursor() as cursor:
        cursor.execute(f"create temporary table crowd (id int, {columns})")
        cursor.executemany(f"insert into crowd values {row}", values)  # noqa: S608  # our names
        cursor.execute(sql.statement(graph, numbers, wanted=wanted, source="crowd"))
        return [dict(zip(wanted, made[1:], strict=True)) for made in cursor.fetchall()]


@given(data=st.data())
@settings(max_examples=25, deadline=None)
def test_a_random_policy_in_the_database_comes_to_what_each_person_alone_comes_to(database, data):
    graph = data.draw(strategies.policies())
    people = data.draw(strategies.people(graph))
    wanted = [node.name for node in graph.nodes]

    made = answers(database, graph, strategies.NUMBERS, people, wanted)

    numbers = strategies.NUMBERS
    assert made == [interpret.run(graph, inputs=one, numbers=numbers) for one in people]


@pytest.mark.parametrize("name", [name for name in PACK.graphs if "person_" in name])
def test_a_shipped_budget_in_the_database_comes_to_what_the_plain_run_comes_to(database, name):
    graph = PACK.graph(name)
    columns = crowd(graph, 200)
    people = [{n: int(column[row]) for n, column in columns.items()} for row in range(200)]

    made = answers(database, graph, PACK.numbers, people, ["weekly"])

    plain = population.run(graph, inputs=columns, numbers=PACK.numbers)["weekly"]
    assert [one["weekly"] for one in made] == plain.tolist()


def test_a_person_with_an_unknown_or_impossible_fact_gets_no_answer(database):
    graph = PACK.graph("carer_totals, then carer_by_price")
    people = [{"need_points": points} for points in (5, None, -1, 10**15)]

    made = answers(database, graph, PACK.numbers, people, ["weekly"])

    assert [one["weekly"] for one in made] == [3800, None, None, None]


def test_a_node_that_is_not_there_is_refused():
    with pytest.raises(PackRefused, match="has no node 'daily'"):
        sql.statement(PACK.graph("free"), PACK.numbers, wanted=["daily"])
