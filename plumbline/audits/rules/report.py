"""The figures of one group of audits, worked out from plain facts: counts over counts, never an average of grades."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from plumbline.audits.rules.local_questions import local_figures
from plumbline.audits.rules.movement import OVERALL, Rated, moves_of
from plumbline.audits.rules.report_counts import FEWEST_FOR_A_RANGE, share_of
from plumbline.audits.rules.self_audits import self_audit_figures
from plumbline.audits.rules.tool import AnswerType, Question, QuestionKind, Section, Theme, Tool

# The best thing that came of trying to hear somebody; "none" is silence, and is shown.
OUTCOMES = ("given", "declined", "attempted", "not_appropriate", "none")
FAMILY = frozenset({"parent", "carer"})


@dataclass(frozen=True)
class AuditFacts:
    """What the figures need to know of one audit that counts. `talk` is held, not_held or blank for nothing said.

    `grades` are those in force (final where moderated), `first` and `second` as given; keys are sections, blank for
    overall. `moderation` is why it is moderated, blank for not at all.
    """

    grades: Mapping[str, str] = field(default_factory=dict)
    first: Mapping[str, str] = field(default_factory=dict)
    second: Mapping[str, str] = field(default_factory=dict)
    judgements: Mapping[str, str] = field(default_factory=dict)
    talk: str = ""
    child: str = "none"
    family: str = "none"
    is_shared: bool = False
    is_talked_through: bool = False
    moderation: str = ""
    is_settled: bool = False
    not_asked: Collection[str] = ()
    # Whether somebody was asked for a self-audit, and their own judgements: none where they gave none.
    is_self_asked: bool = False
    own: Mapping[str, str] | None = None
    # Which of the round's own questions it asked.
    local: Collection[str] = ()


def best_outcome(outcomes: Iterable[str]) -> str:
    """The best that came of several attempts; "none" where nobody tried."""
    found = set(outcomes)
    return next((one for one in OUTCOMES if one in found), "none")


def group_figures(
    audits: Sequence[AuditFacts],
    tools: Sequence[Tool],
    *,
    is_random: bool,
    population: int | None = None,
    local: Sequence[Question] = (),
) -> dict[str, Any]:
    """The figures of one way into the round. Ranges only for cases drawn at random."""
    share = _Shares(is_random, population, len(audits))
    return {
        "counted": len(audits),
        "is_random": is_random,
        "grades": [
            *([_grades(audits, tools, OVERALL, "Overall", share)] if _has_overall(tools) else []),
            *(_grades(audits, tools, one.key, one.title, share) for one in _graded_sections(tools)),
        ],
        "questions": [_question(audits, section, one, share) for section, one in _judged(tools)],
        "voice": _voice(audits, share),
        "moderation": _moderation(audits, tools, share),
        **_self_audit(audits, tools),
        **_local(audits, local, share),
    }


@dataclass(frozen=True)
class _Shares:
    is_random: bool
    population: int | None
    everybody: int

    def of(self, x: int, n: int) -> dict[str, Any]:
        # How many of the frame a question applies to is not known, so the finite range is for all audits only.
        population = self.population if n == self.everybody else None
        return share_of(x, n, is_random=self.is_random, population=population)


def _has_overall(tools: Sequence[Tool]) -> bool:
    return any(tool.has_overall for tool in tools)


def _graded_sections(tools: Sequence[Tool]) -> list[Section]:
    found = {one.key: one for tool in tools for one in tool.sections if one.is_graded}
    return list(found.values())


def _judged(tools: Sequence[Tool]) -> list[tuple[Section, Question]]:
    found: dict[str, tuple[Section, Question]] = {}
    for tool in tools:
        for section in tool.sections:
            for question in section.questions:
                if question.answer is AnswerType.JUDGEMENT:
                    found.setdefault(question.key, (section, question))
    return list(found.values())


def _grades(
    audits: Sequence[AuditFacts], tools: Sequence[Tool], section: str, title: str, share: _Shares
) -> dict[str, Any]:
    given = Counter(one.grades[section] for one in audits if one.grades.get(section))
    scale = {grade.key: grade.label for tool in tools for grade in tool.grades}
    graded = sum(given.values())
    better = upper_half(tools)
    return {
        "section": section,
        "title": title,
        "n": graded,
        "not_graded": len(audits) - graded,
        "grades": [
            {"key": key, "label": label, "share": share.of(given[key], graded)}
            for key, label in scale.items()
        ],
        "better": {
            "label": better[1],
            "share": share.of(sum(given[key] for key in better[0]), graded),
        },
    }


def upper_half(tools: Sequence[Tool]) -> tuple[list[str], str]:
    """The grades of the upper half of the scale and what to call them: Good or better."""
    grades = tools[0].grades if tools else ()
    upper = list(grades[: len(grades) // 2])
    return [one.key for one in upper], f"{upper[-1].label} or better" if upper else ""


def is_about_supervision(question: Question) -> bool:
    """Whether the question tests supervision."""
    return question.kind is QuestionKind.SUPERVISION or Theme.SUPERVISION in question.covers


def _question(
    audits: Sequence[AuditFacts], section: Section, question: Question, share: _Shares
) -> dict[str, Any]:
    # A question that was not shown was not asked, and counts nowhere.
    asked = [
        one
        for one in audits
        if question.key not in one.not_asked
        and (one.judgements.get(question.key) or question.show_if.holds(one.judgements))
    ]
    given = Counter(one.judgements.get(question.key) or "not_assessed" for one in asked)
    judged = given["met"] + given["partly_met"] + given["not_met"]
    return {
        "key": question.key,
        "text": question.text,
        "kind": str(question.kind),
        "section": section.title,
        "criterion": question.criterion,
        "supervision": is_about_supervision(question),
        "met": share.of(given["met"], judged),
        "partly_met": given["partly_met"],
        "not_met": given["not_met"],
        "not_applicable": given["not_applicable"],
        "not_assessed": given["not_assessed"],
    }


def _voice(audits: Sequence[AuditFacts], share: _Shares) -> dict[str, Any]:
    everybody = len(audits)
    found: dict[str, Any] = {}
    for who in ("child", "family"):
        outcomes = Counter(getattr(one, who) for one in audits)
        found[who] = {
            "heard": share.of(outcomes["given"], everybody),
            **{one: outcomes[one] for one in OUTCOMES if one != "given"},
        }
    talks = Counter(one.talk for one in audits)
    shared = [one for one in audits if one.is_shared]
    talked = sum(one.is_talked_through for one in shared)
    return found | {
        "discussion": {
            "held": share.of(talks["held"], everybody),
            "not_held": talks["not_held"],
            "none": talks[""],
        },
        "talked_through": share_of(talked, len(shared), is_random=False),
    }


def _self_audit(audits: Sequence[AuditFacts], tools: Sequence[Tool]) -> dict[str, Any]:
    """The part about self-audits; nothing where nobody was asked for one, as in reports made before there were any."""
    asked = [(one.judgements, one.own) for one in audits if one.is_self_asked]
    return {"self_audit": self_audit_figures(asked, _judged(tools))} if asked else {}


def _local(
    audits: Sequence[AuditFacts], questions: Sequence[Question], share: _Shares
) -> dict[str, list[dict[str, Any]]]:
    """The part about the round's own questions; nothing where it has none."""
    if not questions:
        return {}
    return {"local": local_figures([(one.judgements, one.local) for one in audits], questions, share.of)}


def _moderation(audits: Sequence[AuditFacts], tools: Sequence[Tool], share: _Shares) -> dict[str, Any]:
    scale = list(dict.fromkeys(grade.key for tool in tools for grade in tool.grades))
    found = moves_of(Rated(scale, one.first, one.second, one.grades, one.is_settled) for one in audits)
    pairs, titles = len(found.pairs), {one.key: one.title for one in _graded_sections(tools)}
    enough = pairs >= FEWEST_FOR_A_RANGE
    # The sections of one audit hang together, so a range made as if they did not would be too narrow.
    of_pairs = share.of if found.of == "overall" else partial(share_of, is_random=False)
    return {
        "why": dict(sorted(Counter(one.moderation for one in audits if one.moderation).items())),
        "settled": sum(one.is_settled for one in audits),
        "waiting": sum(bool(one.moderation) and not one.is_settled for one in audits),
        "of": found.of,
        "moves": found.moves,
        "sections": [
            {"title": title, "moves": found.by_section[key]}
            for key, title in titles.items()
            if key in found.by_section
        ],
        "pairs": pairs,
        "exact": of_pairs(found.exact, pairs) if enough else None,
        "within_one": of_pairs(found.near, pairs) if enough else None,
    }
