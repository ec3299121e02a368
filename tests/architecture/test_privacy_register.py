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


# Each field that identifies a child, with why nothing less would do.
OF_A_CHILD = {
    "audits.FrameCase.reference": "the council's own number, so that a worker can find the case",
    "audits.Audit.reference": "the same number, kept with the audit when the case list is disposed of",
    "audits.ModerationDraw.references": "the same numbers in the order drawn, so that the draw can be repeated",
    "improvement.Action.case_reference": "the same number, for an action that is for one child",
    "audits.CoverSheet.names": "the only place for names; it has its own right and its own log of reading",
    "audits.CoverSheet.born_on": "as the names; free text is searched for it",
    "audits.CoverSheet.contact": "how the family is reached for their views; goes with the names",
}


def test_each_field_that_identifies_a_child_is_argued_for() -> None:
    found = {".".join(key) for key, value in register().items() if value == "identifies-child"}
    assert found == set(OF_A_CHILD)
