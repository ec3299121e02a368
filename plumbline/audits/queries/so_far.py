"""What an audit holds so far: answers, grades, talks and views, as the rules of progress and submission read it."""

from plumbline.audits.models import (
    Answer,
    Audit,
    AuditAction,
    Concern,
    Discussion,
    Grade,
    GradeStage,
    VoiceContact,
)
from plumbline.audits.rules.answers import FIELDS, Given
from plumbline.audits.rules.local_questions import whole_tool
from plumbline.audits.rules.submission import AuditSoFar, GradeGiven, Heard


def current_answers(audit: Audit) -> dict[str, Answer]:
    """The current answer of each question that has one, by key, in one query."""
    rows = Answer.objects.filter(audit=audit, is_current=True).select_related("given_by")
    return {row.question: row for row in rows}


def given_in(answers: dict[str, Answer]) -> dict[str, Given]:
    """What the answers say, by question."""
    return {key: Given(**{name: getattr(row, name) for name in FIELDS}) for key, row in answers.items()}


def first_grades(audit: Audit) -> dict[str, Grade]:
    """The auditor's current grades by section key; the overall one under the empty key."""
    rows = Grade.objects.filter(audit=audit, stage=GradeStage.FIRST, is_current=True)
    return {row.section: row for row in rows}


def open_clashes(audit: Audit) -> list[str]:
    """The questions where a saved text still stands beside the current answer because nobody has chosen yet."""
    waiting: dict[str, int] = {}
    current: dict[str, int] = {}
    rows = Answer.objects.filter(audit=audit).values_list("question", "number", "is_current")
    for question, number, is_current in rows.order_by("pk"):
        if is_current:
            current[question] = number
        else:
            waiting[question] = max(waiting.get(question, 0), number)
    return [question for question, number in waiting.items() if number > current.get(question, 0)]


def so_far(audit: Audit, answers: dict[str, Answer] | None = None) -> AuditSoFar:
    """All that decides whether the audit can be submitted."""
    return AuditSoFar(
        tool=whole_tool(audit.tool.content, audit.not_asked, audit.local_questions),
        given=given_in(current_answers(audit) if answers is None else answers),
        grades={
            key: GradeGiven(row.grade, row.proposed, row.reason) for key, row in first_grades(audit).items()
        },
        has_discussion=Discussion.objects.filter(audit=audit).exists(),
        heard=tuple(
            Heard(of, outcome)
            for of, outcome in VoiceContact.objects.filter(audit=audit).values_list("of", "outcome")
        ),
        is_feedback_required=audit.round.is_feedback_required,
        is_record_only=audit.mode == "record_only",
        open_clashes=tuple(open_clashes(audit)),
        has_action=AuditAction.objects.filter(audit=audit).exists(),
        open_concerns=Concern.objects.as_system("submission").filter(audit=audit).count(),
    )
