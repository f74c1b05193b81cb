"""`policy synthetic`, `calibrate` and `equality`: as the how-to has them, and as they go wrong."""

import json
import re
import shlex
import tomllib
from pathlib import Path

import pytest

from ownway.commands import policy

HOW_TO = Path(__file__).parents[3] / "docs" / "how-to" / "calibrate-from-history.md"
ROOT = HOW_TO.parents[2]


@pytest.fixture
def run(capsys):
    def go(*words):
        code = policy.main([str(word) for word in words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return go


@pytest.fixture(scope="module")
def history(tmp_path_factory):
    file = tmp_path_factory.mktemp("history") / "history.parquet"
    assert policy.main(["synthetic", "--preset", "slough-2010", "--people", "300", str(file)]) == 0
    return file


def test_the_commands_of_the_how_to_do_what_it_says(run, tmp_path, monkeypatch):
    (block,) = re.findall(r"```sh\n(.*?)```", HOW_TO.read_text("utf-8"), re.DOTALL)
    commands = [shlex.split(line) for line in block.strip().splitlines()]
    monkeypatch.chdir(tmp_path)
    (tmp_path / "docs").symlink_to(ROOT / "docs")

    said = []
    for words in commands:
        assert words[:2] == ["./ownway", "policy"]
        quick = ["--no-challenger"] if words[2] == "calibrate" else []
        code, out, err = run(*words[2:], *quick)
        assert (code, err) == (0, ""), words
        said.append(out)

    invented, calibrated, proved, allocated, compared, everyone, again = said
    assert "900 rows" in invented
    assert "Assumption" in invented
    assert "To remain in £90,000.00 a week: a share of" in calibrated
    assert "FAILS" not in proved
    assert "Calibrated from history.parquet, 900 people" in allocated
    assert "Least we could have seen" in compared
    assert "900 people worked out" in everyone
    assert "people with an amount of nothing are left out" in again


def test_every_option_and_column_the_how_to_names_is_there(run):
    text = HOW_TO.read_text("utf-8")
    helps = [run(name, "--help")[1] for name in ("synthetic", "calibrate", "equality")]

    for option in set(re.findall(r"--[a-z]+(?:-[a-z]+)*", text)):
        assert any(option in one for one in helps), option


def test_it_answers_in_json_and_writes_a_draft(run, history, tmp_path):
    out = tmp_path / "draft.toml"

    code, said, _ = run(
        "calibrate", history, "--pack", "careact-2014", "--percentile", "80", "--on", "2026-04-06",
        "--no-challenger", "--json", out,
    )  # fmt: skip

    report, draft = json.loads(said), tomllib.loads(out.read_text("utf-8"))
    assert code == 0
    assert report["people"] == 300
    assert report["percentile"] == 0.8
    assert draft["base"] == "careact-2014"
    assert draft["numbers"]["points_table"]["values"][0]["value"] == report["curve"]
    assert str(draft["numbers"]["factor"]["values"][0]["from"]) == "2026-04-06"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--pack", "facs-2011", "d.toml"], "there is no pack of this name"),
        (["--pack", "alderbrook", "d.toml"], "is a profile, not a pack"),
        (["--pack", "facs-2010", "d.json"], "End it in .toml"),
        (["--pack", "facs-2010", "--budget", "-1", "d.toml"], "envelope"),
        (["--pack", "facs-2010", "--fewest", "500", "d.toml"], "500 are needed"),
    ],
)
def test_what_cannot_be_calibrated_is_refused_and_nothing_is_written(
    run, history, tmp_path, monkeypatch, words, said
):
    monkeypatch.chdir(tmp_path)

    code, _, err = run("calibrate", history, "--no-challenger", *words)

    assert code == 1
    assert said in err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "words",
    [
        ["synthetic", "--preset", "atlantis", "x.csv"],
        ["synthetic", "--preset", "load", "--people", "0", "x.csv"],
        ["synthetic", "--preset", "load", "--people", "many", "x.csv"],
        ["calibrate", "h.csv", "x.toml"],
        ["calibrate", "h.csv", "--pack", "facs-2010", "--percentile", "100", "x.toml"],
        ["calibrate", "h.csv", "--pack", "facs-2010", "--leave-out", "everyone", "x.toml"],
        ["equality", "h.csv"],
    ],
)
def test_wrong_words_are_wrong_usage(run, words):
    code, _, err = run(*words)

    assert code == 2
    assert "usage" in err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--gap", "group=martian:-8%", "x.csv"], "has no group 'martian'"),
        (["--missing", "2", "x.csv"], "missing: must be from 0 to 1"),
        (["x.docx"], "is neither CSV nor Parquet"),
        (["nowhere/x.csv"], "cannot be written"),
    ],
)
def test_a_council_that_cannot_be_invented_is_refused(run, tmp_path, monkeypatch, words, said):
    monkeypatch.chdir(tmp_path)

    code, _, err = run("synthetic", "--preset", "load", "--people", "5", *words)

    assert code == 1
    assert said in err
    assert not list(tmp_path.iterdir())


def test_winners_and_losers_between_two_policies_are_told_by_group(run, tmp_path):
    file = tmp_path / "people.csv"
    rows = [f"{1000 + n},{1000 + n - (60 if n % 2 else 0)},{'ab'[n % 2]}" for n in range(60)]
    file.write_text("\n".join(["before,after,sex", *rows]) + "\n")

    code, said, _ = run(
        "equality", file, "--before", "before", "--after", "after", "--by", "sex", "--json"
    )
    shown = run("equality", file, "--before", "before", "--after", "after", "--by", "sex")[1]

    a, b = json.loads(said)["by"]["sex"]
    assert code == 0
    assert (a["less"], b["less"], b["people"]) == (0, 30, 30)
    assert b["gap"]["finding"] == "less"
    assert "−£0.60" in shown


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--by", "sex"], "Give --actual and --expected, or --before and --after"),
        (["--by", "sex", "--actual", "cost_pence"], "are not one pair to compare"),
        (["--by", "hat", "--actual", "cost_pence", "--expected", "truth_pence"],
         "hat: is not a column here"),
        (["--by", "sex", "--actual", "cost_pence", "--expected", "ethnic_group"],
         "'white' is not a number"),
    ],
)  # fmt: skip
def test_what_cannot_be_compared_is_refused(run, history, words, said):
    code, _, err = run("equality", history, *words)

    assert code == 1
    assert said in err


@pytest.mark.parametrize("name", ["there.csv", "there.parquet"])
def test_a_council_is_never_invented_over_a_file_that_is_there(run, tmp_path, name):
    (tmp_path / name).write_text("mine", "utf-8")

    code, _, err = run("synthetic", "--preset", "load", "--people", "5", tmp_path / name)

    assert code == 1
    assert f"{name}: is there already. Move it away, or name another." in err
    assert (tmp_path / name).read_text("utf-8") == "mine"


def test_a_draft_is_never_written_over_a_file_that_is_there(run, history, tmp_path):
    draft = tmp_path / "draft.toml"
    draft.write_text("mine", "utf-8")

    code, _, err = run("calibrate", history, "--pack", "facs-2010", "--no-challenger", draft)

    assert code == 1
    assert "draft.toml: is there already. Move it away, or name another." in err
    assert draft.read_text("utf-8") == "mine"


def test_who_has_an_amount_of_nothing_is_named_with_the_mend(run, tmp_path):
    people = tmp_path / "people.csv"
    people.write_text("group,spent,guide\na,10,10\nb,0,10\n", "utf-8")

    code, _, err = run("equality", people, "--by", "group", "--actual", "spent",
                       "--expected", "guide")  # fmt: skip

    assert code == 1
    assert "row 2: must be more than nothing" in err
    assert "--leave-out nothing" in err


# -- A page that stands alone -------------------------------------------------------------------


PAGES = {
    "calibrate": ["--pack", "facs-2010", "--no-challenger", "draft.toml"],
    "whatif": ["--pack", "alderbrook", "--set", "point_price_pence=1300", "--envelope", "5000000"],
    "equality": ["--actual", "cost_pence", "--expected", "truth_pence", "--by", "ethnic_group"],
}


@pytest.mark.parametrize("command", PAGES)
def test_a_page_tells_all_that_was_found_and_needs_nothing_else(
    run, history, tmp_path, monkeypatch, command
):
    monkeypatch.chdir(tmp_path)

    code, _, err = run(command, "--page", "found.html", history, *PAGES[command])

    text = (tmp_path / "found.html").read_text("utf-8")
    assert (code, err) == (0, "")
    assert text.count("<h1>") == 1
    assert "<svg" in text
    assert "<table>" in text
    assert not re.search(r"<script|<link|(src|href)=|https?:|url\(", text)
    told = {"calibrate": "Points for each answer", "whatif": "To remain in budget",
            "equality": "“None seen” is not “equal”"}  # fmt: skip
    assert told[command] in text


@pytest.mark.parametrize(
    ("name", "said"),
    [("found.txt", "End it in .html."), ("no/found.html", "is not a folder."),
     ("there.html", "is there already.")],
)  # fmt: skip
@pytest.mark.parametrize("command", PAGES)
def test_a_page_that_cannot_be_written_is_refused_before_the_work(
    run, history, tmp_path, monkeypatch, command, name, said
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "there.html").write_text("mine", "utf-8")

    code, out, err = run(command, "--page", name, history, *PAGES[command])

    assert (code, out) == (1, "")
    assert said in err
    assert (tmp_path / "there.html").read_text("utf-8") == "mine"
    assert not (tmp_path / "draft.toml").exists()


def test_what_a_file_says_is_only_text_on_a_page(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    rows = [f"<b>x</b>,{100 + n},{101 + n}" for n in range(30)]
    rows += [f"y,{100 + n},{101 + n}" for n in range(30)]
    (tmp_path / "people.csv").write_text("\n".join(["g,before,after", *rows]), "utf-8")

    run("equality", "people.csv", "--before", "before", "--after", "after", "--by", "g",
        "--page", "found.html")  # fmt: skip

    text = (tmp_path / "found.html").read_text("utf-8")
    assert "&lt;b&gt;x" in text
    assert "<b>" not in text
