import json

import pytest

from ownway.commands import directory, forms
from ownway.design.questionnaire.jsontext import load
from ownway.foundation.forms.models import Form
from tests.foundation.forms.conftest import COUNCIL, COUNCIL_FORMS, SMALL


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "at-home.json"
    path.write_text(json.dumps(SMALL, indent=1))
    return path


def test_a_form_comes_in_is_listed_and_goes_out_the_same(db, file, tmp_path, capsys):
    out = tmp_path / "out.json"

    assert forms.main(["import", str(file)]) == 0
    assert forms.main(["list"]) == 0
    assert forms.main(["export", "at-home", str(out)]) == 0

    said = capsys.readouterr().out
    assert "brought in: at-home version 1, 6 questions, live" in said
    assert load(out.read_bytes()).value == SMALL


def test_all_four_council_forms_come_in_at_once(db, tmp_path, capsys):
    paths = [COUNCIL / f"{name}.json" for name in COUNCIL_FORMS]
    if not paths[0].exists():
        pytest.skip("the standards folder is not here: set OWNWAY_STANDARDS")

    assert forms.main(["import", *map(str, paths)]) == 0

    for path in paths:
        out = tmp_path / path.name
        assert forms.main(["export", path.stem, str(out)]) == 0
        assert load(out.read_bytes()).value == load(path.read_bytes()).value


def test_a_refused_file_lists_line_item_and_reason_and_keeps_nothing(db, file, capsys):
    bad = {**SMALL, "item": [{"linkId": "x.1", "type": "url", "text": "?"}]}
    file.write_text(json.dumps(bad, indent=1))

    assert forms.main(["import", str(file)]) == 1

    said = capsys.readouterr().err
    line = next(n for n, words in enumerate(file.read_text().splitlines(), 1) if '"url"' in words)
    assert f"line {line}, item x.1: Items of type “url” are outside the subset" in said
    assert not Form.objects.exists()


def test_a_dry_run_needs_no_database_and_keeps_nothing(file, capsys):
    assert forms.main(["import", "--dry-run", str(file)]) == 0

    assert "would be brought in: At home, 6 questions" in capsys.readouterr().out


def test_refusals_can_be_said_as_json(file, capsys):
    file.write_text("{")

    assert forms.main(["import", "--dry-run", "--json", str(file)]) == 1

    found = json.loads(capsys.readouterr().out)[0]["problems"][0]
    assert found["line"] == 1
    assert "not JSON" in found["reason"]


@pytest.mark.parametrize(
    ("words", "code"),
    [([], 2), (["sing"], 2), (["import"], 2), (["import", "/no/such/file"], 1), (["--help"], 0)],
)
def test_wrong_usage_is_told_apart_from_a_refusal(words, code, capsys):
    assert forms.main(words) == code


def test_a_form_that_is_not_here_is_refused_with_a_sentence(db, capsys):
    assert forms.main(["export", "nobody"]) == 1

    assert "There is no form nobody" in capsys.readouterr().err


def test_a_file_that_is_not_there_is_refused_alike_by_forms_and_by_the_directory(
    db, tmp_path, capsys
):
    missing = str(tmp_path / "none.json")

    assert forms.main(["import", missing]) == directory.main(["import", missing]) == 1

    assert capsys.readouterr().err.count("none.json") == 2
