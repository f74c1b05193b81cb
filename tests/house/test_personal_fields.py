"""Every field that can tell something about a person is sorted: personal, or not."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import models

# Fields that say how things stand in the product and nothing about anybody.
NOT_PERSONAL = {
    "status",
    "tries",
    "version",
    "key",
    "kind",
    "slug",
    "number",
    "name",
    "title",
    "source",
    "subject",
    "channel",
    "by_as",
    "sent_key",
    "code",
    "address",
    "formats",
    "place",
    "pack",
    "profile",
    "pack_version",
    "plan_version",
    "pack_hash",
    "hash",
    "sha256",
    "entry_key",
    "state",
    "side",
    "url",
    "chain",
}
PLAIN = (
    models.AutoField,
    models.BooleanField,
    models.ForeignKey,
    models.DateTimeField,
    models.BinaryField,
)
OURS = [
    model
    for model in apps.get_models()
    if model.__module__.startswith("ownway.") and not hasattr(model, "pgh_tracked_model")
]


def _about_people(model: type[models.Model]) -> bool:
    return any(
        f.is_relation
        and f.related_model is not None
        and f.related_model._meta.label in {"people.Person", "plan.Plan", "contact.Contact"}
        for f in model._meta.get_fields()
        if isinstance(f, models.ForeignKey)
    )


@pytest.mark.parametrize("model", OURS, ids=lambda m: m._meta.label)
def test_each_field_of_a_table_about_people_is_sorted(model: type[models.Model]) -> None:
    module = import_module(
        f"ownway.{model.__module__.removeprefix('ownway.').split('.models')[0]}.models"
    )
    declared = module.PERSONAL_FIELDS.get(model.__name__)
    if not _about_people(model) and declared is None:
        pytest.skip("a table about nobody")

    loose = {
        field.name
        for field in model._meta.concrete_fields
        if not isinstance(field, PLAIN)
        and not field.choices
        and field.name not in (declared or set())
        and field.name not in NOT_PERSONAL
        and not field.name.endswith(("_on", "_pence", "_percent", "_ms"))
    }

    assert not loose, f"Say in PERSONAL_FIELDS of {module.__name__} what these are: {sorted(loose)}"


@pytest.mark.parametrize("model", OURS, ids=lambda m: m._meta.label)
def test_each_declared_field_exists(model: type[models.Model]) -> None:
    module = import_module(
        f"ownway.{model.__module__.removeprefix('ownway.').split('.models')[0]}.models"
    )
    declared = getattr(module, "PERSONAL_FIELDS", {}).get(model.__name__, set())

    assert declared <= {field.name for field in model._meta.get_fields()}
