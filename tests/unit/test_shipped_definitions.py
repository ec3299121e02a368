"""The shipped standards, schedule, tools, vocabulary and glossary are complete, consistent and in our own words."""

import datetime
import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
DEFINITIONS = ROOT / "definitions"
SOURCES = ROOT.parent / "shared" / "data" / "sources"
SOURCE_FILES = ("reading-practice-standards.yaml", "barnsley-qa-schedule.yaml")

IDENTITY = {"kind", "key", "title", "version", "effective_from", "licence", "source"}
KINDS = {"compliance", "quality", "impact", "voice", "supervision", "equality"}
GROUPS = {
    "all",
    "assessment",
    "child-in-need",
    "child-protection",
    "child-in-care",
    "care-leaver",
    "disabled-children",
    "fostering-adoption",
}
ACTIVITY_TYPES = {
    "committee",
    "briefing",
    "visit",
    "childrens_voice",
    "meeting",
    "case_audit",
    "homes_monitoring",
    "supervision_audit",
    "service_audit",
    "complaints",
    "escalation",
    "thematic_review",
    "performance_analysis",
    "feedback",
    "direct_observation",
    "health_check",
    "external_challenge",
}
CADENCE_FIELDS = {
    "every": {"interval", "unit"},
    "range": {"least", "most", "unit"},
    "minimum": {"count", "unit"},
    "yearly": {"count"},
    "event": set(),
}
TEXT_FIELDS_OF_AN_ACTIVITY = (
    "name",
    "description",
    "purpose",
    "frequency",
    "intended_outcome",
    "reporting_arrangements",
)
# Local names of the councils whose papers were read; the shipped texts are for an invented council.
LOCAL_NAMES = ("barnsley", "reading borough", "berkshire", "care4us", "care for us", "bscb", "paqa")
# Names of posts and bodies are facts, and are spelt as their papers spell them.
NAMES = {"name", "label", "aliases", "responsible", "countersigned_by"}
SHARED_RUN_OF_WORDS = 7

Row = dict[str, Any]


class LoaderRefusingRepeatedKeys(yaml.SafeLoader):
    """A YAML loader for which the same key twice in one mapping is an error."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """The mapping of the node. Raises: ConstructorError when a key is there twice."""
        repeated = repeats(str(key.value) for key, _ in node.value)
        if repeated:
            raise yaml.constructor.ConstructorError(None, None, f"repeated keys {repeated}", node.start_mark)
        return super().construct_mapping(node, deep)


def load(path: str) -> Row:
    """The content of one definitions file."""
    text = (DEFINITIONS / path).read_text(encoding="utf-8")
    loaded = yaml.load(text, Loader=LoaderRefusingRepeatedKeys)  # noqa: S506 (a SafeLoader)
    assert isinstance(loaded, dict)
    return loaded


def repeats(values: Iterator[str]) -> list[str]:
    """Values that occur more than once."""
    return sorted(value for value, count in Counter(values).items() if count > 1)


STANDARDS = load("standards/practice_standards.yaml")
SCHEDULE = load("schedule/qa_schedule.yaml")
VOCABULARY = load("vocabulary.yaml")
TOOLS = [load(f"audit_tools/{path.name}") for path in sorted((DEFINITIONS / "audit_tools").glob("*.yaml"))]
CRITERIA: list[Row] = [c for standard in STANDARDS["standards"] for c in standard["criteria"]]
FORUM_KEYS = {forum["key"] for forum in SCHEDULE["forums"]}


@pytest.mark.parametrize(
    "path", sorted(p.relative_to(DEFINITIONS).as_posix() for p in DEFINITIONS.rglob("*.yaml"))
)
def test_every_definitions_file_loads_and_repeats_no_key(path: str) -> None:
    assert load(path)


@pytest.mark.parametrize("content", [STANDARDS, SCHEDULE, VOCABULARY], ids=lambda content: content["key"])
def test_every_file_says_what_it_is_whose_and_since_when(content: Row) -> None:
    assert set(content) >= IDENTITY
    assert isinstance(content["effective_from"], datetime.date)
    assert isinstance(content["version"], str)
    assert content["licence"] == "CC BY 4.0"


def test_there_are_ten_standards_with_46_criteria() -> None:
    assert [standard["number"] for standard in STANDARDS["standards"]] == [str(n) for n in range(1, 11)]
    assert [len(standard["criteria"]) for standard in STANDARDS["standards"]] == [
        4,
        4,
        6,
        3,
        4,
        6,
        4,
        5,
        7,
        3,
    ]
    assert len(CRITERIA) == 46


def test_every_standard_says_why_it_matters_and_the_set_says_who_was_asked() -> None:
    for standard in STANDARDS["standards"]:
        assert standard["title"].strip()
        assert standard["purpose"].strip()
    assert STANDARDS["consultation"].startswith("Not yet consulted on locally")
    assert STANDARDS["equality"].strip()


def test_no_criterion_key_or_number_is_used_twice() -> None:
    assert repeats(criterion["key"] for criterion in CRITERIA) == []
    assert repeats(criterion["number"] for criterion in CRITERIA) == []


@pytest.mark.parametrize("criterion", CRITERIA, ids=lambda criterion: criterion["key"])
def test_every_criterion_has_every_field(criterion: Row) -> None:
    assert set(criterion) - {"flag", "notes", "speaks_to"} == {
        "key",
        "number",
        "text",
        "kind",
        "applies_to",
        "good",
        "not_yet",
        "evidence",
    }
    for field in ("text", "good", "not_yet"):
        assert criterion[field].strip().endswith("."), field
    assert criterion["kind"] in KINDS
    assert criterion["applies_to"] == ["all"] or set(criterion["applies_to"]) <= GROUPS - {"all"}
    assert 1 <= len(criterion["evidence"]) <= 3
    assert all(isinstance(prompt, str) and prompt for prompt in criterion["evidence"])


def test_every_interpretation_note_is_dated_within_the_life_of_the_set() -> None:
    notes = [note for criterion in CRITERIA for note in criterion.get("notes", [])]
    assert notes
    for note in notes:
        assert set(note) == {"on", "text"}, "write on in quotation marks: YAML reads a bare on as true"
        assert note["on"] >= STANDARDS["effective_from"]


def test_quality_and_impact_outweigh_compliance() -> None:
    kinds = Counter(criterion["kind"] for criterion in CRITERIA)
    assert set(kinds) == KINDS
    assert kinds["quality"] + kinds["impact"] > 2 * kinds["compliance"]


def test_there_are_17_activities_of_a_published_schedule_and_6_more_and_no_key_is_used_twice() -> None:
    assert len(SCHEDULE["activities"]) == 17 + 6
    assert repeats(activity["key"] for activity in SCHEDULE["activities"]) == []
    assert repeats(activity["name"].casefold() for activity in SCHEDULE["activities"]) == []
    assert repeats(forum["key"] for forum in SCHEDULE["forums"]) == []


@pytest.mark.parametrize("activity", SCHEDULE["activities"], ids=lambda activity: activity["key"])
def test_every_activity_is_complete_and_reports_to_forums_that_exist(activity: Row) -> None:
    for field in TEXT_FIELDS_OF_AN_ACTIVITY:
        assert activity[field].strip(), field
    assert activity["type"] in ACTIVITY_TYPES
    assert activity["corner"] in {"voice", "numbers", "practice", "governance"}
    assert activity["responsible"]
    assert isinstance(activity["countersigned_by"], list)
    assert activity.get("per", "team") in {"team", "home"}
    assert activity["reports_to"]
    for line in activity["reports_to"]:
        assert line["forum"] in FORUM_KEYS
        assert line["how"] in {"report", "annual-report", "minutes", "feedback"}
    assert repeats(line["forum"] for line in activity["reports_to"]) == []


def test_every_type_of_activity_and_every_kind_of_cadence_is_shipped() -> None:
    cadences = [cadence for activity in SCHEDULE["activities"] for cadence in activity["cadences"]]
    assert {activity["type"] for activity in SCHEDULE["activities"]} == ACTIVITY_TYPES
    assert {cadence["kind"] for cadence in cadences} == set(CADENCE_FIELDS)
    assert {activity["corner"] for activity in SCHEDULE["activities"]} == {
        "voice",
        "numbers",
        "practice",
        "governance",
    }


def test_one_part_of_the_service_is_challenged_from_outside_each_year() -> None:
    challenge = next(a for a in SCHEDULE["activities"] if a["type"] == "external_challenge")
    assert challenge["cadences"] == [{"kind": "yearly", "count": 1}]


def test_every_cadence_has_the_fields_of_its_kind() -> None:
    cadences = [forum["cadence"] for forum in SCHEDULE["forums"]]
    cadences += [cadence for activity in SCHEDULE["activities"] for cadence in activity["cadences"]]
    for cadence in cadences:
        fields = set(cadence) - {"kind", "label", "purpose"}
        assert fields == CADENCE_FIELDS[cadence["kind"]], cadence
        assert cadence.get("unit", "week") in {"week", "month"}
        assert cadence.get("purpose", "do") in {"do", "report"}
        assert all(cadence[field] > 0 for field in fields - {"unit"})
        if cadence["kind"] == "range":
            assert cadence["least"] < cadence["most"]


def test_the_monthly_audit_takes_18_to_25_cases() -> None:
    audit = next(a for a in SCHEDULE["activities"] if a["key"] == "monthly-case-audit")
    assert audit["volume"] == {"least": 18, "most": 25}


def test_a_name_or_alias_leads_to_one_forum_and_one_term_only() -> None:
    for things, label in ((SCHEDULE["forums"], "name"), (VOCABULARY["terms"], "label")):
        labels = [text.casefold() for thing in things for text in (thing[label], *thing["aliases"])]
        assert repeats(iter(labels)) == []
    terms = {
        t.casefold(): term["key"] for term in VOCABULARY["terms"] for t in (term["label"], *term["aliases"])
    }
    for forum in SCHEDULE["forums"]:
        for text in (forum["name"], *forum["aliases"]):
            assert terms.get(text.casefold(), forum["key"]) == forum["key"], text


def test_every_forum_and_every_vocabulary_term_says_what_it_is() -> None:
    for forum in SCHEDULE["forums"]:
        assert set(forum) == {"key", "name", "aliases", "cadence", "purpose"}
    for term in VOCABULARY["terms"]:
        assert set(term) - {"since"} == {"key", "label", "aliases", "meaning"}
        assert term["meaning"].endswith(".")
    assert repeats(term["key"] for term in VOCABULARY["terms"]) == []


def glossary() -> dict[str, str]:
    """The glossary as term and paragraph, read as the pages read it."""
    _, _, terms = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8").partition("\n## Terms\n")
    found: dict[str, str] = {}
    for block in terms.split("\n### ")[1:]:
        term, _, text = block.partition("\n")
        assert term not in found
        found[term] = text.strip()
    return found


def test_the_glossary_is_alphabetical_with_one_short_paragraph_a_term() -> None:
    terms = glossary()
    assert len(terms) >= 60
    assert all(before.casefold() < after.casefold() for before, after in pairwise(terms))
    for term, text in terms.items():
        assert text.endswith("."), term
        assert "\n" not in text, term
        assert len(re.findall(r"[.?!](?: |$)", text)) <= 3, term


def test_the_glossary_refers_only_to_terms_it_has_and_explains_plumblines_own_words() -> None:
    terms = glossary()
    for text in terms.values():
        assert {reference for reference in re.findall(r"\*([^*]+)\*", text) if reference[0].isupper()} <= set(
            terms
        )
    own = (
        "Action,Audit,Cadence,Conflict of interest,Draw,Event log,Finding,Forum,Frame,Impact check,Occurrence"
    )
    assert set(own.split(",")) | {"Round", "Scope", "Step-up"} <= set(terms)
    assert "*event log*" in terms["Audit"]
    assert "not an *audit*" in terms["Event log"]


def texts(value: Any) -> Iterator[str]:
    """Every string in a loaded file, at any depth, except the names of posts and bodies."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            if key not in NAMES:
                yield from texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from texts(item)


def words(text: str) -> list[str]:
    """The words of a text, without capitals and punctuation."""
    return re.findall(r"[a-z0-9]+", text.casefold().replace("'", "").replace("’", ""))


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text with four words or more, as plain words."""
    for sentence in re.split(r"(?<=[.?!;:])\s+", text):
        plain = words(sentence)
        if len(plain) >= 4:
            yield " ".join(plain)


def runs(text: str, length: int) -> set[str]:
    """Every run of so many words one after the other in a text."""
    plain = words(text)
    return {" ".join(plain[i : i + length]) for i in range(len(plain) - length + 1)}


def shipped_texts() -> list[str]:
    """Every sentence-bearing text we ship in these files."""
    return [
        *texts(STANDARDS),
        *texts(SCHEDULE),
        *texts(VOCABULARY),
        *texts(TOOLS),
        *glossary().values(),
    ]


def test_the_shipped_schedule_standards_and_audit_tools_name_no_real_place() -> None:
    files = [
        path
        for folder in ("standards", "schedule", "audit_tools")
        for path in DEFINITIONS.glob(f"{folder}/*.yaml")
    ]
    everything = " ".join(path.read_text(encoding="utf-8") for path in files).casefold()
    assert [name for name in LOCAL_NAMES if name in everything] == []


@pytest.mark.parametrize("file", SOURCE_FILES)
def test_no_shipped_sentence_is_taken_from_a_source_document(file: str) -> None:
    if not (SOURCES / file).exists():
        pytest.skip(f"NOT TESTED: {file} is not beside the project, so copied sentences would not be noticed")
    source = list(texts(yaml.safe_load((SOURCES / file).read_text(encoding="utf-8"))))
    source_sentences = {sentence for text in source for sentence in sentences(text)}
    assert len(source_sentences) > 50
    assert {s for text in shipped_texts() for s in sentences(text)} & source_sentences == set()
    source_runs = {run for text in source for run in runs(text, SHARED_RUN_OF_WORDS)}
    shipped_runs = {run for text in shipped_texts() for run in runs(text, SHARED_RUN_OF_WORDS)}
    assert shipped_runs & source_runs == set()
