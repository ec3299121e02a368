"""Made-up cadences and definition files for tests that hold for all of them."""

from datetime import date
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from plumbline.framework.files.content import (
    Activity,
    ActivityType,
    AppliesTo,
    Corner,
    Criterion,
    CriterionKind,
    Driver,
    DriverKind,
    Forum,
    Level,
    Note,
    Per,
    ReportHow,
    ReportLine,
    Schedule,
    Standard,
    StandardSet,
    Volume,
)
from plumbline.framework.rules.cadence import Cadence, Event, Every, Minimum, Purpose, Range, Unit, Yearly

# Words that YAML, workbooks or CSV might take for something else, beside plain ones.
WORDS = [
    "child",
    "plan",
    "weekly",
    "2.10",
    "1e3",
    "007",
    "yes",
    "no",
    "null",
    "true",
    "~",
    "on",
    "<<",
    "=",
    "=1+1",
    "+4",
    "-1",
    "@a",
    "-",
    "--",
    "---",
    "...",
    "?",
    ":",
    "a:",
    ":b",
    "#",
    "#c",
    "&x",
    "*y",
    "!tag",
    "!!str",
    "%",
    "|",
    ">",
    "[",
    "]",
    "{",
    "}",
    ",",
    ";;",
    "'single'",
    '"double"',
    "“curly”",
    "it's",
    "\\n",
    "\\",
    "_x0041_",
    "_x000D_",
    "<b>",
    "&amp;",
    "2026-04-01",
    "漢字",
    "naïve",
    "😀",
    "عربى",
    "＝x",
    ".5",
    "0x1F",
    "1_000",
    "12:30:45",
    "`tick`",
    "]",
    "}",
]
REPEATABLE = settings(
    derandomize=True, deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow]
)
DATES = st.dates(date(1990, 1, 1), date(2099, 12, 31))
SOME_WORDS = st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join)
FILLED = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)
PARAGRAPHS = st.lists(SOME_WORDS, max_size=3).map(lambda lines: "\n".join(lines).strip("\n"))
FILLED_PARAGRAPHS = st.tuples(FILLED, PARAGRAPHS).map(lambda parts: "\n\n".join(filter(None, parts)))
LINES = st.lists(FILLED, max_size=3, unique=True).map(tuple)
KEYS = st.integers(0, 400).map(lambda n: f"{'aK2z'[n % 4]}{'.-_'[n % 3]}{n}")
NUMBERS = st.sampled_from(["1", "2.3", "2.10", "A", "iv", "007", "No 5", "3(a)"])


_UNITS, _PURPOSES = st.sampled_from(Unit), st.sampled_from(Purpose)
_CADENCES: st.SearchStrategy[Cadence] = st.one_of(
    st.builds(Every, st.integers(1, 120), _UNITS, _PURPOSES, SOME_WORDS),
    st.builds(
        lambda least, more, unit, purpose, label: Range(least, least + more, unit, purpose, label),
        st.integers(1, 60),
        st.integers(1, 60),
        _UNITS,
        _PURPOSES,
        SOME_WORDS,
    ),
    st.builds(Minimum, st.integers(1, 31), _PURPOSES, SOME_WORDS),
    st.builds(Yearly, st.none() | st.integers(1, 366), _PURPOSES, SOME_WORDS),
    st.builds(Event, _PURPOSES, SOME_WORDS),
)


def cadences() -> st.SearchStrategy[Cadence]:
    """Any cadence that the rules allow."""
    return _CADENCES


_HEADER: dict[str, st.SearchStrategy[Any]] = {
    "key": KEYS,
    "title": FILLED,
    "version": FILLED,
    "effective_from": st.none() | DATES,
    "licence": SOME_WORDS,
    "source": PARAGRAPHS,
}
_CRITERIA = st.builds(
    Criterion,
    key=KEYS,
    number=NUMBERS,
    text=FILLED_PARAGRAPHS,
    kind=st.sampled_from(CriterionKind),
    applies_to=st.lists(st.sampled_from(AppliesTo), min_size=1, max_size=3, unique=True).map(tuple),
    good=PARAGRAPHS,
    not_yet=PARAGRAPHS,
    evidence=st.lists(FILLED, max_size=3).map(tuple),
    flag=PARAGRAPHS,
    notes=st.lists(st.builds(Note, DATES, FILLED_PARAGRAPHS), max_size=2).map(tuple),
)
_STANDARDS = st.builds(
    Standard, NUMBERS, FILLED_PARAGRAPHS, PARAGRAPHS, st.lists(_CRITERIA, max_size=2).map(tuple)
)


def _has_own_keys(standards: tuple[Standard, ...]) -> bool:
    keys = [criterion.key for standard in standards for criterion in standard.criteria]
    return len(set(keys)) == len(keys)


_SETS = st.builds(
    StandardSet,
    **_HEADER,
    consultation=PARAGRAPHS,
    equality=PARAGRAPHS,
    standards=st.lists(_STANDARDS, min_size=1, max_size=3, unique_by=lambda standard: standard.number)
    .map(tuple)
    .filter(_has_own_keys),
)


def standard_sets() -> st.SearchStrategy[StandardSet]:
    """Any set of practice standards."""
    return _SETS


_FORUM_KEYS = ["board", "Group.2", "panel_3"]
_FORUMS = st.tuples(
    *[
        # Names are numbered, so that none is also the key or the alias of another.
        st.builds(
            Forum,
            key=st.just(key),
            name=SOME_WORDS.map(lambda words, key=key: f"{words} forum {key}".strip()),  # type: ignore[misc]
            aliases=LINES.map(lambda lines, key=key: tuple(f"other {key} {line}" for line in lines)),  # type: ignore[misc]
            cadence=st.none() | cadences(),
            purpose=PARAGRAPHS,
        )
        for key in _FORUM_KEYS
    ]
)
_DRIVER_KEYS = ["plan", "Law.2", "review_3"]
_DRIVERS = st.tuples(
    *[
        st.builds(
            Driver,
            key=st.just(key),
            title=FILLED,
            kind=st.sampled_from(DriverKind),
            level=st.sampled_from(Level),
            publisher=SOME_WORDS,
            year=st.none() | st.integers(1900, 2100),
            # Only by one further on, so that none replaces itself in the end.
            replaced_by=st.sampled_from(["", *_DRIVER_KEYS[number + 1 :]]),
            link=st.sampled_from(["", "https://example.org/a?b=1&c=2"]),
        )
        for number, key in enumerate(_DRIVER_KEYS)
    ]
)
_VOLUMES = st.tuples(st.none() | st.integers(1, 50), st.none() | st.integers(50, 99))
_ACTIVITIES = st.builds(
    Activity,
    key=KEYS,
    name=FILLED,
    type=st.sampled_from(ActivityType),
    corner=st.sampled_from(Corner),
    cadences=st.lists(cadences(), min_size=1, max_size=3, unique=True).map(tuple),
    description=PARAGRAPHS,
    purpose=PARAGRAPHS,
    responsible=LINES,
    countersigned_by=LINES,
    frequency=PARAGRAPHS,
    per=st.none() | st.sampled_from(Per),
    streams=LINES,
    volume=_VOLUMES.map(lambda pair: Volume(*pair) if any(pair) else None),
    intended_outcome=PARAGRAPHS,
    reporting_arrangements=PARAGRAPHS,
    reports_to=st.lists(
        st.builds(ReportLine, st.sampled_from(_FORUM_KEYS), st.sampled_from(ReportHow)),
        max_size=3,
        unique=True,
    ).map(tuple),
    drivers=st.lists(st.sampled_from(_DRIVER_KEYS), max_size=3, unique=True).map(tuple),
    flag=PARAGRAPHS,
)
_SCHEDULES = st.builds(
    Schedule,
    **_HEADER,
    drivers=_DRIVERS,
    forums=_FORUMS,
    activities=st.lists(_ACTIVITIES, min_size=1, max_size=3, unique_by=lambda activity: activity.key).map(
        tuple
    ),
)


def schedules() -> st.SearchStrategy[Schedule]:
    """Any schedule whose report lines lead to its own forums."""
    return _SCHEDULES
