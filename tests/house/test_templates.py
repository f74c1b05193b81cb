"""Templates are strict: a name that is not there fails the page; each one compiles."""

from pathlib import Path

import jinja2
import pytest
from django.template import engines

ROOT = Path(__file__).parents[2] / "src" / "ownway"
TEMPLATES = sorted(ROOT.rglob("templates/**/*.html"))


def _name(path: Path) -> str:
    return "/".join(path.parts[path.parts.index("templates") + 1 :])


def test_an_undefined_name_fails_the_page() -> None:
    template = engines["ownway"].env.from_string("Hello {{ nobody }}")

    with pytest.raises(jinja2.UndefinedError, match="nobody"):
        template.render()


@pytest.mark.parametrize("path", TEMPLATES, ids=_name)
def test_a_template_compiles(path: Path) -> None:
    assert engines["ownway"].env.get_template(_name(path))


@pytest.mark.parametrize("path", TEMPLATES, ids=_name)
def test_a_template_has_no_inline_style_or_script(path: Path) -> None:
    text = path.read_text()

    assert " style=" not in text
    assert "<script>" not in text
    assert " onclick=" not in text
