"""A formula found from a history: its report as a page, its draft pack, and a draft of it."""

import json
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from ownway.demo import rules
from ownway.foundation.council.models import SettingsVersion
from ownway.policy import synthetic
from ownway.stewardship.programme.models import Calibration
from tests.stewardship.programme.conftest import MONDAY

pytestmark = pytest.mark.usefixtures("monday")
PAGE = "/council/policy/calibrations/"


@pytest.fixture
def shown(lena) -> Calibration:
    """The report that the demonstration starts with."""
    return rules.calibrate_once(at=MONDAY)


@pytest.fixture(scope="module")
def history(tmp_path_factory) -> bytes:
    """What an invented council spent on 400 people."""
    path = Path(tmp_path_factory.mktemp("history")) / "history.csv"
    council = synthetic.Council(synthetic.PRESETS["dudley-2012"], 1, synthetic.Knobs())
    synthetic.write(council, path, people=400)
    return path.read_bytes()


def _send(as_, lena, content: bytes, *, name: str = "history.csv", **typed: str):
    file = SimpleUploadedFile(name, content)
    return as_(lena).post(PAGE, {"name": "Panels of 2025", "file": file, **typed}, follow=True)


def test_a_report_shows_how_near_it_comes_with_plots_and_tables(as_, lena, shown) -> None:
    text = as_(lena).get(reverse("policy-calibration", args=[shown.pk])).content.decode()

    across = shown.report["across"]
    assert f"{across['explained']:.1%}" in text
    assert "A black box (gradient boosting)" in text
    assert "What points are worth a year" in text
    assert "Washing and dressing" in text
    assert "Whom it may not suit" in text
    assert "Less than others" in text


def test_a_history_becomes_a_report_and_is_not_kept(as_, lena, history) -> None:
    answer = _send(as_, lena, history)

    made = Calibration.objects.get()
    assert "The history itself was not kept" in answer.content.decode()
    assert (made.name, made.report["people"], made.made_by) == ("Panels of 2025", 400, lena)
    assert made.report["challenger"] is None
    assert 'base = "facs-2010"' in made.pack_text


def test_rows_that_cannot_be_right_are_named_and_nothing_is_kept(as_, lena, history) -> None:
    lines = history.decode().splitlines()
    lines[3] = lines[3].replace(",", ",lots,", 1)

    answer = _send(as_, lena, "\n".join(lines).encode())

    text = answer.content.decode()
    assert answer.status_code == 422
    assert "row 3" in text
    assert "history.csv: " not in text
    assert "Panels of 2025" in text
    assert not Calibration.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("history.xlsx", b"PK", "Choose a CSV or Parquet file"),
        ("history.csv", b"", "The file is empty"),
        ("history.csv", b"\x00\xff\xfe", "The file"),
        ("history.parquet", b"PAR1 no", "The file"),
    ],
)
def test_what_is_no_history_is_refused_in_words(as_, lena, name, content, says) -> None:
    answer = _send(as_, lena, content, name=name)

    assert answer.status_code == 422
    assert says in answer.content.decode()


def test_its_numbers_become_a_draft_whose_effect_is_shown(as_, lena, shown) -> None:
    typed = {"starts_on_day": "1", "starts_on_month": "7", "starts_on_year": "2026"}

    answer = as_(lena).post(reverse("policy-calibration", args=[shown.pk]), typed, follow=True)

    draft = SettingsVersion.objects.get(status="draft")
    assert draft.own["ras_method"] == "table"
    assert draft.because == f"Calibrated from {shown.name}"
    assert answer.redirect_chain[-1][0] == reverse("policy-effect", args=[draft.number])


def test_the_draft_pack_can_be_taken_away(as_, lena, shown) -> None:
    answer = as_(lena).get(reverse("policy-calibration-pack", args=[shown.pk]))

    assert answer.content.decode() == shown.pack_text
    assert "attachment" in answer["Content-Disposition"]


def test_who_weighs_reads_and_only_who_drafts_adds(as_, sol, dev, shown, history) -> None:
    assert as_(sol).get(PAGE).status_code == 200
    assert as_(dev).get(PAGE).status_code == 403
    assert as_(sol).post(PAGE, {"name": "x", "file": BytesIO(history)}).status_code in (403, 422)
    assert Calibration.objects.count() == 1


def test_what_the_demonstration_shows_is_what_the_command_gives() -> None:
    report = json.loads((rules.DATA / "calibration.json").read_text("utf-8"))
    pack = (rules.DATA / "calibration.toml").read_text("utf-8")

    assert report["settings"]["ras_method"] == "table"
    for name, values in report["points"].items():
        assert f"[numbers.level_points_{name.removeprefix('level.')}]" in pack
        assert values == sorted(values)
