"""A formula from a history: what it finds, how near it says it comes, and the draft it writes."""

import json
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from ownway.policy import allocation, calibration, domains, packs, proving
from ownway.policy.calibration import Choices, challenger, checking, points, scoring, whole
from ownway.policy.refusals import FactsRefused

ON = date(2026, 1, 30)


@pytest.fixture(scope="module")
def report(history, pack):
    return calibration.calibrate(history, pack, with_challenger=False)


@pytest.fixture(scope="module")
def draft(report, tmp_path_factory):
    file = tmp_path_factory.mktemp("draft") / "draft.toml"
    file.write_text(calibration.draft(report, name="draft", on=ON), "utf-8")
    return file


def test_a_truth_that_a_table_can_write_is_found(history, pack):
    truth = calibration.formula(history)
    exact = replace(history, cost=whole.weekly(history, truth, pack))

    found = calibration.formula(exact)

    given = whole.weekly(exact, found, pack)
    assert scoring.score(exact.cost, given).explained > 0.99
    assert scoring.score(exact.cost, given).total == pytest.approx(1, abs=0.005)


def test_it_comes_nearly_as_near_as_the_truth_does(history_of, pack):
    history = history_of(3_000, scatter=0.4)

    report = calibration.calibrate(history, pack, with_challenger=False)

    assert 0.66 < report.across.explained < 0.80
    assert report.across.explained <= report.published.explained + 0.01
    assert report.across.total == pytest.approx(1, abs=0.03)
    assert report.forward is not None
    assert report.forward.score.explained > 0.6


def test_rounding_costs_nothing_that_a_point_up_or_down_could_mend(history):
    fitted, loss = points.fit(history)
    formula = whole.rounded(history, fitted, loss)

    def lost(one):
        at = whole.standing(history, one)
        x, y = np.array(one.knots, dtype=float).T
        weekly = at.weekly(np.interp(at.points, x, y / 52))
        return np.sum(loss.weights * (loss.cost - weekly) ** 2)

    swept = whole._swept(history, formula, loss)
    assert lost(swept) <= lost(formula)
    assert np.all(np.diff(swept.tables, axis=1) >= 0)
    real = _weekly_of(history, fitted)
    assert lost(formula) <= 1.02 * np.sum(loss.weights * (loss.cost - real) ** 2)


def _weekly_of(history, fitted):
    return points._weekly(history, fitted)


def test_what_is_reported_is_what_one_person_would_be_given(report, draft, history, pack):
    read = packs.read_file(draft, on=ON)
    weekly = whole.weekly(history, report.formula, pack)

    for place in range(0, history.people, 97):
        decided = allocation.decide(_facts(history, place), read)
        assert decided.result["weekly_pence"] == weekly[place]


def _facts(history, place):
    answers = {
        key: {
            "level": int(history.answers[part][place]),
            "help": allocation.HELP[history.help[part][place]],
            "two_people": bool(history.two_people[part][place]),
        }
        for part, key in enumerate(domains.KEYS)
    }
    return {
        "who": "person",
        "answers": answers,
        "night": allocation.NIGHT[history.night[place]],
        "living": allocation.LIVING[history.living[place]],
        "reason": allocation.REASONS[history.reason[place]],
    }


def test_the_draft_is_proved_and_says_where_its_numbers_come_from(draft, report):
    read = packs.read_file(draft, on=ON)

    assert [claim for claim in proving.claims(read) if not claim.holds] == []
    assert read.number("level_points_eating").source == (
        "Calibrated from history.parquet, 600 people, 2026-01-30"
    )
    assert not read.number("points_table").confirmed
    assert len(read.number("points_table").knots) == 8
    text = draft.read_text("utf-8")
    assert "Somebody must read it, and another person must publish it." in text
    assert f"explains {report.across.explained:.1%} of how costs differ" in text


def test_a_draft_reads_whatever_the_file_was_called(report):
    odd = replace(report, name='a "b"\\c\n[numbers].csv')

    text = calibration.draft(odd, name="x\ny", on=ON)

    import tomllib

    assert tomllib.loads(text)["title"] == 'Draft calibrated from a "b"\\c?[numbers].csv'


def test_several_questions_about_a_part_are_weighed_one_by_one(history_of, pack, tmp_path):
    history = history_of(500, questions=2)

    report = calibration.calibrate(history, pack, with_challenger=False)

    assert report.points_json().keys() == {
        f"level.{key}.{which}" for key in domains.KEYS for which in (1, 2)
    }
    file = tmp_path / "draft.toml"
    file.write_text(calibration.draft(report, name="draft", on=ON), "utf-8")
    read = packs.read_file(file, on=ON)
    both = np.sum([report.points_json()[f"level.eating.{one}"] for one in (1, 2)], axis=0)
    assert read.number("level_points_eating").table == tuple(both)
    assert "level.eating.2" in file.read_text("utf-8")
    assert report.across.explained > 0.5


def test_the_share_that_remains_in_budget_is_the_greatest_that_does(history, pack):
    budget = int(history.cost.sum() * 0.9)

    report = calibration.calibrate(history, pack, budget_pence=budget, with_challenger=False)

    found = report.deflator
    assert found is not None
    assert found.weekly_pence <= budget < found.next_pence
    text = calibration.draft(report, name="draft", on=ON)
    assert f"value = {found.ratio} }}]" in text.split("[numbers.factor]")[1]


def test_a_percentile_covers_what_it_says_and_costs_more(history_of, pack):
    history = history_of(3_000)

    report = calibration.calibrate(
        history, pack, choices=Choices(percentile=0.8), with_challenger=False
    )

    by_share = {one.share: one for one in report.frontier}
    for share in checking.SHARES:
        assert by_share[share].covered == pytest.approx(share, abs=0.03)
    totals = [by_share[share].total for share in checking.SHARES]
    assert totals == sorted(totals)
    assert report.across_chosen.covered > report.across.covered + 0.15


def test_a_band_holds_four_in_five_of_people_it_was_not_made_from(history_of, pack):
    history = history_of(3_500, preset="load")

    report = calibration.calibrate(history, pack, with_challenger=False)

    large = [band for band in report.bands if band.people >= 500]
    assert len(large) >= 2
    assert all(0.75 <= band.covered <= 0.85 for band in large)
    assert all(band.low < 1 < band.high for band in large)


def test_bands_on_new_people_hold_as_well_as_they_say():
    rng = np.random.default_rng(11)
    given = np.full(6_000, 100.0)
    actual = given * rng.lognormal(0, 0.4, 6_000)
    groups = np.repeat(["a", "b"], [5_960, 40])
    (a, b) = scoring.bands(actual, given, groups, np.arange(6_000) % 5)

    fresh = 100 * rng.lognormal(0, 0.4, 50_000)

    for band in (a, b):
        held = np.mean((fresh >= 100 * band.low) & (fresh <= 100 * band.high))
        assert held == pytest.approx(0.8, abs=0.02)


def test_all_the_plans_of_one_person_are_in_one_fold(history):
    twice = replace(history, person=history.person // 2)

    folds = checking.folds(twice)

    for person in np.unique(twice.person)[:50]:
        assert len(set(folds[twice.person == person])) == 1
    assert np.bincount(folds).min() > history.people / 6


def test_nothing_is_said_forward_in_time_where_dates_do_not_tell(history, pack):
    undated = replace(history, decided_on=None)
    one_day = replace(history, decided_on=np.full(history.people, np.datetime64("2012-03-31")))

    assert checking.forward(undated, pack, Choices()) is None
    assert checking.forward(one_day, pack, Choices()) is None


def test_what_was_planted_is_seen_by_group_and_said_with_its_limit(history_of, pack):
    from ownway.policy.synthetic import read_gap

    history = history_of(2_500, preset="slough-2010", gaps=(read_gap("group=asian:-20%"),))

    report = calibration.calibrate(history, pack, with_challenger=False)

    asian = next(one for one in report.gaps["ethnic_group"] if one.group == "asian")
    assert asian.gap is not None
    assert asian.gap.finding == "less"
    assert asian.gap.low < -0.1
    assert any("Least we could have seen" in line for line in report.lines())


def test_a_black_box_is_set_beside_it(history_of, pack, monkeypatch):
    # Its threads wait on each other where other tests hold the processor.
    threadpool_limits = pytest.importorskip("threadpoolctl").threadpool_limits
    monkeypatch.setattr(challenger, "ROUNDS", 20)

    with threadpool_limits(1):
        report = calibration.calibrate(history_of(400), pack)

    assert report.challenger is not None
    assert report.of_the_challenger is not None
    assert report.of_the_challenger > 0.9
    assert any("of what the black box does" in line for line in report.lines())


def test_without_scikit_learn_it_says_how_to_install_it(history, pack, monkeypatch):
    monkeypatch.setattr(challenger, "find_spec", lambda name: None)

    report = calibration.calibrate(history, pack)

    assert report.challenger is None
    assert any("pip install 'ownway[challenger]'" in line for line in report.lines())


def test_a_history_with_only_what_must_be_there_still_works(history, pack):
    bare = replace(
        history, given=frozenset(), groups={}, decided_on=None, night=history.night * 0,
        living=history.living * 0, reason=history.reason * 0,
        two_people=history.two_people * 0,
    )  # fmt: skip

    report = calibration.calibrate(bare, pack, with_challenger=False)

    assert report.not_known == ("two_people", "night", "living", "reason", "decided_on")
    settings = report.formula.settings()
    assert settings["living_alone_factor"] == settings["reason_learning_factor"] == 1
    assert settings["two_person_more_points"] == settings["night_waking_year_pence"] == 0
    assert report.gaps == {}


def test_a_profile_is_no_pack_to_draft_over(history):
    alderbrook = packs.load("alderbrook", on=ON)

    with pytest.raises(FactsRefused, match=r"is a profile, not a pack\. Use facs-2010"):
        calibration.calibrate(history, alderbrook)


def test_a_history_in_which_need_does_not_go_with_cost_is_refused(history, pack):
    free = replace(history, cost=history.cost * 0)

    with pytest.raises(FactsRefused, match="has no answer that goes with a higher cost"):
        calibration.calibrate(free, pack, with_challenger=False)


@pytest.mark.parametrize("seed", range(4))
def test_whatever_people_said_and_cost_the_draft_is_proved_and_the_report_is_data(
    history, pack, seed, tmp_path
):
    rng = np.random.default_rng(seed)
    rows = history.rows(rng.choice(history.people, 120))
    wild = replace(
        rows,
        person=np.arange(120),
        cost=(rows.answers.sum(axis=0) * rng.lognormal(6, 2.5, 120)).astype(np.int64),
        reason=rng.integers(0, 8, 120),
    )

    report = calibration.calibrate(
        wild, pack, with_challenger=False,
        choices=Choices(0.9 if seed % 2 else None, 0.1 * (seed % 3)),
    )  # fmt: skip

    json.dumps(report.as_json(), allow_nan=False)
    file = tmp_path / "draft.toml"
    file.write_text(calibration.draft(report, name="draft", on=ON), "utf-8")
    read = packs.read_file(file, on=ON)
    assert [claim for claim in proving.claims(read) if not claim.holds] == []
