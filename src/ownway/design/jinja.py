"""Templates: our own are strict about names; sign-in pages of the library stay in Django's."""

from pathlib import Path
from typing import Any

import jinja2
from django.apps import apps
from django.contrib.staticfiles.storage import staticfiles_storage
from django.template.backends.jinja2 import Jinja2
from django.urls import reverse
from django.utils.functional import cached_property

from ownway.design import charts, dates, fields, money
from ownway.design.govuk import govuk


class Templates(Jinja2):
    """Looks for templates in the rooms of the house only."""

    @cached_property
    def template_dirs(self) -> tuple[Path, ...]:  # type: ignore[override]
        """The templates folder of each of our apps that has one."""
        ours = [app for app in apps.get_app_configs() if app.name.startswith("ownway.")]
        folders = (Path(app.path) / "templates" for app in ours)
        return tuple(folder for folder in folders if folder.is_dir())


def address(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a page by its name."""
    return reverse(name, args=args or None, kwargs=kwargs or None)


def environment(**options: Any) -> jinja2.Environment:
    """Make the environment; an undefined name fails the page rather than leave a hole in it."""
    options |= {"undefined": jinja2.StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    made = jinja2.Environment(**options)  # noqa: S701 (Django's backend switches escaping on)
    made.globals.update(
        static=staticfiles_storage.url,
        url=address,
        govuk=govuk,
        field=fields.field,
        errors=fields.errors,
        bars=charts.bars,
        split_bar=charts.split_bar,
    )
    made.filters.update(
        pounds=money.pounds,
        long_date=dates.long_date,
        plain_date=dates.plain_date,
        day_and_month=dates.day_and_month,
        short_date=dates.short_date,
        short_moment=dates.short_moment,
        clock_time=dates.clock_time,
        plain_time=dates.plain_time,
        iso_day=dates.iso_day,
    )
    return made
