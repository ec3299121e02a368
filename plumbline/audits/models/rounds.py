"""Rounds: one theme, its months, its tool, its frame, its audits and its report, as one object."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from plumbline.audits.models.tools import ToolVersion
from plumbline.audits.rules.audit_kinds import LABELS, AuditKind
from plumbline.framework.models import Forum
from plumbline.people.models import Person
from plumbline.shared.ids import PublicIdField
from plumbline.shared.scoped import ScopedManager


class RoundKind(models.TextChoices):
    """What a round looks at."""

    THEMED = "themed", "Theme"
    COHORT = "cohort", "Group of children"
    TEAM = "team", "Team"
    DEEP_DIVE = "deep_dive", "Deep dive"
    DIP_SAMPLE = "dip_sample", "Dip sample"
    VISITS = "visits", "Visits and observations"


class RoundState(models.TextChoices):
    """The stages of a round; the words of the four printed action plan statuses are kept."""

    PROPOSED = "proposed", "Proposed"
    PLANNED = "planned", "Planned"
    COHORT = "cohort", "Case list imported"
    DRAWN = "drawn", "Sample drawn"
    ALLOCATED = "allocated", "Allocated"
    AUDITING = "auditing", "Audit in progress"
    CASES_AUDITED = "cases_audited", "Cases audited; analysis in progress"
    ANALYSIS = "analysis", "Audits completed, analysis in progress"
    DRAFTED = "drafted", "Report drafted"
    FINALISED = "finalised", "Plan finalised"
    COMPLETED = "completed", "Completed"
    CANCELLED = "cancelled", "Cancelled"


class SelfAuditBy(models.TextChoices):
    """Who rates the same questions on their own before they can read the audit."""

    NOBODY = "", "Nobody"
    WORKER = "worker", "The worker"
    MANAGER = "manager", "The worker’s manager"


class Round(models.Model):
    """One round of audits. Changing the theme changes it for the sample, the tool, the report and the learning."""

    public_id = PublicIdField()
    key = models.CharField(
        max_length=40, blank=True, help_text="The council's own number for it, kept on import"
    )
    title = models.CharField(max_length=200)
    theme = models.TextField()
    rationale = models.TextField(blank=True)
    focus = models.JSONField(default=list, blank=True, help_text="Questions the round is to answer")
    kind = models.CharField(max_length=12, choices=RoundKind.choices, default=RoundKind.THEMED)
    audit_kind = models.CharField(
        max_length=12,
        choices=[(one.value, LABELS[one]) for one in AuditKind],
        default=AuditKind.CASE_FILE.value,
        help_text="Who audits whose work",
    )
    state = models.CharField(max_length=14, choices=RoundState.choices, default=RoundState.PROPOSED)
    first_month = models.DateField(help_text="First day of the first month")
    last_month = models.DateField(help_text="First day of the last month; a round may span several")
    tool = models.ForeignKey(
        ToolVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="rounds"
    )
    cohort_rule = models.TextField(blank=True, help_text="Which children belong to the case list")
    plan_types = models.JSONField(default=list, blank=True, help_text="Only these plan types; all when empty")
    target_min = models.PositiveSmallIntegerField(default=18)
    target_max = models.PositiveSmallIntegerField(default=25)
    sample_size = models.PositiveSmallIntegerField(default=20)
    strata = models.JSONField(default=list, blank=True, help_text="Columns of the case list to stratify by")
    stratum_minimum = models.PositiveSmallIntegerField(default=0)
    no_repeat_months = models.PositiveSmallIntegerField(default=12)
    moderation_percent = models.PositiveSmallIntegerField(default=20)
    is_feedback_required = models.BooleanField(
        default=False, help_text="Whether an audit needs the views of the child and family before submission"
    )
    self_audit = models.CharField(
        max_length=10,
        choices=SelfAuditBy.choices,
        default=SelfAuditBy.NOBODY,
        blank=True,
        help_text="Who rates the work on their own, beside the auditor",
    )
    local_questions = models.JSONField(
        default=list,
        blank=True,
        help_text="The round's own questions, as a tool holds them, asked after the tool's",
    )
    audits_due_on = models.DateField(null=True, blank=True)
    report_due_on = models.DateField(null=True, blank=True)
    plan_forum = models.ForeignKey(
        Forum,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Where the report was received and its plan agreed",
    )
    plan_agreed_on = models.DateField(null=True, blank=True)
    is_historic = models.BooleanField(
        default=False, help_text="Imported from an earlier programme, without its audits"
    )
    proposed_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now)

    objects = ScopedManager()
    STATE_FIELD = "state"

    class Meta:
        ordering = ["-first_month", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_month__gte=F("first_month")), name="round_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(target_max__gte=F("target_min")), name="round_target_is_a_range"
            ),
            models.CheckConstraint(condition=Q(moderation_percent__lte=100), name="round_moderates_a_share"),
            models.UniqueConstraint(fields=["key"], condition=~Q(key=""), name="one_round_a_key"),
        ]

    def __str__(self) -> str:
        return f"round {self.public_id}"

    @property
    def is_of_visits(self) -> bool:
        """Whether it looks at teams, workers or establishments and not at cases: kept apart in every figure."""
        return self.kind == RoundKind.VISITS

    @classmethod
    def related(cls, relation: str, viewer: Any, units: frozenset[int]) -> Q:
        return Q(proposed_by_id=viewer.person_id) if relation == "own" else Q(pk__in=())

    @classmethod
    def conflicted(cls, viewer: Any) -> Q:
        return Q(pk__in=())


class RoundStep(models.Model):
    """Each stage a round came to, with who and when; added, never edited."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="steps")
    state = models.CharField(max_length=14, choices=RoundState.choices)
    reason = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"step {self.pk}"
