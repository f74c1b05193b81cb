"""The page on running the rules over everybody says what is so."""

import re
from pathlib import Path

from ownway.commands import policy

PAGE = (Path(__file__).parents[2] / "docs/how-to/run-everybody.md").read_text("utf-8")


def test_the_rules_written_in_python_come_to_what_the_page_says(capsys):
    (code,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)

    exec(code, {})  # noqa: S102  # our own page

    assert f"It prints `{capsys.readouterr().out.strip()}`." in PAGE


def test_every_option_the_page_names_is_there(capsys):
    for command in re.findall(r"^\./ownway policy (\w+)", PAGE, re.MULTILINE):
        policy.main([command, "--help"])
    said = capsys.readouterr().out

    assert set(re.findall(r"--[a-z]+", PAGE)) <= {
        *re.findall(r"--[a-z]+", said), "--people", "--stream", "--policies",
    }  # fmt: skip
