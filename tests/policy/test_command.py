"""`ownway policy`: answers, sentences and exit codes, from files anyone may write."""

import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from random import Random

import jsonschema
import pytest

from ownway.commands import policy
from ownway.policy import proving
from tests.policy import strategies
from tests.policy.conftest import EXAMPLES

JONES = str(EXAMPLES / "joneses-harold-budget.json")


@pytest.fixture
def run(capsys):
    def command(*words):
        code = policy.main([str(word) for word in words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return command


def test_a_budget_is_shown_line_by_line(run):
    code, out, _ = run("allocate", "--pack", "alderbrook", "--on", "2026-01-30", JONES)

    assert code == 0
    assert "Starting budget: £171.00 a week" in out
    assert "In one line: (40 − 25) × £12.00 × 0.95 = £171.00" in out
    assert "facs-2010 with alderbrook, version 1, on 30 January 2026" in out
    assert "The home, money and letters" in out


def test_a_profile_may_be_given_beside_its_pack(run):
    code, out, _ = run("allocate", "--pack", "facs-2010", "--profile", "alderbrook", JONES)

    assert code == 0
    assert "£171.00" in out


def test_json_is_the_whole_decision(run):
    code, out, _ = run("charge", "--pack", "careact-2014", "--on", "2026-06-01", "--json",
                       EXAMPLES / "06-pensioner.json")  # fmt: skip

    answer = json.loads(out)
    assert code == 0
    assert answer["result"]["charge_pence"] == 10_325
    assert (answer["pack"], answer["on"]) == ("careact-2014", "2026-06-01")
    assert len(answer["trace"]) > 40


def test_every_node_is_shown_when_asked(run):
    _, out, _ = run("allocate", "--pack", "alderbrook", "--trace", JONES)

    assert "helped.home" in out


def test_facts_may_come_from_standard_input(run, monkeypatch):
    pipe = io.TextIOWrapper(io.BytesIO(b'{"who": "carer", "need_points": 5}'))
    monkeypatch.setattr(sys, "stdin", pipe)

    code, out, _ = run("allocate", "--pack", "alderbrook", "-")

    assert code == 0
    assert "£38.00" in out


def test_missing_facts_are_each_on_a_line_of_their_own(run, tmp_path):
    file = tmp_path / "facts.json"
    file.write_text('{"who": "person"}')

    code, out, err = run("charge", "--pack", "alderbrook", file)

    assert (code, out) == (1, "")
    assert err.splitlines() == [
        "Cannot decide yet. Still to find out:",
        "budget_pence: is not known yet.",
        "income_pence: is not known yet. Give it, or income line by line.",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"", "is not JSON that can be read"),
        (b"{", "is not JSON that can be read"),
        (b"\xff\xfe\x00", "is not text"),
        (b"[" * 100_000, "is nested too deep to read"),
        (b'{"who": "person", "who": "carer"}', "'who' is given twice"),
        (b"9" * 5_000, "is not JSON that can be read"),
        (b"null", "must be an object"),
        (b" " * 5_000_001, "larger than 5 MB"),
    ],
    ids=["empty", "cut off", "not text", "deep", "twice", "huge number", "null", "large"],
)
def test_a_file_that_is_not_facts_is_refused_in_a_sentence(text, said, run, tmp_path):
    file = tmp_path / "facts.json"
    file.write_bytes(text)

    code, out, err = run("allocate", "--pack", "alderbrook", file)

    assert (code, out) == (1, "")
    assert said in err
    assert "Traceback" not in err


def test_a_file_that_is_not_there_is_refused_in_a_sentence(run, tmp_path):
    assert "No such file" in run("charge", "--pack", "alderbrook", tmp_path / "none.json")[2]
    assert run("charge", "--pack", "alderbrook", tmp_path)[0] == 1


@pytest.mark.parametrize("command", ["eligibility", "allocate", "charge"])
@pytest.mark.parametrize("pack", ["alderbrook", "careact-2014", "facs-2010"])
def test_spoiled_files_end_in_an_answer_or_a_sentence(command, pack, run, tmp_path):
    files = [json.loads(path.read_text("utf-8")) for path in sorted(EXAMPLES.glob("*.json"))]
    file = tmp_path / "facts.json"
    for seed in range(60):
        chance = Random(seed)
        spoiled = strategies.changed(chance.choice(files), chance)
        file.write_bytes(json.dumps(spoiled).encode("utf-8", "surrogatepass"))

        code, out, err = run(command, "--pack", pack, file)

        assert (code, bool(out), bool(err)) in {(0, True, False), (1, False, True)}


@pytest.mark.parametrize(
    "words",
    [[], ["dance"], ["allocate"], ["allocate", "--pack"], ["schema", "tax"], ["show"],
     ["allocate", "--pack", "alderbrook", "--on", "tomorrow", "x.json"]],
)  # fmt: skip
def test_wrong_usage_is_two(words, run):
    assert run(*words)[0] == 2


def test_help_is_zero(run):
    code, out, _ = run("--help")

    assert code == 0
    assert all(name in out for name in ("list", "show", "prove", "schema", "allocate", "charge"))


def test_the_list_has_every_pack_and_profile(run):
    out = run("list")[1]

    names = ("careact-2014", "facs-2010", "alderbrook", "dudley-2013", "kingston-2010")
    assert all(name in out for name in names)
    assert {one["pack"] for one in json.loads(run("list", "--json")[1])["packs"]} == {
        "careact-2014", "facs-2010",
    }  # fmt: skip


def test_a_pack_is_shown_with_units_dates_and_sources(run):
    code, out, _ = run("show", "careact-2014", "--on", "2026-06-01")

    assert code == 0
    assert "Minimum income guarantee, single, 25 and over, or lone parent: £120.40 [not" in out
    assert "mig_single_25_pence, pence a week, from 2026-04-06 until 2027-04-12" in out


def test_every_node_of_a_pack_can_be_read(run):
    _, out, _ = run("show", "alderbrook", "--graphs")

    assert "person_levels, then person_by_price" in out
    assert re.search(r"base +product +pence a week +left_points, point_price", out)


def test_a_pack_that_is_not_there_is_refused_with_those_that_are(run):
    code, _, err = run("show", "alderbrok")

    assert code == 1
    assert "alderbrok: there is no pack of this name. Use one of: careact-2014" in err


@pytest.mark.parametrize("pack", ["alderbrook", "careact-2014", "facs-2010"])
def test_a_pack_is_proved_from_the_command_line(pack, run):
    code, out, _ = run("prove", pack)

    assert code == 0
    assert "\nperson_levels, then person_by_" in out
    assert "holds     more need never means less. shown for" in out
    assert re.search(r"^\d+ claims: \d+ hold; 0 fail\.$", out, re.MULTILINE)


def test_a_proof_that_fails_is_one(run, monkeypatch):
    claim = proving.Claim("more need never means less", False, "cannot be shown for level")
    monkeypatch.setattr(proving, "claims", lambda pack: (claim,))

    code, out, _ = run("prove", "alderbrook")

    assert code == 1
    assert "FAILS     more need never means less. cannot be shown for level\n" in out
    assert "1 claims: 0 hold; 1 fail." in out


def test_what_was_proved_is_told_in_json(run):
    claims = json.loads(run("prove", "careact-2014", "--on", "2026-06-01", "--json")[1])

    kinds = {claim["kind"] for claim in claims}
    assert kinds == {"dates", "known", "unused", "size", "least", "need", "keeps", "protected"}
    (known,) = [claim for claim in claims if claim["kind"] == "known"]
    assert "premium_carer_pence" in known["inputs"]


@pytest.mark.parametrize("command", ["show", "prove"])
def test_a_councils_own_file_is_shown_and_proved(command, run, tmp_path):
    file = tmp_path / "here.toml"
    file.write_text(
        'name = "here"\ntitle = "Here"\nversion = "1"\nbase = "facs-2010"\n'
        '[numbers.factor]\nsource = "Here"\nvalues = [{ from = 2010-04-01, value = 0.9 }]\n'
    )

    assert run(command, file)[0] == 0
    assert run(command, "facs-2010", "--profile", file)[0] == 0


@pytest.mark.parametrize("command", ["show", "prove"])
def test_a_file_that_cannot_be_read_is_refused_with_the_line(command, run, tmp_path):
    file = tmp_path / "here.toml"
    file.write_text('name = "here"\n\nversion = \n')

    code, out, err = run(command, file)

    assert (code, out) == (1, "")
    assert "here.toml: is not TOML that can be read: Invalid value (at line 3" in err


@pytest.mark.parametrize("decision", ["eligibility", "allocate", "charge"])
def test_a_schema_takes_the_examples_it_is_for(decision, run):
    schema = json.loads(run("schema", decision)[1])
    jsonschema.Draft202012Validator.check_schema(schema)
    judge = jsonschema.Draft202012Validator(schema)

    taken = [path.name for path in sorted(EXAMPLES.glob("*.json"))
             if judge.is_valid(json.loads(path.read_text("utf-8")))]  # fmt: skip
    assert len(taken) >= 5


def table_of_examples():
    """Each row of the examples' README: file, command, pack, day and what the answer must say."""
    for line in (EXAMPLES / "README.md").read_text("utf-8").splitlines():
        if not line.startswith("| `"):
            continue
        files, command, answer = (cell.strip() for cell in line.strip("|").split("|"))
        verb, pack, *day = command.replace("`", "").split(", ")
        said = re.findall(r"£[\d,]+\.\d\d|not eligible|eligible|\d+ outcomes", answer)
        for place, file in enumerate(re.findall(r"`([^`]+)`", files)):
            several = files.count("`") > 2
            yield file, verb, pack, day, [said[place]] if several else said


@pytest.mark.parametrize(
    ("file", "verb", "pack", "day", "said"),
    list(table_of_examples()),
    ids=lambda one: str(one)[:30],
)
def test_the_examples_answer_as_their_page_says(file, verb, pack, day, said, run):
    on = ("--on", *day) if day else ()

    code, out, err = run(verb, "--pack", pack, *on, EXAMPLES / f"{file}.json")

    assert (code, err) == (0, "")
    assert [words for words in said if words.removesuffix(" outcomes") not in out] == []


def test_every_example_is_on_the_page():
    listed = {file for file, *_ in table_of_examples()}

    assert listed == {path.stem for path in EXAMPLES.glob("*.json")}


def test_it_runs_on_its_own_without_the_web_or_its_settings():
    code = (
        "import sys; from ownway.commands.policy import main;"
        "code = main(sys.argv[1:]); assert 'django' not in sys.modules; sys.exit(code)"
    )
    bare = {"PATH": os.environ["PATH"], "PYTHONPATH": str(Path(policy.__file__).parents[3])}

    done = subprocess.run(
        [sys.executable, "-c", code, "allocate", "--pack", "alderbrook", JONES],
        env=bare, capture_output=True, check=False,
    )  # fmt: skip

    assert (done.returncode, done.stderr) == (0, b"")
    assert "£171.00" in done.stdout.decode("utf-8")
