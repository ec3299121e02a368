"""Fills the demo's audits with all that people did to them: judged, talked, asked, moderated, shared, replied."""

import random
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Model

from plumbline.audits.models import (
    Answer,
    Audit,
    AuditStep,
    Discussion,
    Grade,
    GradeStage,
    Reading,
    Reply,
    SelfAudit,
    SelfAuditBy,
    TalkedThrough,
    VoiceContact,
)
from plumbline.audits.rules.subjects import Hears
from plumbline.audits.rules.tool_data import tool_from
from plumbline.demo.audits.judging import LEVELS, Graded, Pen, Written
from plumbline.people.models import Person
from plumbline.shared import dates

# The states an audit passes on its way, in order.
WAY = (
    "allocated",
    "started",
    "discussed",
    "submitted",
    "in_moderation",
    "moderated",
    "shared",
    "replied",
    "closed",
)
CHILD_METHODS = ("meeting", "meeting", "direct_work", "phone", "observation")


def moment(day: date, hour: int, minute: int = 0) -> datetime:
    """The time of the day in London."""
    return datetime.combine(day, time(hour, minute), dates.LONDON)


@dataclass
class Filler:
    """Collects rows and writes them together, since one by one would take minutes."""

    chance: random.Random
    pen: Pen
    officer: Person
    today: date
    rows: dict[type[Model], list[Any]] = field(default_factory=lambda: defaultdict(list))

    def write(self) -> None:
        """Writes what was collected, each row after those it points to."""
        while self.rows:
            ready = [model for model in self.rows if not self._points_to(model) & set(self.rows) - {model}]
            for model in ready:
                manager: Any = model._default_manager
                manager.bulk_create(self.rows.pop(model), batch_size=500)

    def _points_to(self, model: type[Model]) -> set[Any]:
        return {field.related_model for field in model._meta.concrete_fields if field.is_relation}

    def fill(
        self,
        audit: Audit,
        state: str,
        began: date,
        written: list[Written],
        graded: list[Graded],
        *,
        is_moderated: bool,
    ) -> None:
        """Brings the audit to the state, begun on the day, with what was written and graded on the way."""
        way = [one for one in WAY if is_moderated or one not in ("in_moderation", "moderated")]
        days = self._steps(audit, way[: way.index(state) + 1], began)
        audit.state = state
        if "started" not in days:
            return
        is_submitted = "submitted" in days
        kept = written if is_submitted else written[: max(3, len(written) // 2)]
        self._answers(audit, kept, graded if is_submitted else [], days)
        if "discussed" in days:
            self._people(audit, days["discussed"])
        if is_submitted:
            audit.submitted_at, audit.submitted_by = self.at(days["submitted"]), audit.auditor
        if "shared" in days:
            audit.shared_at, audit.shared_by = self.at(days["shared"]), self.officer
            self._after_sharing(audit, days)

    def at(self, day: date) -> datetime:
        """A moment of the day, in working hours and not after this morning."""
        found = moment(day, 9 + self.chance.randrange(8), self.chance.randrange(60))
        return min(found, moment(self.today, 8, 30))

    def _steps(self, audit: Audit, way: list[str], began: date) -> dict[str, date]:
        days: dict[str, date] = {}
        day = began
        for state in way:
            day = min(day, self.today)
            days[state] = day
            by = (
                self.officer if state in ("allocated", "in_moderation", "shared", "closed") else audit.auditor
            )
            if state == "replied" and audit.worker:
                by = audit.worker
            self.rows[AuditStep].append(AuditStep(audit=audit, state=state, at=self.at(day), by=by))
            day += timedelta(days=self.chance.randrange(2, 7))
        return days

    def _answers(
        self, audit: Audit, written: list[Written], graded: list[Graded], days: dict[str, date]
    ) -> None:
        at = self.at(days.get("submitted", days["started"]))
        for one in written:
            self.rows[Answer].append(
                Answer(
                    audit=audit,
                    question=one.question,
                    number=1,
                    judgement=one.judgement,
                    text=one.text,
                    rationale=one.rationale,
                    evidence=one.evidence,
                    given_by=audit.auditor,
                    given_at=at,
                )
            )
        for given in graded:
            self.rows[Grade].append(
                Grade(
                    audit=audit,
                    section=given.section,
                    stage=GradeStage.FIRST,
                    grade=given.grade,
                    proposed=given.proposed.grade,
                    rule=given.proposed.why,
                    reason=given.reason,
                    given_by=audit.auditor,
                    given_at=at,
                )
            )

    def _people(self, audit: Audit, day: date) -> None:
        held = self.chance.random() < 0.93
        self.rows[Discussion].append(
            Discussion(
                audit=audit,
                held_on=day if held else None,
                who="Worker and auditor" if held else "",
                notes=self.pen.pick("discussion", "notes") if held else "",
                reason_not_held="" if held else self.pen.pick("discussion", "not_held"),
                recorded_at=self.at(day),
                recorded_by=audit.auditor,
            )
        )
        hears = tool_from(audit.tool.content).hears
        for of, who in (("child", Hears.CHILD), ("parent", Hears.FAMILY)):
            if who in hears:
                self._voice(audit, of, day)

    def _voice(self, audit: Audit, of: str, day: date) -> None:
        luck = self.chance.random()
        outcome = (
            "given"
            if luck < 0.62
            else "attempted"
            if luck < 0.8
            else "declined"
            if luck < 0.9 or audit.round.is_feedback_required
            else "not_appropriate"
        )
        if outcome == "given" and self.chance.random() < 0.25:
            self._contact(audit, of, day - timedelta(days=2), "attempted")
        self._contact(audit, of, day, outcome)

    def _contact(self, audit: Audit, of: str, day: date, outcome: str) -> None:
        said = "child_given" if of == "child" else "family_given"
        words = self.pen.pick("voices", said) if outcome == "given" else ""
        method = "phone" if of == "parent" else self.chance.choice(CHILD_METHODS)
        if words.startswith(("The baby", "He showed")):
            method = "observation" if words.startswith("The baby") else "direct_work"
        self.rows[VoiceContact].append(
            VoiceContact(
                audit=audit,
                of=of,
                on=day,
                method="" if outcome == "not_appropriate" else method,
                outcome=outcome,
                words=words,
                # Most agree to be quoted; every ninth does not and every eleventh was not asked.
                consent=self._consent(len(self.rows[VoiceContact])) if words else "not_asked",
                reason=self.pen.pick("voices", outcome) if outcome in ("declined", "not_appropriate") else "",
                recorded_at=self.at(day),
                recorded_by=audit.auditor,
            )
        )

    @staticmethod
    def _consent(number: int) -> str:
        if number % 9 == 0:
            return "refused"
        return "not_asked" if number % 11 == 0 else "agreed"

    def self_audit(self, audit: Audit, written: list[Written], day: date) -> None:
        """Notes what whoever was asked judged on their own: mostly alike, else rather kinder. One in seven gave none."""
        person = audit.worker if audit.round.self_audit == SelfAuditBy.WORKER else audit.manager
        if person is None or person.pk == audit.auditor_id:
            return
        # Chance of its own, so that the rest of the year stays as it is.
        chance = random.Random(audit.reference)  # noqa: S311
        steps = chance.choices((0, -1, 1), (72, 20, 8), k=len(written))
        own = {
            one.question: LEVELS[min(2, max(0, LEVELS.index(one.judgement) + step))]
            for one, step in zip(written, steps, strict=True)
            if one.judgement in LEVELS
        }
        is_given = chance.random() < (0.86 if audit.submitted_at else 0.3)
        self.rows[SelfAudit].append(
            SelfAudit(
                audit=audit,
                person=person,
                asked_at=audit.allocated_at,
                judgements=own if is_given else {},
                given_at=self.at(min(day, self.today)) if is_given else None,
            )
        )

    def _after_sharing(self, audit: Audit, days: dict[str, date]) -> None:
        for person in (audit.worker, audit.manager):
            if person and (self.chance.random() < 0.85 or "replied" in days):
                self.rows[Reading].append(
                    Reading(audit=audit, person=person, at=self.at(days["shared"] + timedelta(days=1)))
                )
        if "replied" in days and audit.worker:
            disagrees = self.chance.random() < 0.06
            text = self.pen.pick("replies", "disagree" if disagrees else "agree")
            self.rows[Reply].append(
                Reply(
                    audit=audit,
                    person=audit.worker,
                    text=text,
                    disagrees=disagrees,
                    at=self.at(days["replied"]),
                )
            )
            if self.chance.random() < 0.8:
                by = audit.manager or audit.worker
                self.rows[TalkedThrough].append(
                    TalkedThrough(
                        audit=audit,
                        held_on=days["replied"],
                        confirmed_by=by,
                        confirmed_at=self.at(days["replied"]),
                    )
                )
