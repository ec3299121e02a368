"""What the demo's auditors judged and wrote: judgements that hang together, grades by the tool's own rules, varied words."""

import random
from dataclasses import dataclass, field
from typing import Any

from plumbline.audits.rules.grading import Proposed, propose_overall, propose_section
from plumbline.audits.rules.tool import AnswerType, Question, Tool

LEVELS = ("met", "partly_met", "not_met")


@dataclass(frozen=True)
class Written:
    """One answer as it was written."""

    question: str
    judgement: str = ""
    text: str = ""
    rationale: str = ""
    evidence: str = ""


@dataclass(frozen=True)
class Graded:
    """One grade as it was given: the section's key, or nothing for the whole audit."""

    section: str
    grade: str
    proposed: Proposed
    reason: str = ""


@dataclass
class Pen:
    """Writes answers. Each text is used as seldom as the number of texts allows."""

    chance: random.Random
    words: dict[str, Any]
    _left: dict[int, list[str]] = field(default_factory=dict)

    def pick(self, *path: str) -> str:
        """One of the texts under the path, none twice before all were used."""
        texts: Any = self.words
        for step in path:
            texts = texts[step]
        left = self._left.setdefault(id(texts), [])
        if not left:
            left.extend(texts)
            self.chance.shuffle(left)
        return left.pop()

    def theme(self) -> tuple[str, str]:
        """A theme of a report: its title and what is said of it."""
        title, text = self.chance.choice(self.words["report"]["themes"])
        return str(title), str(text)

    def answers(self, tool: Tool, quality: float) -> list[Written]:
        """The answers of one audit; `quality` from 0 to 1 is how good the work is on the whole."""
        given: dict[str, str] = {}
        written = []
        for question in tool.questions.values():
            if not question.show_if.holds(given):
                continue
            one = self._answer(tool, question, quality)
            given[question.key] = one.judgement or one.text
            written.append(one)
        return written

    def _answer(self, tool: Tool, question: Question, quality: float) -> Written:
        if question.answer is AnswerType.TEXT:
            return Written(question.key, text=self.pick("discussion", "notes"))
        if question.answer is AnswerType.CHOICE:
            return Written(question.key, text=self.chance.choice(question.choices).key)
        kind = str(question.kind)
        if self.chance.random() < 0.05 and not question.is_limiting:
            return Written(question.key, judgement="not_applicable", rationale=self.pick("not_applicable"))
        # What limits a grade is seldom missed altogether; supervision and planning are the weaker sides here.
        weak = 0.12 if question.kind == "supervision" else 0.0
        luck = self.chance.random() * (0.4 if question.is_limiting else 1.0)
        level = LEVELS[0 if luck < quality - weak else 1 if luck < quality - weak + 0.27 else 2]
        return Written(
            question.key,
            judgement=level,
            rationale=self.pick(kind, level),
            evidence=self.pick(kind, "evidence"),
        )

    def grades(self, tool: Tool, written: list[Written]) -> list[Graded]:
        """The grades of the sections and of the whole, as the rules propose them; now and then the auditor differs."""
        judgements = {one.question: one.judgement or one.text for one in written}
        graded = []
        for section in tool.sections:
            if section.is_graded and any(one.key in judgements for one in section.questions):
                graded.append(self._grade(tool, section.key, propose_section(tool, section, judgements)))
        if tool.has_overall:
            overall = propose_overall(tool, {one.section: one.grade for one in graded if one.grade})
            graded.append(self._grade(tool, "", overall))
        return graded

    def _grade(self, tool: Tool, section: str, proposed: Proposed) -> Graded:
        keys = [one.key for one in tool.grades]
        if not proposed.grade:
            return Graded(section, keys[min(2, len(keys) - 1)], proposed, self.pick("differs"))
        if self.chance.random() < 0.07:
            place = keys.index(proposed.grade)
            other = max(0, min(len(keys) - 1, place + self.chance.choice((-1, 1))))
            if other != place:
                return Graded(section, keys[other], proposed, self.pick("differs"))
        return Graded(section, proposed.grade, proposed)
