# ruff: noqa: T201 a benchmark prints its figures
"""What loading an extract costs, quality rules and all: seconds, rows a second and memory for each shape, and for bombs.

Run: python -m tests.bench.bench_extracts [repeats]
Aims: census of 23,000 rows under 3 s, Annex A of 23,000 rows under 10 s, SSDA903 of 26,000 rows under 5 s; hostile
files refused within 2 s and 200 MB. Each load runs in a process of its own, so that memory is its own.
"""

import csv
import multiprocessing
import resource
import statistics
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import xlsxwriter

from plumbline.indicators.files.load import load
from tests.unit.indicators.returns import CENSUS_CHILD, HEADINGS, census

START = date(2025, 4, 1)
NOW = datetime(2026, 4, 1, tzinfo=UTC)


def day(number: int) -> date:
    """A day of the year, the same for the same number."""
    return START + timedelta(days=number % 330)


def write_census(path: Path) -> int:
    """A census whose children have nine rows each, 23,000 in all; gives that number."""
    children = 23_000 // 9
    texts = (
        CENSUS_CHILD.replace("1001", f"C{number:06}")
        .replace("2025-05-12", day(number).isoformat())
        .replace("2015-06-01", date(2010 + number % 14, 1 + number % 12, 1 + number % 28).isoformat())
        for number in range(children)
    )
    path.write_bytes(census(*texts))
    return children * 9


def write_annex(path: Path) -> int:
    """A workbook of four lists of 5,750 rows each."""
    rows = 23_000 // 4
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        form = book.add_format({"num_format": "dd/mm/yyyy"})
        for number, headings in HEADINGS.items():
            sheet = book.add_worksheet(f"List {number}")
            sheet.write_row(0, 0, headings)
            for line in range(1, rows + 1):
                for column, heading in enumerate(headings):
                    _write_cell(sheet, form, line, column, heading)
    return rows * 4


def _write_cell(sheet: Any, form: Any, line: int, column: int, heading: str) -> None:
    words = {
        "Child Unique ID": line,
        "Gender": "b) Female",
        "Ethnicity": "a) WBRI",
        "Age": 9.5,
        "Contact Source": "q) 6: Police",
        "Referral Source": "q) 6: Police",
        "Referral NFA?": "b) No",
        "Primary Need Code": "N1 - Abuse or Neglect",
        "Case Status": "c) Child in need plan",
        "Initial Category of Abuse": "Neglect",
        "Latest Category of Abuse": "Neglect",
        "Was the Child Seen Alone?": "a) Yes",
        "Does the Child have a Disability": "b) No",
        "Allocated Team": f"Team {line % 12}",
        "Allocated Worker": f"Worker Number{line % 90}",
    }
    if heading in words:
        sheet.write(line, column, words[heading])
    elif "Date" in heading or "date" in heading:
        if "Closure" not in heading and "End" not in heading:
            moment = datetime.combine(day(line), datetime.min.time())
            sheet.write_datetime(line, column, moment, form)
    elif heading.startswith("Number"):
        sheet.write(line, column, line % 3)


def write_903(folder: Path) -> int:
    """A return of header, episodes, reviews, outcomes and earlier permanence, 26,000 rows."""
    folder.mkdir()
    children = 2_600
    lists: dict[str, tuple[str, Callable[[int], list[list[str]]]]] = {
        "header": (
            "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB",
            lambda n: [[str(n), "1", _born(n), "WBRI", "UN4", "0", ""]],
        ),
        "episodes": (
            "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN",
            lambda n: [
                [
                    str(n),
                    _said(n),
                    "S",
                    "C1",
                    "N1",
                    "U6",
                    "PR1",
                    _said(n + 90),
                    "X1",
                    "CARPL",
                    "S70 1AA",
                    "S71 1BB",
                    "1",
                ],
                [str(n), _said(n + 90), "P", "C2", "N1", "U4", "PR1", "", "", "", "S70 1AA", "S71 1BB", "2"],
            ],
        ),
        "reviews": (
            "CHILD,DOB,REVIEW,REVIEW_CODE",
            lambda n: [[str(n), _born(n), _said(n + 20 * k), "PN1"] for k in range(1, 6)],
        ),
        "oc2": (
            (
                "CHILD,DOB,SDQ_SCORE,SDQ_REASON,CONVICTED,HEALTH_CHECK,IMMUNISATIONS,TEETH_CHECK,HEALTH_ASSESSMENT,SUBSTANCE_MISUSE,"
                "INTERVENTION_RECEIVED,INTERVENTION_OFFERED"
            ),
            lambda n: [[str(n), _born(n), "12", "", "0", "0", "1", "1", "1", "0", "0", "0"]],
        ),
        "previous_permanence": (
            "CHILD,DOB,PREV_PERM,LA_PERM,DATE_PERM",
            lambda n: [[str(n), _born(n), "Z1", "", ""]],
        ),
    }
    written = 0
    for name, (headings, rows_of) in lists.items():
        with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as stream:
            writer = csv.writer(stream)
            writer.writerow(headings.split(","))
            for number in range(children):
                rows = rows_of(number)
                writer.writerows(rows)
                written += len(rows)
    return written


def _born(number: int) -> str:
    return f"{date(2010 + number % 14, 1 + number % 12, 1 + number % 28):%d/%m/%Y}"


def _said(number: int) -> str:
    return f"{START + timedelta(days=number % 240):%d/%m/%Y}"


def write_dataset(folder: Path) -> int:
    """The dataset's tables at the size of six years of one council: half a million rows."""
    folder.mkdir()
    people = 25_000
    tables: dict[str, tuple[list[str], Callable[[int], list[str]], int]] = {
        "ssd_person": (
            ["pers_person_id", "pers_sex", "pers_dob", "pers_ethnicity"],
            lambda n: [str(n), "F", f"{date(2008 + n % 16, 1 + n % 12, 1 + n % 28)}", "WBRI"],
            people,
        ),
        "ssd_contacts": (
            ["cont_contact_id", "cont_person_id", "cont_contact_date", "cont_contact_source_code"],
            lambda n: [f"K{n}", str(n % people), _when(n), "6"],
            110_000,
        ),
        "ssd_cin_episodes": (
            [
                "cine_referral_id",
                "cine_person_id",
                "cine_referral_date",
                "cine_referral_nfa",
                "cine_close_date",
            ],
            lambda n: [f"R{n}", str(n % people), _when(n), "N", _when(n + 200)],
            20_000,
        ),
        "ssd_cin_assessments": (
            [
                "cina_assessment_id",
                "cina_person_id",
                "cina_referral_id",
                "cina_assessment_start_date",
                "cina_assessment_auth_date",
            ],
            lambda n: [f"A{n}", str(n % people), f"R{n % 20_000}", _when(n), _when(n + 40)],
            20_000,
        ),
        "ssd_cin_visits": (
            ["cinv_cin_visit_id", "cinv_person_id", "cinv_cin_visit_date", "cinv_cin_visit_seen"],
            lambda n: [f"V{n}", str(n % people), _when(n), "Y"],
            225_000,
        ),
        "ssd_involvements": (
            ["invo_involvements_id", "invo_person_id", "invo_professional_id", "invo_involvement_start_date"],
            lambda n: [f"I{n}", str(n % people), f"W{n % 200}", _when(n)],
            100_000,
        ),
    }
    for name, (headings, row_of, rows) in tables.items():
        with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as stream:
            writer = csv.writer(stream)
            writer.writerow(headings)
            writer.writerows(row_of(number) for number in range(rows))
    return sum(rows for _, _, rows in tables.values())


def _when(number: int) -> str:
    return f"{date(2020, 4, 1) + timedelta(days=number % 2_100)}T00:00:00"


def write_swelling_xml(path: Path) -> None:
    """200 MB of XML in some 800 kB, and one child in all of it."""
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive,
        archive.open("cin.xml", "w") as out,
    ):
        out.write(b"<Message><Header><Collection>CIN</Collection></Header><Children><Child>")
        for _ in range(200):
            out.write(b"<CINdetails></CINdetails>" * 41_943)


def write_long_child(path: Path) -> None:
    """The same child not packed, so that nothing but the reading itself can stop it."""
    with path.open("wb") as out:
        out.write(b"<Message><Header><Collection>CIN</Collection></Header><Children><Child>")
        for _ in range(200):
            out.write(b"<CINdetails></CINdetails>" * 41_943)


def write_laughs(path: Path) -> None:
    """Entities within entities, ten to the ninth times."""
    declared = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    path.write_bytes(census("&e9;", prolog=f'<!DOCTYPE m [<!ENTITY e0 "ha">{declared}]>'))


def write_empty_rows(path: Path) -> None:
    """A workbook of one list with a million empty rows."""
    plain = path.with_suffix(".plain")
    with xlsxwriter.Workbook(str(plain)) as book:
        book.add_worksheet("List 1").write_row(0, 0, HEADINGS[1])
    # A writer leaves empty rows out; a sheet formatted to its end holds them.
    empty = "".join(f'<row r="{line}" ht="15"/>' for line in range(2, 1_000_001)).encode()
    with zipfile.ZipFile(plain) as given, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for part in given.namelist():
            data = given.read(part)
            if part.endswith("sheet1.xml"):
                data = data.replace(b"</sheetData>", empty + b"</sheetData>")
            packed.writestr(part, data)


def write_empty_lines(path: Path) -> None:
    """A CSV file of a million empty rows."""
    path.write_text("pers_person_id,pers_dob\n" + ",\n" * 1_000_000)


@dataclass(frozen=True)
class Cost:
    """What one load took: seconds by the clock and of the processors, megabytes added and in all, and what came of it."""

    seconds: float
    processor: float
    added: float
    most: float
    said: str


def _measured(path: str, into: str, queue: Any) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began, worked = time.perf_counter(), time.process_time()
    report = load(Path(path), Path(into), created_at=NOW, leave_unknown_empty=True)
    took, spent = time.perf_counter() - began, time.process_time() - worked
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    said = "loaded" if report.folder else f"refused: {report.errors[0].message[:70]}"
    queue.put(Cost(took, spent, (most - before) / 1024, most / 1024, said))


def measured(path: Path, repeats: int) -> Cost:
    """The median seconds of loads in processes of their own, the most memory of them, and the outcome."""
    context = multiprocessing.get_context("spawn")
    costs: list[Cost] = []
    for repeat in range(repeats):
        queue = context.Queue()
        into = path.parent / "out" / f"{path.stem}-{repeat}"
        process = context.Process(target=_measured, args=(str(path), str(into), queue))
        process.start()
        costs.append(queue.get())
        process.join()
    return Cost(
        statistics.median(cost.seconds for cost in costs),
        statistics.median(cost.processor for cost in costs),
        max(cost.added for cost in costs),
        max(cost.most for cost in costs),
        costs[-1].said,
    )


def print_returns(folder: Path, repeats: int) -> None:
    """Prints what a return of each shape costs."""
    shapes: list[tuple[str, Path, Callable[[Path], int], str]] = [
        ("children in need census", folder / "cin.xml", write_census, "3"),
        ("Annex A workbook", folder / "annex.xlsx", write_annex, "10"),
        ("SSDA903", folder / "r903", write_903, "5"),
        ("dataset, six years of one council", folder / "ssd", write_dataset, "-"),
    ]
    print(
        f"{'return':34}{'rows':>9}{'seconds':>9}{'aim':>5}{'processor':>11}{'rows/s':>9}{'MB added':>10}{'in all':>8}"
    )
    for said, path, write, aim in shapes:
        rows = write(path)
        cost = measured(path, repeats)
        assert cost.said == "loaded", cost.said
        print(
            f"{said:34}{rows:9,}{cost.seconds:9.2f}{aim:>5}{cost.processor:11.2f}{rows / cost.seconds:9,.0f}"
            f"{cost.added:10.0f}{cost.most:8.0f}"
        )


def print_bombs(folder: Path, repeats: int) -> None:
    """Prints what it costs to refuse a file made to harm."""
    bombs: list[tuple[str, Path, Callable[[Path], None]]] = [
        ("200 MB of XML in an archive", folder / "swelling.zip", write_swelling_xml),
        ("200 MB of one child", folder / "long.xml", write_long_child),
        ("entities within entities", folder / "laughs.xml", write_laughs),
        ("workbook of a million empty rows", folder / "rows.xlsx", write_empty_rows),
        ("CSV of a million empty rows", folder / "ssd_person.csv", write_empty_lines),
    ]
    print(
        f"{'hostile file':34}{'bytes':>12}{'seconds':>9}{'aim':>5}{'processor':>11}{'MB in all':>10}  outcome"
    )
    for said, path, write_bomb in bombs:
        write_bomb(path)
        cost = measured(path, repeats)
        print(
            f"{said:34}{path.stat().st_size:12,}{cost.seconds:9.2f}{2:5}{cost.processor:11.2f}{cost.most:10.0f}"
            f"  {cost.said}"
        )


def main(repeats: int) -> None:
    """Prints the figures."""
    with tempfile.TemporaryDirectory() as name:
        print_returns(Path(name), repeats)
        print()
        print_bombs(Path(name), repeats)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
