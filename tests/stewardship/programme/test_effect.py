"""What a draft does to everybody: the same to the penny as one by one, fit, spread and losses."""

from datetime import date, timedelta

import pytest

from ownway.foundation.council import queries as council
from ownway.foundation.council.models import SettingsVersion
from ownway.journey.allocation.models import IndicativeBudget
from ownway.policy import allocation
from ownway.stewardship.programme import actions, queries
from ownway.stewardship.programme.queries.caseload import caseload
from tests.stewardship.programme.conftest import (
    JULY,
    MONDAY,
    caring,
    give,
    levels,
    with_budget,
)

pytestmark = pytest.mark.usefixtures("monday")
FACTS = [
    levels(1),
    levels(3, help_="half"),
    levels(4) | {"night": "waking", "living": "alone", "reason": "memory"},
    caring(2),
    {"who": "person", "need_points": 40, "help_points": 25},
    {"who": "person", "need_points": 12, "help_points": 0, "two_person_points": 4,
     "night": "sleep_in"},
    {"who": "carer", "need_points": 9},
]  # fmt: skip


@pytest.fixture
def everybody(council) -> None:
    for facts in FACTS:
        with_budget(facts)


def _draft(lena, **values: object):
    return actions.draft_change(values, starts_on=JULY, because="?", by=lena, at=MONDAY)


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"point_price_pence": 1333, "factor": 0.8765, "carer_point_price_pence": 701},
        {"floor_week_pence": 20_000, "cap_week_pence": 30_000},
        {"ras_method": "table"},
        {"level_points_eating": [0, 1, 2, 3, 9]},
    ],
)
def test_everybody_at_once_is_the_same_as_one_by_one(everybody, settings) -> None:
    pack = council.rules(JULY)
    pack = pack.with_settings({n: v for n, v in settings.items() if n in pack.numbers})

    found = caseload()
    outcome = found.under(pack)

    kept = dict(IndicativeBudget.objects.values_list("pk", "decision__facts"))
    alone = [
        allocation.decide(kept[one.budget], pack).result["weekly_pence"] for one in found.whose
    ]
    assert outcome.known.all()
    assert outcome.weekly.tolist() == alone
    assert len(alone) == len(FACTS)


def test_whose_answer_the_draft_needs_and_nobody_asked_is_counted_and_not_guessed(
    everybody, lena
) -> None:
    draft = _draft(lena, living_alone_factor=1.1)

    effect = queries.effect_of(draft)

    assert effect.people == 3
    assert effect.unknown == 4
    assert dict(effect.missing) == {"who they live with": 4}


def test_only_the_newest_budget_of_the_living_counts(council, lena) -> None:
    person = with_budget(levels(1))
    give(person, levels(4), later=5)
    gone = with_budget(levels(2))
    gone.died_on = MONDAY.date()
    gone.save()

    effect = queries.effect_of(_draft(lena, factor=0.9))

    assert effect.before.tolist() == [72 * 1200 * 95 // 100]


def test_a_new_budget_or_a_changed_person_is_seen_at_once(council, lena) -> None:
    draft = _draft(lena, factor=0.9)
    person = with_budget(levels(1))
    assert queries.effect_of(draft).people == 1

    with_budget(levels(1))
    person.sex = "male"
    person.save()

    effect = queries.effect_of(draft)
    assert effect.people == 2
    assert sorted(one.sex for one in effect.whose) == ["female", "male"]


def test_a_budget_with_a_lower_number_that_is_committed_later_is_seen(council, lena) -> None:
    draft = _draft(lena, factor=0.9)
    little, much = (with_budget(levels(n)).indicative_budgets.get() for n in (1, 4))
    number = much.pk + 50
    IndicativeBudget.objects.bulk_create([_again(little, pk=number, later=1)])
    queries.effect_of(draft)

    late = _again(little, pk=number - 1, later=5)
    late.decision_id = much.decision_id
    IndicativeBudget.objects.bulk_create([late])

    assert len(set(queries.effect_of(draft).before.tolist())) == 1


def _again(budget: IndicativeBudget, *, pk: int, later: int) -> IndicativeBudget:
    return IndicativeBudget(
        pk=pk,
        person_id=budget.person_id,
        decision_id=budget.decision_id,
        weekly_pence=budget.weekly_pence,
        at=budget.at + timedelta(minutes=later),
        by_id=budget.by_id,
    )


def test_those_who_move_furthest_are_worked_again_by_the_interpreter_and_agree(
    everybody, lena
) -> None:
    effect = queries.effect_of(_draft(lena, point_price_pence=1240))

    assert (effect.checked.people, effect.checked.agree) == (5, True)


def test_gains_losses_and_totals_are_counted(everybody, lena) -> None:
    effect = queries.effect_of(_draft(lena, point_price_pence=1240, factor=0.93))

    assert (effect.gain, effect.lose, effect.same) == (5, 2, 0)
    assert effect.year_after == int(effect.after.sum()) * 52
    assert sum(one.people for one in effect.bins) == 7
    assert [loss.whose for loss in effect.losers()] == ["Carers, 65 to 84"] * 2
    assert effect.losers()[0].change == effect.change.min() < 0
    assert (effect.losses, effect.most_loss, effect.middle_loss) == ([], None, None)


def test_the_largest_losses_are_of_people_with_nine_others_like_them(council, lena) -> None:
    for _ in range(10):
        with_budget(caring(2))
    with_budget(caring(3), date_of_birth=date(1980, 1, 1))

    effect = queries.effect_of(_draft(lena, carer_point_price_pence=700))

    assert [one.whose for one in effect.losses] == ["Carers, 65 to 84"] * 5
    assert effect.losers()[0].whose == "Carers, 18 to 64"


def test_the_fitted_share_is_the_greatest_that_keeps_to_the_envelope(everybody, lena) -> None:
    now = queries.effect_of(_draft(lena, factor=0.9)).year_before
    draft = _draft(lena, point_price_pence=1400, budget_envelope_year_pence=now)

    effect = queries.effect_of(draft)

    assert effect.fit is not None
    pack = council.rules_of(draft)
    for share, fits in ((effect.fit.factor, True), (effect.fit.factor + 1, False)):
        year = int(caseload().under(pack.with_settings({"factor": share / 10_000})).weekly.sum())
        assert (year * 52 <= now) is fits
    assert effect.over > 0


def test_the_fitted_share_goes_into_the_draft_at_one_press(everybody, lena) -> None:
    now = queries.effect_of(_draft(lena, factor=0.9)).year_before
    draft = _draft(lena, point_price_pence=1400, budget_envelope_year_pence=now)
    fit = queries.effect_of(draft).fit

    kept = actions.use_factor(
        draft, share=fit.factor, of=council.figures_key(draft), by=lena, at=MONDAY
    )

    assert council.rules_of(kept).value("factor") == fit.factor
    assert council.rules_of(kept).value("point_price_pence") == 1400
    assert queries.effect_of(kept).over <= 0


def test_a_share_worked_out_before_the_draft_changed_puts_nothing_back(everybody, lena) -> None:
    now = queries.effect_of(_draft(lena, factor=0.9)).year_before
    draft = _draft(lena, point_price_pence=1400, budget_envelope_year_pence=now)
    share, read = queries.effect_of(draft).fit.factor, council.figures_key(draft)
    actions.keep_draft(
        SettingsVersion.objects.get(pk=draft.pk),
        {"point_price_pence": 1500, "budget_envelope_year_pence": now},
        starts_on=JULY, because="In another tab", by=lena, at=MONDAY,
    )  # fmt: skip

    with pytest.raises(actions.CannotDraft, match="Look at its effect again"):
        actions.use_factor(draft, share=share, of=read, by=lena, at=MONDAY)

    draft.refresh_from_db()
    assert draft.own["point_price_pence"] == 1500


def test_what_those_have_who_cannot_be_worked_out_is_kept_aside_of_the_envelope(
    everybody, lena
) -> None:
    now = queries.effect_of(_draft(lena, factor=0.9)).year_before
    asking = {"living_alone_factor": 1.1, "budget_envelope_year_pence": now}

    effect = queries.effect_of(_draft(lena, **asking))

    lacking = [one for one in caseload().whose if one not in effect.whose]
    aside = sum(one.weekly for one in lacking) * 52
    assert effect.unknown == len(lacking) == 4
    assert aside <= effect.reserved < aside + 100_000
    assert effect.over == effect.year_after + effect.reserved - now
    assert effect.fit is not None
    assert effect.fit.year + effect.reserved <= now < effect.fit.next_year + effect.reserved


def test_without_an_envelope_there_is_nothing_to_fit(everybody, lena) -> None:
    effect = queries.effect_of(_draft(lena, factor=0.9))

    assert (effect.envelope, effect.fit, effect.over) == (None, None, None)


def test_nobody_with_a_budget_is_an_effect_on_nobody(draft) -> None:
    effect = queries.effect_of(draft)

    assert (effect.people, effect.year_after, effect.bins, effect.losses) == (0, 0, (), [])
    assert effect.as_json()["groups"] == []


def test_the_same_few_questions_are_asked_of_the_database_however_many_there_are(
    everybody, lena, django_assert_num_queries
) -> None:
    draft = _draft(lena, factor=0.9)
    queries.effect_of(draft)
    for _ in range(12):
        with_budget(levels(2))

    with django_assert_num_queries(6):
        queries.effect_of(draft)
