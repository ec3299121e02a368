"""The forms that open, rename, move, merge and close services and teams."""

from collections.abc import Sequence
from typing import Any

from django import forms

from plumbline.govuk.forms import GovukForm
from plumbline.people.forms.fields import Day, Pick, PickField, PickManyField, line

PICK = "Select one"
KINDS = [("service", "Service"), ("team", "Team"), ("home", "Children's home")]
NEW, OPEN = "new", "open"


class OpenUnitForm(GovukForm):
    """A new service, team or home."""

    name = line("Name")
    kind = forms.ChoiceField(
        label="What it is",
        choices=KINDS,
        widget=forms.RadioSelect,
        error_messages={"required": "Select what it is", "invalid_choice": "Select what it is"},
    )
    parent = PickField(label="Belongs to", empty=PICK)
    takes_over_from = PickField(
        label="Takes over part of the work of",
        empty="None",
        required=False,
        help_text="When a team is split: the team it comes from. Its earlier records stay within reach.",
    )
    on = Day(label="First day")

    def __init__(self, *args: Any, units: Sequence[Pick], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("parent", "takes_over_from"):
            self.fields[name].offer(units)  # type: ignore[attr-defined]


class RenameUnitForm(GovukForm):
    """A new name, from a day."""

    name = line("New name")
    on = Day(label="First day of the new name", help_text="Earlier days keep the earlier name.")


class MoveUnitForm(GovukForm):
    """A new place in the tree, from a day."""

    parent = PickField(label="Belongs to", empty=PICK)
    on = Day(label="First day in the new place")

    def __init__(self, *args: Any, units: Sequence[Pick], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].offer(units)  # type: ignore[attr-defined]


class ConfirmedForm(GovukForm):
    """A form whose second sending confirms what the first one asked for."""

    confirmed = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def sent(self) -> list[tuple[str, str]]:
        """Names and values as they were sent, for hidden fields; only what the form itself asks for."""
        pairs: list[tuple[str, str]] = []
        for name in self.fields:
            parts = (
                [f"{name}_{part}" for part in ("day", "month", "year")]
                if isinstance(self.fields[name], Day)
                else [name]
            )
            pairs += [
                (part, value)
                for part in parts
                if part != "confirmed"
                for value in self.data.getlist(part)  # type: ignore[attr-defined]
            ]
        return pairs


class MergeUnitsForm(ConfirmedForm):
    """Which units merge, into what, from when."""

    units = PickManyField(label="Teams that merge and close")
    target = forms.ChoiceField(
        label="What they become",
        choices=[(NEW, "A new team"), (OPEN, "Part of a team that stays open")],
        widget=forms.RadioSelect,
        error_messages={"required": "Select what they become", "invalid_choice": "Select what they become"},
    )
    name = line("Name of the new team", required=False)
    into = PickField(label="Or the team that stays open", empty="None", required=False)
    on = Day(label="First day together")

    def __init__(self, *args: Any, units: Sequence[Pick], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("units", "into"):
            self.fields[name].offer(units)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        match cleaned.get("target"):
            case "new":
                cleaned["into"] = None
                if not cleaned.get("name") and "name" not in self.errors:
                    self.add_error("name", "Enter the name of the new team")
            case "open":
                cleaned["name"] = ""
                if cleaned.get("into") is None and "into" not in self.errors:
                    self.add_error("into", "Select the team that stays open")
        return cleaned


class CloseUnitForm(ConfirmedForm):
    """When a unit closes."""

    on = Day(label="First day it is closed")
