"""Every stored field is classed in definitions/privacy_register.csv, so that nobody adds personal data unawares."""

import csv

from django.apps import apps
from django.conf import settings

CLASSES = {"identifies-child", "identifies-adult", "sensitive", "safe"}


def register() -> dict[tuple[str, str], str]:
    with open(settings.DEFINITIONS_DIR / "privacy_register.csv", newline="", encoding="utf-8") as file:
        return {(row["model"], row["field"]): row["class"] for row in csv.DictReader(file)}


def stored_fields() -> set[tuple[str, str]]:
    return {
        (model._meta.label, field.name)
        for model in apps.get_models()
        for field in model._meta.local_fields
        if not model._meta.proxy
    }


def test_every_stored_field_is_in_the_register() -> None:
    assert stored_fields() - set(register()) == set()


def test_the_register_lists_no_field_that_is_gone() -> None:
    assert set(register()) - stored_fields() == set()


def test_every_field_has_one_of_the_four_classes() -> None:
    assert set(register().values()) <= CLASSES


def test_nothing_stored_identifies_a_child() -> None:
    """Plumbline's ground holds no child's record; the first field that does must be argued for here."""
    assert [key for key, value in register().items() if value == "identifies-child"] == []
