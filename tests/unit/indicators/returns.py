"""Small returns in every shape, of plainly invented children, written as files for tests to load."""

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import xlsxwriter

from plumbline.indicators.files.load import LoadReport, load

NOW = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)
Rows = Sequence[Mapping[str, Any]]


def csv_text(rows: Rows, *, delimiter: str = ",") -> str:
    """The rows as the text of a CSV file, headings from all their keys."""
    columns = list(dict.fromkeys(column for row in rows for column in row))
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, delimiter=delimiter, lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def ssd(folder: Path, **tables: Rows) -> Path:
    """A folder of the dataset's CSV files, one a table."""
    folder.mkdir(exist_ok=True, parents=True)
    for name, rows in tables.items():
        (folder / f"{name}.csv").write_text(csv_text(rows), encoding="utf-8")
    return folder


def zipped(folder: Path) -> Path:
    """The files of the folder in an archive beside it."""
    path = folder.with_suffix(".zip")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in sorted(folder.iterdir()):
            archive.write(part, f"returns/{part.name}")
    return path


def person(number: str = "1001", **facts: Any) -> dict[str, Any]:
    """A child of the dataset."""
    return {
        "pers_person_id": number,
        "pers_sex": "F",
        "pers_dob": "2015-06-01",
        "pers_ethnicity": "WBRI",
        **facts,
    }


def referral(number: str = "R1", child: str = "1001", **facts: Any) -> dict[str, Any]:
    """A referral of the dataset."""
    return {
        "cine_referral_id": number,
        "cine_person_id": child,
        "cine_referral_date": "2025-05-12",
        "cine_referral_source_code": "6",
        "cine_referral_nfa": "N",
        "cine_cin_primary_need_code": "N1",
        **facts,
    }


def census(*children: str, prolog: str = "", encoding: str = "utf-8") -> bytes:
    """A census of children each given as the inside of its element."""
    inside = "".join(f"<Child>{child}</Child>" for child in children)
    return (
        f"{prolog}<Message><Header><CollectionDetails><Collection>CIN</Collection><Year>2026</Year>"
        "<ReferenceDate>2026-03-31</ReferenceDate></CollectionDetails><Source><LEA>999</LEA></Source></Header>"
        f"<Children>{inside}</Children></Message>"
    ).encode(encoding)


CENSUS_CHILD = """
<ChildIdentifiers><LAchildID>1001</LAchildID><UPN>A123456789012</UPN><PersonBirthDate>2015-06-01</PersonBirthDate>
<Sex>F</Sex></ChildIdentifiers>
<ChildCharacteristics><Ethnicity>WBRI</Ethnicity><Disabilities><Disability>HEAR</Disability></Disabilities>
</ChildCharacteristics>
<CINdetails><CINreferralDate>2025-05-12</CINreferralDate><ReferralSource>6</ReferralSource>
<PrimaryNeedCode>N1</PrimaryNeedCode><ReferralNFA>0</ReferralNFA>
<Assessments><AssessmentActualStartDate>2025-05-13</AssessmentActualStartDate>
<AssessmentAuthorisationDate>2025-06-20</AssessmentAuthorisationDate>
<FactorsIdentifiedAtAssessment><AssessmentFactors>3B</AssessmentFactors><AssessmentFactors>16A</AssessmentFactors>
</FactorsIdentifiedAtAssessment></Assessments>
<Section47><S47ActualStartDate>2025-06-02</S47ActualStartDate><InitialCPCtarget>2025-06-23</InitialCPCtarget>
<DateOfInitialCPC>2025-06-19</DateOfInitialCPC><ICPCnotRequired>false</ICPCnotRequired></Section47>
<ChildProtectionPlans><CPPstartDate>2025-06-19</CPPstartDate><InitialCategoryOfAbuse>NEG</InitialCategoryOfAbuse>
<LatestCategoryOfAbuse>EMO</LatestCategoryOfAbuse><NumberOfPreviousCPP>1</NumberOfPreviousCPP>
<Reviews><CPPreviewDate>2025-09-10</CPPreviewDate></Reviews></ChildProtectionPlans></CINdetails>
"""

HEADINGS: dict[int, list[str]] = {
    1: [
        "Child Unique ID",
        "Gender",
        "Ethnicity",
        "Date of Birth",
        "Age",
        "Date of Contact",
        "Contact Source",
    ],
    3: [
        "Child Unique ID",
        "Gender",
        "Ethnicity",
        "Date of Birth",
        "Age",
        "Date of Referral",
        "Referral Source",
        "Referral NFA?",
        "Number of Referrals in Last 12 Months",
        "Allocated Team",
        "Allocated Worker",
    ],
    6: [
        "Child Unique ID",
        "Gender",
        "Ethnicity",
        "Date of Birth",
        "Age",
        "Does the Child have a Disability",
        "CIN Start Date",
        "Primary Need Code",
        "Date Child Was Last Seen",
        "CIN Closure Date",
        "Reason for Closure",
        "Case Status",
        "Allocated Team",
        "Allocated Worker",
    ],
    7: [
        "Child Unique ID",
        "Gender",
        "Ethnicity",
        "Date of Birth",
        "Age",
        "Does the Child have a Disability",
        "Child Protection Plan Start Date",
        "Initial Category of Abuse",
        "Latest Category of Abuse",
        "Date of the Last Statutory Visit",
        "Was the Child Seen Alone?",
        "Date of latest review conference",
        "Child Protection Plan End Date",
        "Subject to Emergency Protection Order or Protected Under Police Powers in Last Six Months (Y/N)",
        "Number of Previous Child Protection Plans",
        "Allocated Team",
        "Allocated Worker",
    ],
}


def annex_a(
    path: Path, lists: Mapping[int, Sequence[Sequence[Any]]], hidden: Sequence[int] = (), title: str = ""
) -> Path:
    """An Annex A workbook of these lists under their usual headings, or under a title and what the rows begin with."""
    with xlsxwriter.Workbook(str(path)) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for number, rows in lists.items():
            sheet = book.add_worksheet(f"List {number}")
            if number in hidden:
                sheet.hide()
            for line, row in enumerate([[title] if title else HEADINGS[number], *rows]):
                for column, value in enumerate(row):
                    if isinstance(value, date):
                        sheet.write_datetime(line, column, datetime(value.year, value.month, value.day), day)  # noqa: DTZ001
                    elif isinstance(value, str) and value.startswith("="):
                        sheet.write_formula(line, column, value, value="")
                    elif value is not None:
                        sheet.write(line, column, value)
        # A hidden first sheet cannot be the one shown.
        book.add_worksheet("Notes").activate()
    return path


def return_903(folder: Path, **lists: str) -> Path:
    """A folder of an SSDA903 return's CSV files."""
    folder.mkdir(exist_ok=True)
    for name, text in lists.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def loaded(path: Path, into: Path, **options: Any) -> LoadReport:
    """The report of a load that must have gone well."""
    report = load(path, into, created_at=NOW, **options)
    assert report.folder == into, [str(problem) for problem in report.problems] + list(
        map(str, report.to_map)
    )
    return report


def rows_of(extract: Path, table: str, *columns: str) -> list[tuple[Any, ...]]:
    """The rows of a table of an extract, in the order of its file."""
    chosen = ", ".join(columns) or "*"
    with duckdb.connect(":memory:") as connection:
        return connection.execute(
            f"SELECT {chosen} FROM read_parquet(?)", [f"{extract / table}.parquet"]
        ).fetchall()


def faults(report: LoadReport) -> dict[str, int]:
    """How many rows each rule found at fault."""
    found: dict[str, int] = {}
    for result in report.quality:
        if result.outcome == "faults":
            found[result.code] = found.get(result.code, 0) + result.count
    return found


def digest_of(report: LoadReport) -> str:
    """The digest of what was loaded."""
    assert report.manifest is not None
    return report.manifest.digest
