"""The stylesheet asks only for files that were built beside it."""

import re

import pytest

from ownway.commands.assets import TARGET


@pytest.mark.parametrize("name", ["resident.css", "staff.css"])
def test_every_file_a_stylesheet_names_is_there(name: str) -> None:
    css = (TARGET / "ownway" / name).read_text()

    named = re.findall(r'url\("?\./([^")]+)"?\)', css)

    assert any("latin-ext" in one for one in named), "names of many countries need their letters"
    assert [one for one in named if not (TARGET / "ownway" / one).exists()] == []
