"""Files that copy a printed document are accepted as they stand."""

from pathlib import Path

import pytest

from plumbline.framework.files.content import (
    Activity,
    ActivityType,
    Corner,
    Per,
    ReportHow,
    ReportLine,
    Schedule,
    StandardSet,
    Volume,
)
from plumbline.framework.files.reading import Reading, read_file
from plumbline.framework.rules.cadence import (
    Cadence,
    Event,
    Every,
    Minimum,
    Purpose,
    Range,
    Unit,
    Yearly,
    words,
)

ROOT = Path(__file__).parents[3]
FIXTURES = ROOT / "tests/fixtures/framework"
SOURCES = ROOT.parent / "shared/data/sources"
MONTH = Unit.MONTH


def read_fixture(name: str) -> Reading:
    return read_file((FIXTURES / name).read_bytes())


def read_source(name: str) -> Reading:
    """The reading of a source document that is not part of this repository; the test is skipped without it."""
    if not (SOURCES / name).exists():
        pytest.skip(f"NOT TESTED: {name} is not beside the project.")
    return read_file((SOURCES / name).read_bytes())


def standards_of(reading: Reading) -> StandardSet:
    assert reading.errors == (), [str(error) for error in reading.errors]
    assert isinstance(reading.content, StandardSet)
    return reading.content


def activities_of(reading: Reading) -> dict[str, Activity]:
    assert reading.errors == (), [str(error) for error in reading.errors]
    assert isinstance(reading.content, Schedule)
    return {activity.key: activity for activity in reading.content.activities}


def has_note(reading: Reading, *parts: str) -> bool:
    return any(all(part in str(note) for part in parts) for note in reading.notes)


def test_copied_standards_keep_their_keys_and_say_what_was_printed() -> None:
    reading = read_fixture("standards_as_printed.yaml")

    content = standards_of(reading)
    assert [criterion.key for criterion in content.criteria] == ["1.1", "1.2a", "1.2b", "2.1"]
    assert [criterion.number for criterion in content.criteria] == ["1.1", "1.2", "1.2", "2.1"]
    assert content.criteria[1].flag == "The number 1.2 is printed for 2 criteria."
    assert content.criteria[3].flag == "The sentence seems to be cut short: it has no full stop."
    assert content.title == "How we work with children"
    assert str(content.effective_from) == "2021-03-01"
    assert "Exampleshire Council" in content.source


def test_keys_that_are_not_kept_are_noted_once_with_their_number_and_first_line() -> None:
    reading = read_fixture("standards_as_printed.yaml")

    assert has_note(reading, "Line 16, standards 1, criteria 1, origin", "“origin”", "found 4 times")
    assert has_note(reading, "“remarks” is not kept")
    assert has_note(reading, "“overview_title” is not kept for standards (found 2 times)")


@pytest.mark.parametrize(
    ("key", "cadences"),
    [
        ("ex-01", [Every(1, MONTH)]),
        ("ex-02", [Range(6, 8, Unit.WEEK)]),
        ("ex-04", [Minimum(1)]),
        ("ex-05", [Yearly(None), Yearly(2, label="elected members go along")]),
        ("ex-06", [Yearly(4)]),
        (
            "ex-07",
            [
                Every(3, MONTH),
                Event(label="part of the promise at each meeting"),
                Yearly(1, label="annual review of the promise"),
            ],
        ),
        ("ex-09", [Every(1, MONTH), Every(3, MONTH, Purpose.REPORT)]),
        ("ex-10", [Event()]),
    ],
)
def test_every_shape_of_a_copied_cadence_is_understood(key: str, cadences: list[Cadence]) -> None:
    activity = activities_of(read_fixture("schedule_as_printed.yaml"))[key]

    assert list(activity.cadences) == cadences


def test_a_copied_activity_keeps_its_fields() -> None:
    audit = activities_of(read_fixture("schedule_as_printed.yaml"))["ex-01"]

    assert audit.name == "Audits by managers"
    assert audit.description == "Managers look at cases together with the social worker."
    assert audit.responsible == ("Head of Quality Assurance",)
    assert audit.type is ActivityType.CASE_AUDIT
    assert audit.corner is Corner.PRACTICE
    assert audit.volume == Volume(6, 9)
    assert audit.flag == "The row runs over a page. It names no template."
    assert audit.reports_to == (
        ReportLine("quality-panel"),
        ReportLine("scrutiny-committee", ReportHow.ANNUAL_REPORT),
    )


def test_copied_streams_homes_and_countersigners_are_kept() -> None:
    activities = activities_of(read_fixture("schedule_as_printed.yaml"))

    assert activities["ex-08"].streams == ("Group A", "Group B")
    assert activities["ex-03"].per is Per.HOME
    assert activities["ex-03"].countersigned_by == ("Service Manager", "Responsible Individual")


def test_two_rows_of_one_title_are_told_apart_by_their_variant() -> None:
    activities = activities_of(read_fixture("schedule_as_printed.yaml"))

    assert activities["ex-03"].name == "Homes visits: independent"
    assert activities["ex-04"].name == "Homes visits: manager"


def test_a_forum_printed_under_two_names_is_one_forum_with_an_alias() -> None:
    reading = read_fixture("schedule_as_printed.yaml")

    assert isinstance(reading.content, Schedule)
    panel = next(forum for forum in reading.content.forums if forum.key == "quality-panel")
    assert panel.aliases == ("Quality Group",)
    assert has_note(reading, "“Quality Group” is taken as another name of “Quality Panel”")


@pytest.mark.parametrize(
    "parts",
    [
        ("processes 6, intended_outcome", "has no intended outcome"),
        ("processes 2", "“Head of Service QA” may be the same role as “Head of Quality Assurance”"),
        ("processes 10, frequency", "“Reported to the LSCB” does not say how often"),
        ("processes 2, description", "The description says “quarterly”, the cadence is “every 6 to 8 weeks”"),
        ("processes 7, cadence, also 2", "kept as a further cadence"),
        ("processes 4, cadence, minimum", "at least once in each calendar month"),
        ("processes 5, cadence, programme", "no number is given"),
        ("processes 1, volume_parsed", "nothing is blocked"),
        ("“LSCB” is now “safeguarding children partnership”",),
        ("“auditors_parsed” is not kept",),
        ("10 activities do not give their purpose",),
    ],
)
def test_what_a_careful_reader_would_ask_about_is_noted_with_its_place(parts: tuple[str, ...]) -> None:
    assert has_note(read_fixture("schedule_as_printed.yaml"), *parts)


def test_a_copy_that_lacks_rows_it_says_it_has_is_refused() -> None:
    data = (FIXTURES / "schedule_as_printed.yaml").read_bytes().replace(b"row_count: 10", b"row_count: 11")

    reading = read_file(data)

    assert reading.content is None
    assert "The file says 11 for row_count, but it holds 10" in str(reading.errors[0])


def test_what_a_copy_gives_under_our_own_keys_is_not_lost() -> None:
    data = b"""\
meta: {title: Calendar}
processes:
  - process: Visits
    flag: As printed.
    volume: {least: 2, most: 3}
    reports_to: [Board]
    streams: [East]
    cadences: [every month]
    description_continued: over the page.
"""
    reading = read_file(data)

    visits = activities_of(reading)["visits"]
    assert (visits.flag, visits.volume, visits.streams) == ("As printed.", Volume(2, 3), ("East",))
    assert visits.reports_to == (ReportLine("board"),)
    assert visits.cadences == (Every(1, MONTH),)
    assert has_note(reading, "“description_continued” is not kept")


def test_the_standards_of_2013_are_accepted_as_they_stand() -> None:
    reading = read_source("reading-practice-standards.yaml")

    content = standards_of(reading)
    assert [len(standard.criteria) for standard in content.standards] == [4, 4, 6, 3, 4, 6, 4, 5, 7, 3]
    assert len({criterion.key for criterion in content.criteria}) == 46
    assert [criterion.key for criterion in content.criteria if criterion.number == "2.3"] == ["2.3a", "2.3b"]
    assert [criterion.key for criterion in content.criteria if criterion.flag] == ["2.3a", "2.3b", "6.1"]
    assert has_note(reading, "standards 6, criteria 1, text", "cut short")


def test_the_schedule_of_2017_is_accepted_as_it_stands() -> None:
    reading = read_source("barnsley-qa-schedule.yaml")

    said = {key: [words(c) for c in activity.cadences] for key, activity in activities_of(reading).items()}
    assert len(said) == 17
    assert said["bqs-03"] == ["every 6 weeks"]
    assert said["bqs-05"] == ["as planned through the year", "twice a year: elected members go along"]
    assert said["bqs-06"][0] == "every 3 months"
    assert len(said["bqs-06"]) == 3
    assert said["bqs-09"] == ["every 6 to 8 weeks"]
    assert said["bqs-11"] == ["at least once a month"]
    assert said["bqs-12"] == ["every 6 months"]
    assert said["bqs-14"] == ["4 times a year"]
    assert said["bqs-16"] == ["every month", "report every 3 months"]
    assert said["bqs-17"] == ["when it happens"]


def test_the_schedule_of_2017_keeps_its_countersigners_volume_streams_and_gap() -> None:
    activities = activities_of(read_source("barnsley-qa-schedule.yaml"))

    assert activities["bqs-10"].countersigned_by[-1] == "Responsible Individual"
    assert activities["bqs-10"].name != activities["bqs-11"].name
    assert activities["bqs-08"].volume == Volume(18, 25)
    assert len(activities["bqs-07"].streams) == 2
    assert activities["bqs-14"].intended_outcome == ""
    assert activities["bqs-03"].intended_outcome.endswith("Senior Social Care Managers.")
    assert activities["bqs-13"].per is Per.TEAM
