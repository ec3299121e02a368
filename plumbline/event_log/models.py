"""Who did what and who read what: rows that are added and never changed."""

from typing import Any

from django.db import models
from django.db.models import Q

from plumbline.shared.scoped import ScopedManager


class Kind(models.TextChoices):
    """What sort of thing happened."""

    ACTION = "action", "Did"
    READ = "read", "Read"
    LIST = "list", "Listed"
    SEARCH = "search", "Searched"
    EXPORT = "export", "Exported"
    REFUSAL = "refusal", "Was refused"
    SIGN_IN = "sign-in", "Sign-in"


class Event(models.Model):
    """One event. Identifiers and counts only: no names, no text that somebody wrote."""

    at = models.DateTimeField(db_index=True)
    actor = models.CharField(
        max_length=12,
        blank=True,
        db_index=True,
        help_text="Public id of the person; blank for the system or a stranger",
    )
    kind = models.CharField(max_length=10, choices=Kind.choices)
    action = models.CharField(max_length=60)
    object_type = models.CharField(max_length=40, blank=True)
    object_id = models.CharField(max_length=40, blank=True)
    relation = models.CharField(
        max_length=60, blank=True, help_text="Roles and relations that the right came from"
    )
    route = models.CharField(max_length=120, blank=True)
    request_id = models.CharField(max_length=32, blank=True)
    rows = models.PositiveIntegerField(null=True, blank=True)
    detail = models.JSONField(default=dict, blank=True)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    objects = ScopedManager()

    class Meta:
        # "Who looked at this in March" and "what did this person do" must stay quick on millions of events.
        indexes = [
            models.Index(fields=["object_id", "at"], name="event_of_object"),
            models.Index(fields=["actor", "at"], name="event_by_actor"),
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"event {self.pk}"

    @classmethod
    def related(cls, relation: str, viewer: Any, units: frozenset[int]) -> Q:
        return Q(actor=viewer.actor_id) if relation == "own" else Q(pk__in=())

    @classmethod
    def conflicted(cls, viewer: Any) -> Q:
        return Q(pk__in=())


class ChainHead(models.Model):
    """The last link of the chain; its lock makes writers queue."""

    count = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.count} events"
