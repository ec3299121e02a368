"""Bad files are refused with the place of the fault and what to write instead; nothing is raised."""

import io
from datetime import date

import openpyxl
import pytest

from plumbline.framework.files.layout import ACTIVITIES, FORUMS, NOTES, STANDARDS
from plumbline.framework.files.reading import Reading, read_file
from plumbline.shared.given import Scalar
from plumbline.shared.tables import Sheet, write_xlsx

STANDARDS_YAML = """\
kind: practice-standards
key: ours
title: Ours
version: "1"
effective_from: 2026-04-01
standards:
  - number: "1"
    title: Heard
    criteria:
      - key: "1.1"
        number: "1.1"
        text: We listen.
        kind: quality
        applies_to: [all]
        good: Yes.
        notes: [{on: 2026-05-01, text: Read it so.}]
"""
SCHEDULE_YAML = """\
kind: qa-schedule
key: year
title: Year
version: "1"
effective_from: 2026-04-01
forums:
  - key: board
    name: Quality board
    aliases: [QB]
    cadence: {kind: every, interval: 1, unit: month}
activities:
  - key: audit
    name: Monthly audit
    type: case_audit
    corner: practice
    purpose: To learn.
    responsible: [Head]
    frequency: Monthly
    cadences:
      - {kind: every, interval: 1, unit: month}
    volume: {least: 18, most: 25}
    intended_outcome: Better.
    reports_to: [{forum: board, how: report}]
"""
ABOUT = Sheet(
    "About", (("Field", "Value"), ("Title", "Ours"), ("Version", "1"), ("Effective from", "2026-04-01"))
)
CRITERION: dict[str, Scalar] = {
    "Standard number": "1",
    "Standard title": "Heard",
    "Criterion key": "1.1",
    "Number": "1.1",
    "Text": "We listen.",
    "Kind": "quality",
    "Applies to": "all",
    "Good": "Yes.",
}
ACTIVITY: dict[str, Scalar] = {
    "Key": "audit",
    "Name": "Monthly audit",
    "Type": "case_audit",
    "Corner": "practice",
    "Purpose": "To learn.",
    "Responsible": "Head",
    "Frequency": "Monthly",
    "Cadences": "every month",
    "Intended outcome": "Better.",
    "Reports to": "board: report",
}


def errors_of(reading: Reading) -> list[str]:
    assert (reading.content is None) == bool(reading.errors)
    return [str(error) for error in reading.errors]


def changed(text: str, old: str, new: str) -> list[str]:
    assert old in text
    return errors_of(read_file(text.replace(old, new, 1).encode()))


def sheet(name: str, columns: tuple[str, ...], *rows: dict[str, Scalar]) -> Sheet:
    return Sheet(name, (columns, *(tuple(row.get(column) for column in columns) for row in rows)))


def standards_book(*rows: dict[str, Scalar], notes: tuple[dict[str, Scalar], ...] = ()) -> Reading:
    sheets = [
        sheet("Standards", tuple(column.heading for column in STANDARDS), *rows),
        sheet("Notes", tuple(column.heading for column in NOTES), *notes),
        ABOUT,
    ]
    return read_file(write_xlsx(sheets))


def schedule_book(*rows: dict[str, Scalar]) -> Reading:
    sheets = [
        sheet("Activities", tuple(column.heading for column in ACTIVITIES), *rows),
        sheet(
            "Forums", tuple(column.heading for column in FORUMS), {"Key": "board", "Name": "Quality board"}
        ),
        ABOUT,
    ]
    return read_file(write_xlsx(sheets))


def test_the_good_files_of_these_tests_are_good() -> None:
    for reading in (
        read_file(STANDARDS_YAML.encode()),
        read_file(SCHEDULE_YAML.encode()),
        standards_book(CRITERION),
        schedule_book(ACTIVITY),
    ):
        assert [str(problem) for problem in reading.problems] == []
        assert reading.content is not None


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "kind: practice-standards",
            "kind: recipes",
            "Line 1, kind: The kind of this file is not known. Write",
        ),
        ("key: ours", "key: our set!", "Line 2, key: “our set!” cannot be a key"),
        ("title: Ours", "title:", "Line 3, title: Write the title"),
        ("title: Ours", "title: [a]", "Line 3, title: Write words here"),
        ("2026-04-01", "soon", "Line 5, effective_from: “soon” is not a date. Write it as 2026-04-01."),
        ("2026-04-01", "2026-02-30", "Line 5, effective_from: “2026-02-30” is not a date"),
        ("2026-04-01", "1726-04-01", "Line 5, effective_from: “1726-04-01” is not a date"),
        ('- number: "1"\n', "- number:\n", "Line 7, standards 1, number: Write the number of the standard"),
        ("title: Heard", "title: {a: b}", "Line 8, standards 1, title: Write words here"),
        ("title: Heard", "title: ' '", "Line 8, standards 1, title: Write the title of standard 1."),
        ('key: "1.1"', 'key: "1 1"', "Line 10, standards 1, criteria 1, key: “1 1” cannot be a key"),
        ('key: "1.1"', f"key: {'k' * 31}", "Write at most 30 letters"),
        (
            "text: We listen.",
            "text:",
            "Line 12, standards 1, criteria 1, text: Write the text of criterion 1.1.",
        ),
        (
            "kind: quality",
            "kind: lovely",
            "Line 13, standards 1, criteria 1, kind: “lovely” is not known here.",
        ),
        ("[all]", "[all, cats]", "Line 14, standards 1, criteria 1, applies_to 2: “cats” is not known here."),
        ("on: 2026-05-01, ", "", "Line 16, standards 1, criteria 1, notes 1: Write the date of the note"),
        ("{on: 2026-05-01, text: Read it so.}", "so", "notes 1: Write keys and values here"),
        ("[{on: 2026-05-01, text: Read it so.}]", "so", "notes: Write a list for notes"),
        ("We listen.", "x" * 10_001, "The text has 10,001 characters. Shorten it to 10,000"),
    ],
)
def test_a_fault_in_standards_is_placed_by_line_and_keys(old: str, new: str, said: str) -> None:
    errors = changed(STANDARDS_YAML, old, new)

    assert len(errors) == 1
    assert said in errors[0]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("name: Quality board", "name:", "Line 8, forums 1, name: Write the name of the forum."),
        ("interval: 1, unit: month}\nact", "unit: month}\nact", "forums 1, cadence: Write a whole number"),
        ("name: Monthly audit", "name:", "Line 13, activities 1, name: Write the name of the activity."),
        (
            "case_audit",
            "dance",
            "Line 14, activities 1, type: “dance” is not known here. Write one of: committee",
        ),
        ("corner: practice", "corner: round", "Line 15, activities 1, corner: “round” is not known here."),
        (
            "      - {kind: every, interval: 1",
            "      - {kind: every, interval: one",
            "Write a whole number from 1",
        ),
        (
            "      - {kind: every",
            "      - {kind: mostly",
            "Line 20, activities 1, cadences 1, kind: Write one of",
        ),
        ("      - {kind: every, interval: 1, unit: month}", "      - now and then", "does not say how often"),
        ("      - {kind: every, interval: 1, unit: month}", "      - [a]", "cadences 1: Write how often"),
        ("most: 25", "most: lots", "Line 21, activities 1, volume, most: “lots” is not a whole number"),
        ("most: 25", "most: 2", "Line 21, activities 1, volume, most: Write 18 or more"),
        ("{least: 18, most: 25}", "20", "Line 21, activities 1, volume: Write least and most"),
        ("forum: board", "forum: bord", "No forum is called “bord”. Add it to the forums, or write board."),
        ("how: report", "how: shout", "Line 23, activities 1, reports_to 1, how: “shout” is not known here."),
        ("frequency: Monthly", "frequency: [Monthly]", "Line 18, activities 1, frequency: Write words here"),
        ("forums:\n", "forums:\n  - {key: board, name: Again}\n", "The forum board is given twice"),
        ("forums:\n", "forums:\n  - {key: two, name: QB}\n", "“qb” names two forums, two and board"),
    ],
)
def test_a_fault_in_a_schedule_is_placed_by_line_and_keys(old: str, new: str, said: str) -> None:
    errors = changed(SCHEDULE_YAML, old, new)

    assert len(errors) == 1
    assert said in errors[0]


def test_a_forum_may_be_named_by_its_alias_and_is_kept_by_its_key() -> None:
    assert changed(SCHEDULE_YAML, "forum: board", "forum: qb") == []


@pytest.mark.parametrize(
    ("heading", "value", "said"),
    [
        ("Standard number", None, "row 2, column A (Standard number): Write the number of the standard"),
        ("Standard title", None, "row 2, column B (Standard title): Write the title of standard 1."),
        ("Criterion key", "1 1", "row 2, column D (Criterion key): “1 1” cannot be a key"),
        ("Criterion key", True, "row 2, column D (Criterion key): Write words here"),
        ("Number", "x" * 31, "row 2, column E (Number): The text has 31 characters. Shorten it to 30"),
        ("Text", None, "row 2, column F (Text): Write the text of criterion 1.1."),
        ("Text", True, "row 2, column F (Text): Write words here"),
        ("Kind", 3, "row 2, column G (Kind): “3” is not known here. Write one of: compliance"),
        ("Applies to", "all, cats", "row 2, column H (Applies to): “cats” is not known here."),
        ("Good", False, "row 2, column I (Good): Write words here"),
        ("Not yet", "y" * 10_001, "row 2, column J (Not yet): The text has 10,001 characters"),
        ("Evidence", "z" * 1001, "row 2, column K (Evidence): The text has 1,001 characters"),
        ("Flag", True, "row 2, column M (Flag): Write words here"),
    ],
)
def test_a_fault_in_a_cell_of_standards_is_placed_by_row_and_column(
    heading: str, value: Scalar, said: str
) -> None:
    errors = errors_of(standards_book(CRITERION | {heading: value}))

    assert len(errors) == 1
    assert f"Sheet Standards, {said}" in errors[0]


@pytest.mark.parametrize(
    ("heading", "value", "said"),
    [
        ("Key", "a b", "row 2, column A (Key): “a b” cannot be a key"),
        ("Name", None, "row 2, column B (Name): Write the name of the activity."),
        ("Type", "dance", "row 2, column C (Type): “dance” is not known here."),
        ("Corner", 4, "row 2, column D (Corner): “4” is not known here."),
        ("Description", True, "row 2, column E (Description): Write words here"),
        ("Purpose", True, "row 2, column F (Purpose): Write words here"),
        ("Responsible", True, "row 2, column G (Responsible): Write words here"),
        ("Countersigned by", "w" * 301, "row 2, column H (Countersigned by): The text has 301 characters"),
        ("Frequency", True, "row 2, column I (Frequency): Write words here"),
        (
            "Cadences",
            "Reported to the board",
            "row 2, column J (Cadences): “Reported to the board” does not say",
        ),
        ("Cadences", 6, "row 2, column J (Cadences): Write how often"),
        ("Per", "street", "row 2, column K (Per): “street” is not known here. Write one of: team, home."),
        ("Streams", "s" * 121, "row 2, column L (Streams): The text has 121 characters"),
        (
            "At least",
            "many",
            "row 2, column M (At least): “many” is not a whole number. Write one, such as 18.",
        ),
        ("At least", 1.5, "row 2, column M (At least): “1.5” is not a whole number"),
        ("At most", -3, "row 2, column N (At most): “-3” is not a whole number"),
        ("Intended outcome", True, "row 2, column O (Intended outcome): Write words here"),
        ("Reporting arrangements", True, "row 2, column P (Reporting arrangements): Write words here"),
        ("Reports to", "panel: report", "row 2, column Q (Reports to): No forum is called “panel”"),
        ("Reports to", "board: shout", "row 2, column Q (Reports to): “shout” is not known here."),
        ("Flag", True, "row 2, column R (Flag): Write words here"),
    ],
)
def test_a_fault_in_a_cell_of_a_schedule_is_placed_by_row_and_column(
    heading: str, value: Scalar, said: str
) -> None:
    errors = errors_of(schedule_book(ACTIVITY | {heading: value}))

    assert len(errors) == 1
    assert f"Sheet Activities, {said}" in errors[0]


def test_a_number_that_the_spreadsheet_turned_into_a_date_is_explained() -> None:
    errors = errors_of(standards_book(CRITERION | {"Number": date(2026, 1, 2)}))

    assert "column E (Number): The cell holds a date. Format the column as text" in errors[0]


def test_numbers_stored_as_numbers_are_read_as_printed() -> None:
    reading = standards_book(CRITERION | {"Standard number": 1, "Criterion key": None, "Number": 1.1})

    assert errors_of(reading) == []
    assert [(c.key, c.number) for c in getattr(reading.content, "criteria", ())] == [("1.1", "1.1")]


def test_a_number_printed_twice_without_keys_gets_two_keys_and_a_flag() -> None:
    rows = [
        CRITERION | {"Criterion key": None, "Number": "2.3", "Text": text} for text in ("We ask.", "We plan.")
    ]

    reading = standards_book(*rows)

    assert errors_of(reading) == []
    criteria = getattr(reading.content, "criteria", ())
    assert [(c.key, c.number, c.flag) for c in criteria] == [
        ("2.3a", "2.3", "The number 2.3 is printed for 2 criteria."),
        ("2.3b", "2.3", "The number 2.3 is printed for 2 criteria."),
    ]


def test_a_key_used_twice_is_an_error_that_names_its_first_place() -> None:
    errors = errors_of(standards_book(CRITERION, CRITERION | {"Text": "We ask."}))

    assert errors == [
        (
            "Sheet Standards, row 3, column D (Criterion key): The key 1.1 is used twice, first at sheet Standards, "
            "row 2, column D (Criterion key). Write another, such as 1.1b."
        )
    ]


def test_the_standard_may_be_left_out_below_its_first_row_but_not_contradicted() -> None:
    second = CRITERION | {
        "Criterion key": "1.2",
        "Number": "1.2",
        "Standard number": None,
        "Standard title": None,
    }
    other = second | {"Standard number": "1", "Standard title": "Seen"}

    assert errors_of(standards_book(CRITERION, second)) == []
    assert "row 3, column B (Standard title): Standard 1 has another title in row 2" in "".join(
        errors_of(standards_book(CRITERION, other))
    )


def test_a_note_on_a_criterion_that_is_not_there_is_an_error() -> None:
    note: dict[str, Scalar] = {"Criterion key": "9.9", "Date": "2026-05-01", "Note": "Read it so."}

    errors = errors_of(standards_book(CRITERION, notes=(note,)))

    assert errors == [
        "Sheet Notes, row 2: No criterion has the key “9.9”. Write the key of one of the criteria."
    ]


def test_a_workbook_with_only_the_six_printed_columns_is_accepted() -> None:
    headings = (
        "Process",
        "Description",
        "Responsible",
        "Frequency",
        "Intended outcome",
        "Reporting arrangements",
    )
    rows = (
        ("A title above the table", None, None, None, None, None),
        headings,
        ("Team visits", "We go and see.", "Director", "6-8 weekly", "We know.", "To the board"),
        ("Escalation of concerns", None, "Manager", "Reported to the board", None, None),
    )

    reading = read_file(write_xlsx([Sheet("Sheet1", rows), ABOUT]))

    assert errors_of(reading) == []
    notes = [str(note) for note in reading.notes]
    assert any("row 3, column D (Frequency): The cadence is read" in note for note in notes)
    assert any(
        "row 4, column D (Frequency): “Reported to the board” does not say how often" in n for n in notes
    )
    assert any(
        "row 4, column E (Intended outcome): “Escalation of concerns” has no intended" in n for n in notes
    )
    assert any("No type is given for “Team visits”; taken as visit" in note for note in notes)


@pytest.mark.parametrize(
    ("sheets", "said"),
    [
        ([ABOUT], "needs either a sheet “Standards” or a sheet “Activities”"),
        ([Sheet("Standards", (("Kind", "Good"),)), ABOUT], "The sheet has no column “Text”. Add it."),
        ([Sheet("Standards", (("Text",), ("We listen.",)))], "Add a sheet “About” with a row “Title”"),
        ([Sheet("Standards", (("Text",),)), ABOUT], "There are no standards here. Write at least one."),
        ([Sheet("Activities", (("Name",),)), ABOUT], "There are no activities here. Write at least one."),
    ],
)
def test_a_workbook_without_what_it_needs_says_what_to_add(sheets: list[Sheet], said: str) -> None:
    assert said in " ".join(errors_of(read_file(write_xlsx(sheets))))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "The file is empty."),
        (b"hello", "This file holds neither standards nor a schedule."),
        (b"- a\n- b", "This file holds neither standards nor a schedule."),
        (b"%PDF-1.7", "This is not YAML and not a workbook. Choose a .yaml or .xlsx file."),
        (b"PK\x03\x04nonsense", "The workbook is damaged or not a workbook."),
        (b"kind: practice-standards\ntitle: A", "There are no standards here."),
        (b"kind: qa-schedule\ntitle: A\nactivities: {}", "There are no activities here."),
        (b"kind: qa-schedule\ntitle: A\nactivities: x", "Line 3, activities: Write a list for activities"),
        (b"kind: [a]", "Line 1, kind: The kind of this file is not known."),
        (b"processes: none", "Write a list for processes"),
    ],
)
def test_a_file_of_another_kind_is_refused_in_plain_words(data: bytes, said: str) -> None:
    assert said in " ".join(errors_of(read_file(data)))


def test_all_faults_of_a_file_are_told_at_once_and_very_many_are_counted() -> None:
    rows = [CRITERION | {"Criterion key": f"1.{n}", "Kind": "lovely"} for n in range(700)]

    reading = standards_book(*rows)

    assert len(reading.errors) == 500
    assert "There are 200 more errors." in " ".join(map(str, reading.notes))


def test_a_formula_that_was_never_worked_out_is_placed_and_refused() -> None:
    book = openpyxl.Workbook()
    page = book.active
    page.title = "Standards"
    page.append(list(CRITERION))
    page.append(list(CRITERION.values()))
    page["E2"] = "=A1&B1"
    book.create_sheet("About").append(["Title", "Ours"])
    packed = io.BytesIO()
    book.save(packed)

    errors = errors_of(read_file(packed.getvalue()))

    assert (
        "Sheet Standards, row 2, column E (Text): The cell holds a formula that was never worked out."
        in errors[0]
    )


def many(head: str, item: str, times: int) -> bytes:
    return (head + "".join(item.replace("N", str(n)) for n in range(times))).encode()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (
            many("title: A\nstandards:\n", "  - {number: N, title: B}\n", 201),
            "There are 201 standards. Keep to 200",
        ),
        (
            many(
                "title: A\nstandards:\n  - number: 1\n    title: B\n    criteria:\n",
                "      - {number: N, text: We ask.}\n",
                1001,
            ),
            "There are 1,001 criteria. Keep to 1,000",
        ),
        (many("title: A\nactivities:\n", "  - {name: N}\n", 501), "There are 501 activities. Keep to 500"),
        (
            many("title: A\nactivities:\n", "  - {name: N, reports_to: [Body N]}\n", 301),
            "The file names more than 300 forums.",
        ),
    ],
)
def test_more_than_any_framework_holds_is_refused(data: bytes, said: str) -> None:
    assert said in errors_of(read_file(data))[0]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("frequency", "programme " * 50_000),
        ("description", "a-" * 300_000),
        ("responsible", "( " * 300_000),
        ("reports_to", "annual " * 50_000),
        ("reports_to_parsed", "[" + "(" * 200_000 + "]"),
    ],
)
def test_a_very_long_text_is_refused_without_long_thought(key: str, value: str) -> None:
    quoted = f'["{value}"]' if key == "reports_to_parsed" else f'"{value}"'
    data = f"processes:\n  - process: A\n    {key}: {quoted}\n".encode()

    assert any(str(error).startswith("Line 3") for error in read_file(data).errors)
