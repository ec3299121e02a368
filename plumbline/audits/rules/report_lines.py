"""The figures of a report as one flat list of lines: for the CSV file, and to show what changed between versions."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from plumbline.audits.rules.report_counts import Share, said
from plumbline.audits.rules.report_sums import judged_by_standard

# The one way in of a round without cases. Its figures stand in its own report only.
VISITS = "visit"
ROUTES = {
    "random": "Random",
    "purposive": "Picked by the team",
    "inspector": "Picked by an inspector",
    VISITS: "Visits",
}


def main_group(figures: Mapping[str, Any]) -> Mapping[str, Any]:
    """The figures that the report turns on: of the cases drawn at random, or of the visits."""
    groups = figures["groups"]
    found: Mapping[str, Any] = groups.get(VISITS) or groups.get("random", {})
    return found


COUNTED_VOICES = {
    "attempted": "attempted",
    "declined": "declined",
    "not_appropriate": "not appropriate",
    "none": "nothing recorded",
}
VOICES = "Children and families"


@dataclass(frozen=True)
class Line:
    """One figure: which part, whose cases, what is counted, how many of how many, and its range.

    The count is text where a small number is hidden, and where the figure is a word such as the status of a round.
    """

    part: str
    cases: str
    what: str
    count: int | str
    of: int | None = None
    lower: float | None = None
    upper: float | None = None

    @property
    def key(self) -> tuple[str, str, str]:
        return self.part, self.cases, self.what

    @property
    def words(self) -> str:
        """The figure as it is said."""
        if self.of is None:
            return str(self.count)
        return said({"x": self.count, "n": self.of, "lower": self.lower, "upper": self.upper, "method": ""})


def lines_of(figures: Mapping[str, Any]) -> list[Line]:
    """Every figure of the report, in the order of its parts."""
    return [
        *_completeness(figures["completeness"]),
        *_people(figures.get("people", ())),
        *(
            line
            for route, group in figures["groups"].items()
            for line in _of_group(ROUTES.get(route, route), group)
        ),
        *_by_standard(figures),
        *_aim(figures),
        *_findings("Findings", figures["findings"]),
        *_actions("Actions", figures["actions"]),
        *_concerns(figures["concerns"]),
        *_oversight(figures.get("oversight", ())),
        *_last_time(figures),
        *_before(figures.get("grades_before", ())),
        *_earlier(figures.get("earlier_actions", {}).get("rounds", ())),
        *_programme(figures.get("programme", ())),
    ]


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[tuple[Line | None, Line | None]]:
    """The figures that differ between two versions, each as it was and as it is; none where there was or is no such."""
    old, new = _by_key(before), _by_key(after)
    keys = dict.fromkeys([*old, *new])
    return [(old.get(key), new.get(key)) for key in keys if old.get(key) != new.get(key)]


def _by_key(figures: Mapping[str, Any]) -> dict[tuple[tuple[str, str, str], int], Line]:
    """The lines by what they count. Two questions may have the same words, so the second of a kind is numbered."""
    seen: Counter[tuple[str, str, str]] = Counter()
    found = {}
    for line in lines_of(figures):
        seen[line.key] += 1
        found[line.key, seen[line.key]] = line
    return found


def _named(key: str) -> str:
    return key.replace("_", " ").capitalize()


def _share(part: str, cases: str, what: str, share: Share) -> Line:
    return Line(part, cases, what, share["x"], share["n"], share["lower"], share["upper"])


def _completeness(whole: Mapping[str, Any]) -> Iterator[Line]:
    part = "Completeness"
    for name in ("counted", "missing", "late"):
        yield Line(part, "All", _named(name), whole[name], whole["wanted"])
    if whole.get("excused"):
        yield Line(part, "All", "Late and left out", whole["excused"], whole["wanted"] + whole["excused"])
    yield Line(part, "All", "Fewest aimed at", whole["target"]["min"])
    yield Line(part, "All", "Most aimed at", whole["target"]["max"])
    yield Line(part, "All", "On the case list", whole["frame"])
    yield Line(part, "All", "To be drawn", whole["drawn"])
    for state, count in whole["states"].items():
        yield Line(part, "All", f"State: {_named(state).lower()}", count)
    for route, one in whole["routes"].items():
        yield Line(part, ROUTES.get(route, route), "Submitted", one["counted"], one["wanted"])
    for reason, count in whole["left_out"].items():
        yield Line(part, "All", f"Left out: {reason}", count)


def _people(columns: Sequence[Mapping[str, Any]]) -> Iterator[Line]:
    for one in columns:
        for row in one["rows"]:
            what = f"{one['label']}: {row['label']}"
            yield Line("Who was audited", "Case list", what, row["frame"])
            yield Line("Who was audited", "Random", what, row["audited"])


def _of_group(cases: str, group: Mapping[str, Any]) -> Iterator[Line]:
    for one in group["grades"]:
        for grade in one["grades"]:
            yield _share("Grades", cases, f"{one['title']}: {grade['label']}", grade["share"])
        yield _share("Grades", cases, f"{one['title']}: {one['better']['label']}", one["better"]["share"])
        yield Line("Grades", cases, f"{one['title']}: graded", one["n"], group["counted"])
    for one in group["questions"]:
        part = "Supervision" if one["supervision"] else "Practice by standard"
        yield _share(part, cases, f"{one['text']}: met", one["met"])
        for name in ("partly_met", "not_met"):
            yield Line(part, cases, f"{one['text']}: {name.replace('_', ' ')}", one[name], one["met"]["n"])
        for name in ("not_applicable", "not_assessed"):
            yield Line(part, cases, f"{one['text']}: {name.replace('_', ' ')}", one[name])
    yield from _voice(cases, group)
    yield from _moderation(cases, group)
    yield from _self_audit(cases, group)
    yield from _local(cases, group)


def _voice(cases: str, group: Mapping[str, Any]) -> Iterator[Line]:
    for who in ("child", "family"):
        voice = group["voice"][who]
        yield _share(VOICES, cases, f"{who.capitalize()} heard", voice["heard"])
        for name, named in COUNTED_VOICES.items():
            yield Line(VOICES, cases, f"{who.capitalize()}: {named}", voice[name], group["counted"])
    talk = group["voice"]["discussion"]
    yield _share(VOICES, cases, "Talk with the worker held", talk["held"])
    yield Line(VOICES, cases, "Talk with the worker not held, with a reason", talk["not_held"])
    yield Line(VOICES, cases, "Talk with the worker: nothing recorded", talk["none"])
    yield _share(VOICES, cases, "Talked through in supervision", group["voice"]["talked_through"])


def _moderation(cases: str, group: Mapping[str, Any]) -> Iterator[Line]:
    part, found = "Moderation", group["moderation"]
    yield Line(part, cases, "Chosen for a second rating", sum(found["why"].values()), group["counted"])
    for why, count in found["why"].items():
        yield Line(part, cases, f"Chosen: {why}", count)
    yield Line(part, cases, "Settled", found["settled"], group["counted"])
    yield Line(part, cases, "Waiting", found["waiting"])
    for name, count in found["moves"].items():
        yield Line(part, cases, f"Moved: {name}", count, sum(found["moves"].values()))
    for one in found.get("sections", ()):
        for name, count in one["moves"].items():
            yield Line(part, cases, f"{one['title']}: moved: {name}", count, sum(one["moves"].values()))
    yield Line(part, cases, "Pairs of ratings", found["pairs"])
    for name in ("exact", "within_one"):
        if found[name]:
            yield _share(part, cases, f"Agreement: {name.replace('_', ' ')}", found[name])


def _self_audit(cases: str, group: Mapping[str, Any]) -> Iterator[Line]:
    found = group.get("self_audit")
    if not found:
        return
    part = "Self-audits"
    yield Line(part, cases, "Given", found["given"], found["asked"])
    yield Line(
        part,
        cases,
        "Audits with at least four of five judgements the same",
        found["alike"],
        found["compared"],
    )
    for what, one in (("All judgements", found["all"]), *((one["text"], one) for one in found["questions"])):
        yield _share(part, cases, f"{what}: same", one["same"])
        for name in ("kinder", "harsher"):
            yield Line(part, cases, f"{what}: their own is {name}", one[name], one["same"]["n"])


def _local(cases: str, group: Mapping[str, Any]) -> Iterator[Line]:
    part = "Questions of this round"
    for one in group.get("local", ()):
        yield Line(part, cases, f"{one['text']}: answered", one["answered"], one["asked"])
        if "met" in one:
            yield _share(part, cases, f"{one['text']}: met", one["met"])
            for name in ("partly_met", "not_met", "not_applicable", "not_assessed"):
                yield Line(part, cases, f"{one['text']}: {name.replace('_', ' ')}", one[name])
        for choice in one.get("choices", ()):
            yield Line(part, cases, f"{one['text']}: {choice['label']}", choice["count"], one["answered"])


def _by_standard(figures: Mapping[str, Any]) -> Iterator[Line]:
    for one in judged_by_standard(figures):
        for name in ("met", "partly_met", "not_met"):
            what = f"{one.title}, all judgements: {name.replace('_', ' ')}"
            yield Line("Practice by standard", "Random", what, getattr(one, name), one.number)


def _aim(figures: Mapping[str, Any]) -> Iterator[Line]:
    if "round" in figures:
        yield Line("Moderation", "All", "Share aimed at, per cent", figures["round"]["moderation_percent"])


def _findings(part: str, found: Mapping[str, Any]) -> Iterator[Line]:
    for kind, count in found["kinds"].items():
        yield Line(part, "All", _named(kind), count)
    for name in ("without_action", "needs_analysis"):
        if name in found:
            yield Line(part, "All", _named(name), found[name])
    for one in found.get("criteria", ()):
        for kind in found["kinds"]:
            yield Line(part, "All", f"{one['number']} {one['text']}: {kind}", one[kind])


def _actions(part: str, actions: Mapping[str, Any]) -> Iterator[Line]:
    for name in ("all", "open", "overdue"):
        yield Line(part, "All", _named(name), actions[name])
    if "evidenced" in actions:
        yield Line(part, "All", "Closed with evidenced impact", actions["evidenced"])
    for level, count in actions.get("levels", {}).items():
        yield Line(part, "All", f"For the {level}", count)
    for state, count in actions.get("states", {}).items():
        yield Line(part, "All", f"State: {_named(state).lower()}", count)


def _concerns(concerns: Mapping[str, Any]) -> Iterator[Line]:
    for name in ("raised", "closed"):
        if name in concerns:
            yield Line("Immediate concerns", "All", _named(name), concerns[name])


def _oversight(looks: Sequence[Mapping[str, Any]]) -> Iterator[Line]:
    for one in looks:
        what = f"Audits looked at: {one['capacity']}, {one['looked_on']}"
        yield Line("Independent oversight", "All", what, one["sample_size"])


def _last_time(figures: Mapping[str, Any]) -> Iterator[Line]:
    then = figures.get("last_time")
    if not then:
        return
    yield from _findings("Last time: findings", then["findings"])
    yield from _actions("Last time: actions", then["actions"])
    for one in then["grades"]:
        what = f"{one['title']}: {one['better']['label']}"
        yield _share("Last time: grades", "Random", what, one["better"]["share"])
    asked = {one["criterion"]: one["text"] for one in main_group(figures)["questions"]}
    for one in then["questions"]:
        what = asked.get(one["criterion"], one["criterion"])
        yield _share("Last time: practice", "Random", f"{what}: met", one["met"])


def _before(rounds: Sequence[Mapping[str, Any]]) -> Iterator[Line]:
    for one in rounds:
        for title, grades in one["grades"].items():
            for grade, count in grades.items():
                what = f"{one['title']} ({one['first_month'][:7]}): {title}: {grade}"
                yield Line("Rounds before: grades", "Random", what, count, sum(grades.values()))


def _earlier(rounds: Sequence[Mapping[str, Any]]) -> Iterator[Line]:
    for one in rounds:
        for name in ("open", "overdue"):
            what = f"{one['title']} ({one['first_month'][:7]}): {name}"
            yield Line("Earlier rounds: actions", "All", what, one[name])


def _programme(rounds: Sequence[Mapping[str, Any]]) -> Iterator[Line]:
    for one in rounds:
        what = f"{one['title']} ({one['first_month'][:7]})"
        if one["counted"] is not None:
            yield Line("Programme of the year", "All", f"{what}: audits submitted", one["counted"])
        yield Line("Programme of the year", "All", f"{what}: action plan status", one["state"])
