"""The page that shows how to write a pack does what it says, step by step."""

import re
from pathlib import Path

from ownway.commands import policy

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "write-a-pack.md"
_BLOCK = re.compile(r"```(toml|text)\n(.*?)```|<!-- mend: (.*?) -> (.*?) -->", re.DOTALL)


def test_each_step_of_the_page_says_what_the_page_says(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "harbour.toml"
    written = ""
    told = 0
    for block in _BLOCK.finditer(PAGE.read_text("utf-8")):
        kind, text, before, after = block.groups()
        if kind is None:
            assert before in written
            written = written.replace(before, after.replace("\\n", "\n"))
        elif kind == "toml" and not text.startswith("because"):
            written += f"{text}\n"
        if kind == "text":
            file.write_text(written, "utf-8")
            told += check_it_says(text, capsys)
    assert told == 9


def check_it_says(expected, capsys):
    code = policy.main(["prove", "harbour.toml", "--on", "2026-06-01"])
    said = "".join(capsys.readouterr())
    lines = expected.strip().splitlines()
    assert [line for line in lines if line not in said] == []
    assert code == (0 if "0 fail." in expected else 1)
    return len(lines)


def test_the_page_shows_the_very_mend_that_is_made():
    text = PAGE.read_text("utf-8")

    assert text.count('because = "A sample: the fund was given') == 2
