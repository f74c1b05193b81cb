"""The GOV.UK components as calls: `govuk.button({"text": "Save"})` in any template."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import jinja2
from markupsafe import Markup

# The macros test for options that were not given, so they need lenient names; our own templates
# have strict ones. Hence an environment of their own.
_macros = jinja2.Environment(
    loader=jinja2.PrefixLoader(
        {"govuk_frontend_jinja": jinja2.PackageLoader("govuk_frontend_jinja")}
    ),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
)


@cache
def _macro(component: str) -> Callable[[Mapping[str, Any]], Markup]:
    template = _macros.get_template(f"govuk_frontend_jinja/components/{component}/macro.html")
    name = "govuk" + "".join(part.title() for part in component.split("-"))
    return getattr(template.module, name)  # type: ignore[no-any-return]


class Components:
    """Each attribute is a component: `error_summary` is the macro of error-summary."""

    def __getattr__(self, name: str) -> Callable[[Mapping[str, Any]], Markup]:
        try:
            return _macro(name.replace("_", "-"))
        except jinja2.TemplateNotFound as missing:
            raise AttributeError(f"GOV.UK Frontend has no component {name}") from missing


govuk = Components()
