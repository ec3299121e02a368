"""The forms for roles and declared interests."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from plumbline.govuk.forms import GovukForm
from plumbline.people.forms.fields import Day, LastDay, Pick, PickField, line
from plumbline.people.rules.roles import Role
from plumbline.shared import dates

AGREE, REFUSE = "agree", "refuse"
NOW, LATER = "now", "later"
REASON_LIMIT = 200


class ProposeRoleForm(GovukForm):
    """A role for somebody, where it holds, from when and perhaps until when."""

    person = PickField(label="Who", empty="Select one")
    role = forms.ChoiceField(
        label="Role",
        choices=[("", "Select one"), *((role.value, role.label) for role in Role)],
        help_text="Roles of the council’s own stand at the end. What each may do stands under “Who may do what”.",
        error_messages={"invalid_choice": "Role: select from the list"},
    )
    unit = PickField(
        label="Where it holds",
        empty="The whole council",
        required=False,
        help_text="A role for a service covers its teams.",
    )
    starts_on = Day(label="First day")
    ends_on = LastDay(
        label="Last day",
        required=False,
        help_text="Needed for people from outside the council. Access stops at the midnight that ends this day.",
    )
    reason = line("Why they need it", REASON_LIMIT, help_text="The person who agrees reads this.")

    def __init__(
        self,
        *args: Any,
        people: Sequence[Pick],
        units: Sequence[Pick],
        local_roles: Sequence[Pick],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._local_roles = {pick.key: pick.row for pick in local_roles}
        self.fields["role"].choices += [(pick.key, pick.label) for pick in local_roles]  # type: ignore[attr-defined]
        self.fields["person"].offer(people)  # type: ignore[attr-defined]
        self.fields["unit"].offer(units)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if chosen := cleaned.get("role"):
            cleaned["local_role"] = local = self._local_roles.get(chosen)
            cleaned["role"] = Role(local.base if local else chosen)
        return cleaned


class LocalRoleForm(GovukForm):
    """A role of the council's own: another one without some of its rights."""

    name = line("Name", 80, help_text="As the council calls it, such as “Learning and development lead”.")
    left_out = forms.MultipleChoiceField(
        label="What it leaves out",
        help_text="Whoever cannot see a record can do nothing to it either.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select at least one right that the new role leaves out"},
    )
    reason = line("Why the council needs it", REASON_LIMIT, help_text="Everybody can read this. Name nobody.")
    field_order = ("name", "reason", "left_out")

    def __init__(self, *args: Any, rights: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["left_out"].choices = rights  # type: ignore[attr-defined]


class DecideRoleForm(GovukForm):
    """Agree or refuse."""

    decision = forms.ChoiceField(
        label="Your decision",
        choices=[(AGREE, "Agree: the role counts from its first day"), (REFUSE, "Refuse: nothing changes")],
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether you agree", "invalid_choice": "Select whether you agree"},
    )


class EndForm(GovukForm):
    """When something stops counting: now, or after a day."""

    when = forms.ChoiceField(
        label="When does it end?",
        choices=[(NOW, "Now"), (LATER, "At the end of a day")],
        widget=forms.RadioSelect,
        error_messages={
            "required": "Select when it ends",
            "invalid_choice": "Select when it ends",
        },
    )
    on = LastDay(label="Last day", required=False, help_text="If it ends at the end of a day.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("when") == LATER and cleaned.get("on") is None and "on" not in self.errors:
            self.add_error("on", "Enter the last day")
        return cleaned

    def ends_on(self) -> date:
        """The first day on which it no longer counts."""
        day: date | None = self.cleaned_data["on"]
        return dates.today() if self.cleaned_data["when"] == NOW or day is None else day


class DeclareInterestForm(GovukForm):
    """What somebody must not see, and why."""

    unit = PickField(
        label="A team or service",
        empty="None",
        required=False,
        help_text="For example where your partner works. It covers the teams below.",
    )
    colleague = forms.EmailField(
        label="Or a colleague, by work e-mail address",
        required=False,
        help_text="For example a relative or a close friend.",
    )
    reason = line(
        "What your interest is", REASON_LIMIT, help_text="In a few words. Do not name children or families."
    )

    def __init__(self, *args: Any, units: Sequence[Pick], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].offer(units)  # type: ignore[attr-defined]
