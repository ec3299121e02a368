"""Audit tools: what is asked, in versions that are frozen once published."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from plumbline.people.models import Person
from plumbline.shared.ids import PublicIdField
from plumbline.shared.scoped import ScopedManager, StandsToNobody


class ToolState(models.TextChoices):
    """A version is drafted, then in use, then replaced. A published version is never edited."""

    DRAFT = "draft", "Draft"
    PUBLISHED = "published", "In use"
    RETIRED = "retired", "Replaced"


class ToolVersion(StandsToNobody, models.Model):
    """One version of an audit tool. `content` is the definition as rules.tool reads it; audits stay pinned to it."""

    public_id = PublicIdField()
    key = models.CharField(max_length=80)
    title = models.CharField(max_length=200)
    version = models.CharField(max_length=60)
    state = models.CharField(max_length=10, choices=ToolState.choices, default=ToolState.DRAFT)
    content = models.JSONField()
    digest = models.CharField(
        max_length=64, help_text="SHA-256 of the content, to show that it never changed"
    )
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = ScopedManager()
    STATE_FIELD = "state"

    class Meta:
        ordering = ["title", "-created_at"]
        constraints = [
            models.UniqueConstraint(fields=["key", "version"], name="one_tool_a_version"),
            models.UniqueConstraint(
                fields=["key"], condition=Q(state="published"), name="one_tool_version_in_use"
            ),
            models.CheckConstraint(
                condition=Q(state="draft", published_at=None)
                | Q(~Q(state="draft"), published_at__isnull=False),
                name="tool_published_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, version {self.version}"
