"""Messages that wait to be sent, long work with its progress, when periodic jobs last ran, keys of forms taken in."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from plumbline.people.models import Person
from plumbline.shared.ids import PublicIdField
from plumbline.shared.scoped import ScopedManager


class MessageState(models.TextChoices):
    """What became of a message."""

    WAITING = "waiting", "Waiting"
    SENT = "sent", "Sent"
    WITHDRAWN = "withdrawn", "Not sent: no longer allowed or needed"
    PARKED = "parked", "Could not be sent"


class Message(models.Model):
    """An e-mail to be sent: which kind, to whom, which page, which day. Its words come from the kind, never from a record."""

    public_id = PublicIdField()
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="messages")
    kind = models.CharField(max_length=40)
    path = models.CharField(max_length=200, blank=True)
    due_on = models.DateField(null=True, blank=True)
    number = models.PositiveIntegerField(null=True, blank=True)
    needs = models.CharField(
        max_length=60, blank=True, help_text="The right the person must still have when it is sent"
    )
    about_model = models.CharField(max_length=60, blank=True)
    about_id = models.CharField(max_length=12, blank=True)
    state = models.CharField(max_length=10, choices=MessageState.choices, default=MessageState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(default=timezone.now)
    made_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "not_before"], name="message_waiting")]

    def __str__(self) -> str:
        return f"message {self.public_id}"

    @classmethod
    def related(cls, relation: str, viewer: Any, units: frozenset[int]) -> Q:
        return Q(person_id=viewer.person_id) if relation == "own" else Q(pk__in=())

    @classmethod
    def conflicted(cls, viewer: Any) -> Q:
        return Q(pk__in=())


class JobState(models.TextChoices):
    """What became of long work."""

    WAITING = "waiting", "Waiting to start"
    RUNNING = "running", "Running"
    DONE = "done", "Done"
    FAILED = "failed", "Stopped by a fault"
    CANCELLED = "cancelled", "Cancelled"


class Job(models.Model):
    """Long work: who asked for it, how far it is, and what came of it in a sentence."""

    public_id = PublicIdField()
    kind = models.CharField(max_length=40)
    by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="jobs")
    about_id = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=10, choices=JobState.choices, default=JobState.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    result = models.CharField(max_length=300, blank=True)
    cancel_asked_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"job {self.public_id}"

    @classmethod
    def related(cls, relation: str, viewer: Any, units: frozenset[int]) -> Q:
        return Q(by_id=viewer.person_id) if relation == "own" else Q(pk__in=())

    @classmethod
    def conflicted(cls, viewer: Any) -> Q:
        return Q(pk__in=())


class PeriodicRun(models.Model):
    """When a periodic job last began and ended."""

    key = models.CharField(max_length=60, unique=True)
    began_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    fault = models.CharField(max_length=80, blank=True)

    def __str__(self) -> str:
        return self.key


class UsedKey(models.Model):
    """The key of a form that was already taken in, with what came of it; the key is a digest of key, person and words."""

    key = models.CharField(max_length=40, unique=True)
    made = models.CharField(max_length=12, blank=True)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self) -> str:
        return f"key {self.pk}"
