"""Reports as a viewer may read them: the list, one report with its words, what may be quoted, what the annex shows."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from plumbline.audits.files.report_templates import template_by
from plumbline.audits.models import (
    Answer,
    Audit,
    Grade,
    Quotation,
    Report,
    ReportState,
    ReportText,
    ReportTheme,
    Round,
    RoundState,
    VoiceConsent,
    VoiceContact,
    VoiceOutcome,
)
from plumbline.audits.queries.report_figures import figures_of
from plumbline.audits.rules.report_digest import digest_of_report
from plumbline.audits.rules.report_shareable import shareable_figures
from plumbline.audits.rules.report_templates import ReportTemplate, template_of_figures
from plumbline.audits.rules.states import COUNTED
from plumbline.people.scope import Viewer

PEOPLE = ("made_by", "checked_by", "issued_by")
# Nothing can be reported of a round before its cases are audited.
REPORTABLE = (
    RoundState.AUDITING,
    RoundState.CASES_AUDITED,
    RoundState.ANALYSIS,
    RoundState.DRAFTED,
    RoundState.FINALISED,
    RoundState.COMPLETED,
)
UNFINISHED = (ReportState.DRAFT, ReportState.CHECKED)


def reports_for(viewer: Viewer) -> QuerySet[Report]:
    """The reports the viewer may see, newest round first, each with its round and people."""
    rows = Report.objects.visible_to(viewer, "report.view").select_related("round", *PEOPLE)
    return rows.order_by("-round__first_month", "-round", "-number")


def report_for(viewer: Viewer, public_id: str) -> Report:
    """The report the viewer may see.

    Raises: Report.DoesNotExist otherwise.
    """
    return reports_for(viewer).get(public_id=public_id)


def shareable_reports_for(viewer: Viewer) -> QuerySet[Report]:
    """The issued reports that have a shareable version."""
    rows = Report.objects.visible_to(viewer, "shareable_report.view").select_related("round")
    rows = rows.filter(shareable__refused="")
    return rows.order_by("-round__first_month", "-round", "-number")


def shareable_report_for(viewer: Viewer, public_id: str) -> Report | None:
    """The issued report, if it has a shareable version that the viewer may read."""
    return shareable_reports_for(viewer).filter(public_id=public_id).first()


def rounds_to_report(viewer: Viewer) -> list[tuple[Round, Report | None]]:
    """The rounds of which a report may be begun, each with its issued report if a new version would follow it."""
    begun = Report.objects.visible_to(viewer, "report.view")
    rounds = (
        Round.objects.visible_to(viewer, "round.view")
        .filter(state__in=REPORTABLE, is_historic=False)
        .exclude(pk__in=begun.filter(state__in=UNFINISHED).values("round"))
        .order_by("-first_month", "-pk")
    )
    issued = {row.round_id: row for row in begun.filter(state=ReportState.ISSUED)}
    return [(row, issued.get(row.pk)) for row in rounds]


@dataclass(frozen=True)
class Content:
    """A report with all that stands in it. Figures are those frozen, or those of today while it is a draft."""

    report: Report
    figures: dict[str, Any]
    texts: dict[str, ReportText] = field(default_factory=dict)
    themes: list[ReportTheme] = field(default_factory=list)

    @property
    def template(self) -> ReportTemplate:
        """The template the report was put forward with, or today's while it is a draft."""
        if self.report.state == ReportState.DRAFT:
            return template_by(self.report.template)
        return template_of_figures(self.figures)

    def words(self, part: str) -> str:
        """What the officer wrote in the part."""
        return self.texts[part].text if part in self.texts else ""


def content_of(report: Report) -> Content:
    """The report's content, in three queries and those of the figures while it is a draft."""
    figures = report.figures if report.state != ReportState.DRAFT else figures_of(report.round)
    texts = {row.part: row for row in ReportText.objects.filter(report=report).select_related("updated_by")}
    return Content(report, figures, texts, themes_of(report))


def themes_of(report: Report) -> list[ReportTheme]:
    """The themes with their quotations and whose words those are."""
    quoted = Quotation.objects.order_by("position", "pk")
    rows = ReportTheme.objects.filter(report=report).order_by("position", "pk")
    return list(rows.prefetch_related(Prefetch("quotations", quoted)))


def digest_now(content: Content) -> str:
    """The digest that words and figures give now; the same as the report's while nothing was touched."""
    return digest_of_report(
        {
            "round": content.report.round.public_id,
            "number": content.report.number,
            "figures": content.figures,
            "shareable": content.report.shareable,
            "words": {part: row.text for part, row in content.texts.items()},
            "themes": [
                {
                    "title": theme.title,
                    "text": theme.text,
                    "quotations": [
                        {"text": one.text, "shareable": one.is_shareable, "whose": one.whose}
                        for one in theme.quotations.all()
                    ],
                }
                for theme in content.themes
            ],
        }
    )


def version_before(report: Report) -> Report | None:
    """The version before that was issued; the product itself reads it, to say what changed."""
    rows = Report.objects.as_system("report-figures").filter(round=report.round_id, number__lt=report.number)
    return rows.exclude(state__in=UNFINISHED).order_by("-number").first()


def versions_of(viewer: Viewer, report: Report) -> list[Report]:
    """Every version of the report that the viewer may see, newest first."""
    return list(reports_for(viewer).filter(round=report.round_id).order_by("-number"))


def theme_for(viewer: Viewer, public_id: str) -> ReportTheme:
    """The theme of a report the viewer may see.

    Raises: ReportTheme.DoesNotExist otherwise.
    """
    visible = Report.objects.visible_to(viewer, "report.view").values("pk")
    return ReportTheme.objects.select_related("report__round").get(public_id=public_id, report__in=visible)


def quotation_for(viewer: Viewer, public_id: str) -> Quotation:
    """The quotation in a report the viewer may see.

    Raises: Quotation.DoesNotExist otherwise.
    """
    visible = Report.objects.visible_to(viewer, "report.view").values("pk")
    rows = Quotation.objects.select_related("theme__report__round", "answer", "voice")
    return rows.get(public_id=public_id, theme__report__in=visible)


def source_text(quotation: Quotation) -> str:
    """The words as they were given, from which the quotation was taken."""
    if quotation.voice:
        return quotation.voice.words
    # Where the source is disposed of, what was quoted is all that is left to shorten.
    return "\n".join(filter(None, texts_of_answer(quotation.answer))) if quotation.answer else quotation.text


def texts_of_answer(answer: Answer) -> tuple[str, ...]:
    """What somebody wrote in an answer."""
    return answer.rationale, answer.evidence, answer.text


@dataclass(frozen=True)
class Quotable:
    """Words that may be quoted: their key in the form, the words, whose they are."""

    key: str
    text: str
    source: str


def quotable(viewer: Viewer, round: Round, asked: str, what: str) -> "QuerySet[Any]":
    """Rationales, or with `what` voices the words of children and families, of the round's audits that hold the words.

    Only words of whom agreed that they are used.
    """
    seen = Audit.objects.visible_to(viewer, "audit.view")
    audits = seen.filter(round=round, state__in=COUNTED).values("pk")
    if what == "voices":
        found = VoiceContact.objects.filter(
            audit__in=audits, outcome=VoiceOutcome.GIVEN, consent=VoiceConsent.AGREED
        )
        return found.filter(words__icontains=asked).select_related("audit").order_by("audit", "pk")
    rows = Answer.objects.filter(audit__in=audits, is_current=True).exclude(
        rationale="", text="", evidence=""
    )
    said = Q(rationale__icontains=asked) | Q(evidence__icontains=asked) | Q(text__icontains=asked)
    return rows.filter(said).select_related("audit").order_by("audit", "pk")


@dataclass(frozen=True)
class AuditOfAnnex:
    """One audit in the annex: its reference, its answers and its grades as they stood."""

    audit: Audit
    answers: list[Answer]
    grades: list[Grade]


def annex_of(viewer: Viewer, content: Content) -> tuple[list[AuditOfAnnex], int]:
    """The audits of the report that the viewer may read, with their pinned answers, and how many it has in all."""
    pins = content.figures.get("annex", {"answers": [], "grades": []})
    audits = list(
        Audit.objects.visible_to(viewer, "audit.view")
        .filter(round=content.report.round_id)
        .select_related("tool")
        .order_by("reference", "pk")
    )
    keys = [one.pk for one in audits]
    answers: dict[int, list[Answer]] = {}
    for answer in Answer.objects.filter(pk__in=pins["answers"], audit__in=keys).order_by("pk"):
        answers.setdefault(answer.audit_id, []).append(answer)
    grades: dict[int, list[Grade]] = {}
    for grade in Grade.objects.filter(pk__in=pins["grades"], audit__in=keys).order_by("pk"):
        grades.setdefault(grade.audit_id, []).append(grade)
    found = [AuditOfAnnex(one, answers.get(one.pk, []), grades.get(one.pk, [])) for one in audits]
    counted = content.figures.get("completeness", {}).get("counted", 0)
    return [one for one in found if one.answers or one.grades], counted


def waiting_for_issue(viewer: Viewer) -> list[Report]:
    """The reports that wait for the viewer to issue them or send them back."""
    rows = Report.objects.visible_to(viewer, "report.issue").select_related("round")
    return list(rows.exclude(checked_by=viewer.person_id).order_by("checked_at"))


def drafts_of(viewer: Viewer) -> list[Report]:
    """The drafts that the viewer began."""
    rows = Report.objects.visible_to(viewer, "report.write").select_related("round")
    return list(rows.filter(made_by=viewer.person_id).order_by("made_at"))


def figures_today(report: Report) -> dict[str, Any]:
    """The figures that the report would have if it were put forward now."""
    return figures_of(report.round)


def preview_of(report: Report) -> Content:
    """The content with the shareable figures as they would be, while it is a draft."""
    content = content_of(report)
    if not report.shareable.get("tables"):
        report.shareable = shareable_figures(content.figures, shareable_before(report), report.number)
    return content


def shareable_before(report: Report) -> list[dict[str, Any]]:
    """The shareable figures of the versions issued before, oldest first: what their readers know."""
    rows = Report.objects.as_system("report-figures").filter(round=report.round_id, number__lt=report.number)
    rows = rows.filter(issued_at__isnull=False).order_by("number")
    return [row.shareable for row in rows if row.shareable.get("release")]
