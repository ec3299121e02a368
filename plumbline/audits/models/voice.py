"""Audit done with people: the talk with the worker, each attempt to hear child and family, and the cover sheet."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from plumbline.audits.models.audits import Audit
from plumbline.people.models import Person
from plumbline.shared.ids import PublicIdField
from plumbline.shared.scoped import ScopedManager, in_conflict


class Discussion(models.Model):
    """The talk with the worker, or why there was none."""

    audit = models.OneToOneField(Audit, on_delete=models.CASCADE, related_name="discussion")
    held_on = models.DateField(null=True, blank=True)
    who = models.CharField(max_length=300, blank=True, help_text="Who took part, by role")
    notes = models.TextField(blank=True)
    reason_not_held = models.TextField(blank=True)
    recorded_at = models.DateTimeField(default=timezone.now)
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(held_on__isnull=False, reason_not_held="")
                | (Q(held_on=None) & ~Q(reason_not_held="")),
                name="discussion_held_or_reason",
            )
        ]

    def __str__(self) -> str:
        return f"discussion {self.pk}"


class VoiceOf(models.TextChoices):
    """Whose views were sought."""

    CHILD = "child", "Child or young person"
    PARENT = "parent", "Parent"
    CARER = "carer", "Carer"
    PROFESSIONAL = "professional", "Professional from another agency"


class VoiceOutcome(models.TextChoices):
    """What came of asking; silence is none of these, so it is visible."""

    GIVEN = "given", "Views given"
    ATTEMPTED = "attempted", "Tried, not reached"
    DECLINED = "declined", "Declined"
    NOT_APPROPRIATE = "not_appropriate", "Not appropriate"


class VoiceMethod(models.TextChoices):
    """How views were sought; the last two are for children who do not use words."""

    MEETING = "meeting", "Met in person"
    PHONE = "phone", "Telephone call"
    WRITTEN = "written", "Letter, message or form"
    DIRECT_WORK = "direct_work", "Play or direct work"
    OBSERVATION = "observation", "Observation, such as of a baby with their parent"


class VoiceConsent(models.TextChoices):
    """Whether who was heard agreed that their words are used, without a name, in a report."""

    AGREED = "agreed", "Agreed that their words are used"
    REFUSED = "refused", "Did not agree that their words are used"
    NOT_ASKED = "not_asked", "Not asked whether their words may be used"


class VoiceContact(models.Model):
    """One attempt to hear somebody; every attempt is logged."""

    public_id = PublicIdField()
    audit = models.ForeignKey(Audit, on_delete=models.CASCADE, related_name="voices")
    of = models.CharField(max_length=14, choices=VoiceOf.choices)
    on = models.DateField()
    method = models.CharField(max_length=14, choices=VoiceMethod.choices, blank=True)
    outcome = models.CharField(max_length=16, choices=VoiceOutcome.choices)
    words = models.TextField(blank=True, help_text="What they said, in their words, or what was seen")
    reason = models.TextField(blank=True, help_text="Why it was not appropriate or was declined")
    consent = models.CharField(
        max_length=10,
        choices=VoiceConsent.choices,
        default=VoiceConsent.NOT_ASKED,
        help_text="Whether their words may be quoted in a report",
    )
    recorded_at = models.DateTimeField(default=timezone.now)
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(outcome="not_appropriate") | ~Q(reason=""), name="voice_not_sought_has_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(outcome="given") | ~Q(words=""), name="voice_given_has_words"
            ),
        ]

    def __str__(self) -> str:
        return f"contact {self.public_id}"


class CoverSheet(models.Model):
    """The only place for names: who the child and family are. It has its own right, read log and shorter life."""

    public_id = PublicIdField()
    audit = models.OneToOneField(Audit, on_delete=models.CASCADE, related_name="cover_sheet")
    names = models.TextField(blank=True, help_text="Names of the child and family, one a line")
    born_on = models.DateField(null=True, blank=True)
    contact = models.TextField(blank=True, help_text="How the family may be reached for this audit")
    updated_at = models.DateTimeField(default=timezone.now)
    updated_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    objects = ScopedManager()

    def __str__(self) -> str:
        return f"cover sheet {self.public_id}"

    @classmethod
    def related(cls, relation: str, viewer: Any, units: frozenset[int]) -> Q:
        return Q(audit__auditor_id=viewer.person_id) if relation == "assigned" else Q(pk__in=())

    @classmethod
    def conflicted(cls, viewer: Any) -> Q:
        return in_conflict(viewer, unit="audit__unit_id", person="audit__worker_id")


class IdentityWarning(models.Model):
    """A place in free text that may name somebody. The words are not kept here, only where they stand."""

    public_id = PublicIdField()
    audit = models.ForeignKey(Audit, on_delete=models.CASCADE, related_name="identity_warnings")
    place = models.CharField(max_length=120, help_text="Which text: a question, the discussion, a contact")
    kind = models.CharField(max_length=20, help_text="name, birth date, postcode, phone or health number")
    digest = models.CharField(
        max_length=64, help_text="SHA-256 of the words, so that an answer stays tied to them"
    )
    found_at = models.DateTimeField(default=timezone.now)
    answer = models.TextField(blank=True, help_text="Why it does not identify anybody")
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["audit", "place", "kind", "digest"], name="one_warning_a_place"),
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None, answer="")
                | (Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer="")),
                name="warning_answered_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"warning {self.public_id}"
