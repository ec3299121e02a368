"""Case lists read: columns guessed, values known by many spellings, names and NHS numbers refused, faults placed."""

import io
import zipfile
from datetime import date

import pytest

from plumbline.audits.files.case_list import Table, pack, read_case_list, unpack
from plumbline.audits.files.case_rows import Cases, name_columns, read_cases
from plumbline.audits.rules.case_names import is_nhs_number
from plumbline.audits.rules.case_values import Column, age_band, column_of, value_of
from plumbline.shared.given import FileError
from plumbline.shared.tables import Sheet, write_csv, write_xlsx

pytestmark = pytest.mark.no_database_needed
ON = date(2026, 5, 1)
HEAD = ("Case ref", "Plan", "Team")
COLUMNS = {0: Column.REFERENCE, 1: Column.PLAN_TYPE, 2: Column.TEAM}
TEAMS = {Column.TEAM: {"north": "north"}}


def table(*rows: tuple[str, ...], head: tuple[str, ...] = HEAD) -> Table:
    return read_case_list(write_csv([head, *rows]))


def read(*rows: tuple[str, ...], head: tuple[str, ...] = HEAD, **more: Column) -> Cases:
    columns = COLUMNS | {int(key[1:]): column for key, column in more.items()}
    return read_cases(table(*rows, head=head), columns, spellings=TEAMS, on=ON)


def said(found: Cases) -> list[str]:
    return [str(problem) for problem in found.problems.told()]


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Case Reference", Column.REFERENCE),
        ("LAC status", None),
        ("date-of-birth", Column.BIRTH),
        ("Allocated Worker", Column.WORKER),
        ("Ethnic group", Column.ETHNICITY),
    ],
)
def test_a_heading_is_guessed_however_it_is_written(heading: str, column: Column | None) -> None:
    assert column_of(heading) is column


@pytest.mark.parametrize(
    ("column", "text", "key"),
    [
        (Column.PLAN_TYPE, "CP plan", "child-protection"),
        (Column.PLAN_TYPE, "L.A.C.", None),
        (Column.PLAN_TYPE, "LAC", "child-in-care"),
        (Column.SEX, "2", "female"),
        (Column.ETHNICITY, "WBRI", "white"),
        (Column.ETHNICITY, "Any other mixed background", "mixed"),
        (Column.DISABILITY, "AUT", "yes"),
        (Column.AGE_BAND, "10-15", "10-15"),
        (Column.AGE_BAND, "11", "10-15"),
        (Column.AGE_BAND, "Under 1", "0"),
        (Column.AGE_BAND, "old", None),
    ],
)
def test_a_value_is_known_by_the_spellings_councils_use(column: Column, text: str, key: str | None) -> None:
    assert value_of(column, text, {}) == key


def test_what_somebody_said_of_a_spelling_counts_before_the_usual_meaning() -> None:
    assert value_of(Column.PLAN_TYPE, "Open", {"open": "early-help"}) == "early-help"


@pytest.mark.parametrize(
    ("born", "band"),
    [
        (date(2026, 9, 1), "unborn"),
        (date(2025, 5, 2), "0"),
        (date(2025, 5, 1), "1-4"),
        (date(2010, 5, 2), "10-15"),
        (date(2008, 5, 1), "18-25"),
        (date(1999, 5, 1), None),
    ],
)
def test_a_birth_becomes_an_age_band(born: date, band: str | None) -> None:
    assert age_band(born, ON) == band


def test_only_the_age_band_of_a_birth_is_kept() -> None:
    found = read(("A1", "CIN", "North", "May 2014"), head=(*HEAD, "Birth month"), c3=Column.BIRTH)
    (case,) = found.cases
    assert case.age_band == "10-15"
    assert "2014" not in repr(case)


def test_each_fault_names_its_row_and_column_and_what_to_write() -> None:
    found = read(("A1", "CIN", "North"), ("", "CIN", "North"), ("A1", "CIN", ""), ("A 3", "CIN", "North"))
    assert said(found) == [
        "Row 3, column A (Case ref): Write the case reference.",
        "Row 4, column A (Case ref): This reference stands in row 2 already. Keep one row for each case.",
        "Row 4, column C (Team): Write the team that holds the case.",
    ]


def test_a_spelling_nobody_explained_is_asked_once_with_how_often_it_stands_there() -> None:
    found = read(("A1", "Edge", "North"), ("A2", "edge", "Northern"), ("A3", "CIN", "Northern"))
    (plan,) = found.asked[Column.PLAN_TYPE].values()
    (team,) = found.asked[Column.TEAM].values()
    assert (plan.times, str(plan.place)) == (2, "row 2, column B (Plan)")
    assert (team.text, team.times) == ("Northern", 2)
    assert found.cases == []


def test_cases_of_other_plan_types_are_left_out_and_counted() -> None:
    found = read_cases(
        table(("A1", "CIN", "North"), ("A2", "CP", "North")),
        COLUMNS,
        spellings=TEAMS,
        on=ON,
        plan_types=frozenset({"child-protection"}),
    )
    assert [case.reference for case in found.cases] == ["A2"]
    assert found.left_out == 1


@pytest.mark.parametrize("reference", ["Ana Bell", "BELL, Ana", "Ana", "943 476 5919"])
def test_a_reference_that_is_a_name_or_an_nhs_number_is_refused(reference: str) -> None:
    found = read((reference, "CIN", "North"), ("A2", "CIN", "North"))
    assert len(said(found)) == 1
    assert reference not in said(found)[0]


def test_a_councils_own_ten_digit_numbers_are_not_taken_for_nhs_numbers() -> None:
    numbers = [str(2_000_000_000 + n * 7) for n in range(60)]
    assert any(map(is_nhs_number, numbers))
    assert said(read(*[(number, "CIN", "North") for number in numbers])) == []


@pytest.mark.parametrize("heading", ["Child's name", "Surname", "Mother", "First name", "Notes"])
def test_a_column_of_names_is_seen_by_its_heading_or_its_values(heading: str) -> None:
    found = table(
        ("A1", "CIN", "North", "Ana Bell"), ("A2", "CIN", "North", "Cy Dean"), head=(*HEAD, heading)
    )
    assert name_columns(found, {0: Column.REFERENCE, 1: Column.PLAN_TYPE, 2: Column.TEAM}) == {3}


@pytest.mark.parametrize("heading", ["Legal status", "Team type", "Ward code"])
def test_a_column_of_few_values_is_not_taken_for_names(heading: str) -> None:
    rows = [(f"A{n}", "CIN", "North", ("Interim Care Order", "Full Care")[n % 2]) for n in range(20)]
    assert name_columns(table(*rows, head=(*HEAD, heading)), dict(COLUMNS)) == set()


def test_csv_and_workbook_give_the_same_cases() -> None:
    rows = (HEAD, ("A1", "CIN", "North"), (), ("A2", "CP", "North"))
    csv = read_case_list(write_csv(rows))
    book = read_case_list(write_xlsx([Sheet("Cases", rows)]))
    assert (csv.headings, csv.rows, csv.numbers) == (book.headings, book.rows, book.numbers)
    assert csv.numbers == (2, 4)


def test_a_table_kept_for_later_is_the_same_table() -> None:
    kept = table(("A1", "CIN", "North"))
    assert unpack(pack(kept)) == kept


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7", "neither CSV nor a workbook"),
        (b"", "empty"),
        (b"Case ref,Plan,Team\r\n", "no cases"),
        (b"a,b\n" + b",\n" * 1_000_000, "more than 25,000 rows"),
        (b"PK\x03\x04 not a workbook", "not a workbook"),
    ],
)
def test_a_file_that_is_no_case_list_is_refused_in_words(data: bytes, words: str) -> None:
    with pytest.raises(FileError, match=words):
        read_case_list(data)


def test_a_workbook_with_a_million_empty_rows_is_refused() -> None:
    rows = "".join(f'<row r="{n}" ht="20"/>' for n in range(2, 1_000_001))
    sheet = f'<worksheet xmlns="x"><sheetData>{rows}</sheetData></worksheet>'.encode()
    with pytest.raises(FileError, match="rows"):
        read_case_list(_with_sheet(sheet))


def test_a_workbook_that_unpacks_to_far_more_than_it_is_is_refused() -> None:
    with pytest.raises(FileError, match="50 MB"):
        read_case_list(_with_sheet(b"<worksheet>" + b" " * 60_000_000 + b"</worksheet>"))


def test_a_workbook_with_macros_is_refused() -> None:
    packed = io.BytesIO(write_xlsx([Sheet("Cases", (HEAD, ("A1", "CIN", "North")))]))
    with zipfile.ZipFile(packed, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")
    with pytest.raises(FileError, match="macros"):
        read_case_list(packed.getvalue())


def _with_sheet(sheet: bytes) -> bytes:
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(write_xlsx([Sheet("Cases", (HEAD,))]))) as source,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            target.writestr(name, sheet if name.startswith("xl/worksheets/sheet") else source.read(name))
    return made.getvalue()
