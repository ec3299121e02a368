"""What an auditor judged and why: each saved version is kept, and drafts stand apart from the record."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from plumbline.audits.models.audits import Audit
from plumbline.people.models import Person
from plumbline.shared.ids import PublicIdField


class Judgement(models.TextChoices):
    """Whether a criterion is met in this child's case. The last two are kept apart from each other and from zero."""

    MET = "met", "Met"
    PARTLY_MET = "partly_met", "Partly met"
    NOT_MET = "not_met", "Not met"
    NOT_APPLICABLE = "not_applicable", "Does not apply"
    NOT_ASSESSED = "not_assessed", "Not assessed"


class Answer(models.Model):
    """One version of the answer to one question; the newest is current, earlier ones are never changed."""

    public_id = PublicIdField()
    audit = models.ForeignKey(Audit, on_delete=models.CASCADE, related_name="answers")
    question = models.CharField(max_length=80, help_text="Key of the question in the audit's tool version")
    number = models.PositiveSmallIntegerField(help_text="1 for the first version")
    is_current = models.BooleanField(default=True)
    judgement = models.CharField(max_length=16, choices=Judgement.choices, blank=True)
    text = models.TextField(blank=True, help_text="The answer to a question without a judgement")
    rationale = models.TextField(blank=True)
    evidence = models.TextField(blank=True, help_text="What in the record or the conversation shows it")
    given_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["audit", "question", "number"], name="one_answer_a_version"),
            models.UniqueConstraint(
                fields=["audit", "question"], condition=Q(is_current=True), name="one_current_answer"
            ),
        ]
        indexes = [models.Index(fields=["question", "judgement"], name="answer_question_judgement")]

    def __str__(self) -> str:
        return f"answer {self.public_id}"


class AnswerDraft(models.Model):
    """What somebody typed on a page of an audit and has not saved; only they see it."""

    audit = models.ForeignKey(Audit, on_delete=models.CASCADE, related_name="drafts")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    page = models.CharField(max_length=80)
    data = models.JSONField(default=dict)
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["audit", "person", "page"], name="one_draft_a_page")]

    def __str__(self) -> str:
        return f"draft {self.pk}"


class GradeStage(models.TextChoices):
    """Whose grade it is; all three are kept."""

    FIRST = "first", "Auditor"
    SECOND = "second", "Moderator"
    FINAL = "final", "Final"


class Grade(models.Model):
    """A grade of a section or of the whole audit, with what the rule proposed; added, never overwritten."""

    audit = models.ForeignKey(Audit, on_delete=models.CASCADE, related_name="grades")
    section = models.CharField(max_length=80, blank=True, help_text="Key of the section; blank for overall")
    stage = models.CharField(max_length=10, choices=GradeStage.choices)
    grade = models.CharField(max_length=40, help_text="Key of a grade of the tool's scale")
    proposed = models.CharField(max_length=40, blank=True, help_text="What the roll-up rule proposed")
    rule = models.TextField(blank=True, help_text="Why, in words")
    reason = models.TextField(
        blank=True, help_text="Why the grade differs from the one proposed or the first"
    )
    is_current = models.BooleanField(default=True)
    given_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["audit", "section", "stage"], condition=Q(is_current=True), name="one_current_grade"
            ),
        ]

    def __str__(self) -> str:
        return f"grade {self.pk}"
