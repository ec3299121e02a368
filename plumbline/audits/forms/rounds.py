"""What is filled in to propose, agree, change and call off a round, and to complete it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from plumbline.audits.models import RoundKind, SelfAuditBy
from plumbline.audits.rules.audit_kinds import LABELS, WHO_AUDITS, AuditKind
from plumbline.audits.rules.case_values import PLAN_TYPES, STRATA
from plumbline.audits.rules.sample_help import width_sentence
from plumbline.govuk.fields import DateField
from plumbline.govuk.forms import GovukForm
from plumbline.people.forms.fields import Pick, PickField, PickManyField, line
from plumbline.shared.dates import first_of_month, in_words, month_in_words

MOST_STRATA = 2
LARGEST_SAMPLE = 200


def words(label: str, limit: int = 2000, **more: Any) -> forms.CharField:
    """A field for a few sentences."""
    return forms.CharField(
        label=label,
        max_length=limit,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": f"{label} must be {limit} characters or fewer."},
        **more,
    )


def whole(label: str, most: int, least: int = 0, **more: Any) -> forms.IntegerField:
    """A field for a whole number within limits."""
    said = f"{label} must be a whole number from {least} to {most}."
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=most,
        widget=forms.NumberInput(attrs={"width": 3}),
        error_messages={"invalid": said, "min_value": said, "max_value": said},
        **more,
    )


class MonthField(forms.TypedChoiceField):
    """One month out of those offered."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=date.fromisoformat, empty_value=None, **kwargs)

    def offer(self, around: date, *also: date | None) -> None:
        """Offers the months from half a year ago to a year and a half on, and any others given."""
        months = {first_of_month(around, n) for n in range(-6, 19)} | {one for one in also if one}
        self.choices = [(month.isoformat(), month_in_words(month)) for month in sorted(months)]

    def prepare_value(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, date) else value


class ProposeForm(GovukForm):
    """A theme, why it matters, and when."""

    title = line("Title", 200, help_text="Short, such as Children living with neglect")
    theme = words("Theme", help_text="What the audits look at, in a sentence or two.")
    rationale = words(
        "Why this theme", help_text="What made you think of it. Do not name children or families."
    )
    kind = forms.ChoiceField(
        label="What the round looks at",
        choices=RoundKind.choices,
        widget=forms.RadioSelect,
        help_text="Visits and observations look at workers, teams or homes without a case; nothing is drawn for them.",
    )
    audit_kind = forms.ChoiceField(
        label="Who audits",
        choices=[(one.value, f"{LABELS[one]}. {WHO_AUDITS[one]}") for one in AuditKind],
        widget=forms.RadioSelect,
        initial=AuditKind.CASE_FILE.value,
    )
    first_month = MonthField(label="First month")
    last_month = MonthField(label="Last month", help_text="The same month for most rounds.")

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("first_month", "last_month"):
            if name in self.fields:
                self.fields[name].offer(on, self.initial.get(name))  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, last = given.get("first_month"), given.get("last_month")
        if first and last and last < first:
            self.add_error("last_month", "The last month must be the first month or later.")
        return given


class _Kept(GovukForm):
    """What may be changed as long as the round is under way."""

    focus = words(
        "Questions the round is to answer",
        required=False,
        help_text="One a line. Leave it empty if the theme says it.",
    )
    target_min = whole("Fewest audits expected", LARGEST_SAMPLE, 1, initial=18)
    target_max = whole("Most audits expected", LARGEST_SAMPLE, 1, initial=25)
    audits_due_on = DateField(label="Audits due")
    report_due_on = DateField(label="Report due")

    def clean_focus(self) -> list[str]:
        return [one.strip() for one in self.cleaned_data["focus"].splitlines() if one.strip()]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        least, most = given.get("target_min"), given.get("target_max")
        if least and most and most < least:
            self.add_error("target_max", "The most must be no fewer than the fewest.")
        audits, report = given.get("audits_due_on"), given.get("report_due_on")
        if audits and report and report < audits:
            self.add_error("report_due_on", "The report cannot be due before the audits.")
        return given


class DrawnForm(_Kept):
    """A round whose sample is drawn: what the sample rests on stays as it is."""

    title = line("Title", 200)
    rationale = words("Why this theme", required=False)
    field_order = ["title", "rationale"]


class PlanForm(ProposeForm, _Kept):
    """A round as it is agreed, before its sample is drawn."""

    tool = PickField(
        label="Audit tool",
        empty="Choose later",
        required=False,
        help_text="Needed before the sample is drawn or a visit is planned.",
    )
    cohort_rule = words(
        "Which children belong to the case list",
        required=False,
        help_text="Such as: all children with a protection plan for neglect on 1 May.",
    )
    plan_types = forms.MultipleChoiceField(
        label="Only these plan types",
        choices=list(PLAN_TYPES.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Others in the case list are left out. Select none to keep all.",
    )
    sample_size = whole("Cases to draw", LARGEST_SAMPLE, 1, initial=20)
    strata = forms.MultipleChoiceField(
        label="Draw in proportion by",
        choices=[(column.value, label) for column, label in STRATA.items()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Up to two. Each group gives its share of the sample. Select none to draw from the whole list.",
    )
    stratum_minimum = whole(
        "At least this many from each group",
        5,
        initial=0,
        help_text="Usually 0. 1 makes sure no group is missed.",
    )
    no_repeat_months = whole(
        "Months in which a case is not audited again", 60, initial=12, help_text="0 to allow it."
    )
    moderation_percent = whole(
        "Percent of audits that get a second rating", 100, initial=20, help_text="Besides every lowest grade."
    )
    is_feedback_required = forms.BooleanField(
        label="An audit needs the views of the child and family before it is submitted",
        required=False,
        help_text="Or an attempt to hear each of them. That asking was not appropriate is then not enough.",
    )
    self_audit = forms.ChoiceField(
        label="Who rates the work on their own, beside the auditor",
        choices=SelfAuditBy.choices,
        widget=forms.RadioSelect,
        required=False,
        help_text="They answer the same questions before they can read the audit; the auditor does not see theirs first.",
    )
    field_order = [
        "title",
        "theme",
        "rationale",
        "focus",
        "kind",
        "audit_kind",
        "first_month",
        "last_month",
        "tool",
        "cohort_rule",
        "plan_types",
        "target_min",
        "target_max",
        "sample_size",
        "strata",
        "stratum_minimum",
        "no_repeat_months",
        "moderation_percent",
        "is_feedback_required",
        "self_audit",
        "audits_due_on",
        "report_due_on",
    ]

    def __init__(self, *args: Any, tools: Sequence[Pick], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tool"].offer(tools)  # type: ignore[attr-defined]
        # Whether it is a round of visits was settled when it was proposed: all else depends on it.
        is_of_visits = self.initial.get("kind") == RoundKind.VISITS
        kinds = [one for one in RoundKind.choices if (one[0] == RoundKind.VISITS) == is_of_visits]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        if is_of_visits:
            for name in OF_CASES:
                del self.fields[name]
            return
        planned = self.initial.get("sample_size") or self.fields["sample_size"].initial
        self.fields["sample_size"].help_text = width_sentence(planned, LARGEST_SAMPLE)

    def clean_strata(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["strata"]
        if len(chosen) > MOST_STRATA:
            raise forms.ValidationError(
                f"Select at most {MOST_STRATA}: with more, most groups would be too small to give a case."
            )
        return chosen


# What is asked only of a round that looks at cases.
OF_CASES = (
    "audit_kind",
    "cohort_rule",
    "plan_types",
    "sample_size",
    "strata",
    "stratum_minimum",
    "no_repeat_months",
    "moderation_percent",
    "is_feedback_required",
    "self_audit",
)


class CancelForm(GovukForm):
    """Why the round is called off."""

    reason = words("Reason", 500, help_text="In a sentence. Do not name children or families.")


class AgreedForm(GovukForm):
    """Which forum received the report and agreed its plan, and when."""

    forum = PickField(
        label="Forum",
        empty="Select one",
        help_text="The meeting that received the report. Forums stand in the schedule.",
    )
    agreed_on = DateField(label="Day of the meeting", not_after_today=True)

    def __init__(self, *args: Any, forums: Sequence[Pick], issued_on: date | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["forum"].offer(forums)  # type: ignore[attr-defined]
        self.issued_on = issued_on

    def clean_agreed_on(self) -> date:
        given: date = self.cleaned_data["agreed_on"]
        if self.issued_on and given < self.issued_on:
            raise forms.ValidationError(
                f"Day of the meeting must be {in_words(self.issued_on)}, when the report was issued, or later."
            )
        return given


class ExcuseForm(GovukForm):
    """Which late audits are left out of the round, why, and where it was decided."""

    audits = PickManyField(label="Late audits to leave out")
    reason = words(
        "Why they are left out",
        500,
        help_text="It stands on the page of the round and in the report. Do not name children, families or auditors.",
    )
    forum = PickField(
        label="Where it was decided",
        empty="I decide it as head of quality assurance",
        required=False,
    )

    def __init__(self, *args: Any, late: Sequence[Pick], forums: Sequence[Pick], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["audits"].offer(late)  # type: ignore[attr-defined]
        self.fields["forum"].offer(forums)  # type: ignore[attr-defined]
