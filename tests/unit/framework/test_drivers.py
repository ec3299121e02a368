"""Drivers are read and checked like other definitions, and an activity cites only those that are there."""

from pathlib import Path

import pytest

from plumbline.config import definitions
from plumbline.framework.files.content import DriverKind, Level, Schedule
from plumbline.framework.files.difference import difference
from plumbline.framework.files.drivers import read_drivers
from plumbline.framework.files.layout import ACTIVITIES, DRIVERS
from plumbline.framework.files.reading import read_file
from plumbline.framework.presenters.drivers import KINDS, LEVELS
from plumbline.shared.tables import write_xlsx
from tests.unit.framework.test_bad_files import ABOUT, ACTIVITY, SCHEDULE_YAML, changed, errors_of, sheet

SHIPPED = Path(__file__).parents[3] / "definitions" / "drivers.yaml"
OWN = """\
drivers:
  - {key: plan-2025, title: Corporate plan, kind: plan, year: 2025, replaced_by: plan-2026}
  - {key: plan-2026, title: Corporate plan, kind: plan, year: 2026, link: "https://example.org/plan"}
forums:
"""
WITH_OWN = SCHEDULE_YAML.replace("forums:\n", OWN).replace(
    "    name: Monthly audit\n", "    name: Monthly audit\n    drivers: [plan-2026, act]\n"
)


def schedule_of(data: bytes) -> Schedule:
    """The schedule in the file, where “act” ships."""
    reading = read_file(data, {"act"})
    assert reading.errors == ()
    assert isinstance(reading.content, Schedule)
    return reading.content


def faults_with(old: str, new: str) -> list[str]:
    """The errors of the schedule with its own drivers, once a part of it is changed."""
    assert old in WITH_OWN
    return errors_of(read_file(WITH_OWN.replace(old, new, 1).encode(), {"act"}))


def test_shipped_drivers_are_national_dated_and_free_of_faults() -> None:
    reading = read_drivers(SHIPPED.read_bytes())
    assert reading.problems == ()
    assert {one.level for one in reading.content} == {Level.NATIONAL}
    assert all(one.year and one.publisher for one in reading.content)


def test_working_together_of_2015_leads_to_the_edition_in_force() -> None:
    drivers = {one.key: one for one in read_drivers(SHIPPED.read_bytes()).content}
    one, editions = drivers["working-together-2015"], [2015]
    while one.replaced_by:
        one = drivers[one.replaced_by]
        editions.append(one.year or 0)
    assert editions == [2015, 2018, 2023, 2026]


def test_an_activity_cites_the_councils_own_drivers_and_those_that_ship() -> None:
    schedule = schedule_of(WITH_OWN.encode())
    assert schedule.activities[0].drivers == ("plan-2026", "act")
    first, second = schedule.drivers
    assert (first.level, first.year, first.replaced_by) == (Level.LOCAL, 2025, "plan-2026")
    assert (second.kind, second.link) == (DriverKind.PLAN, "https://example.org/plan")


def test_a_key_that_no_driver_has_is_refused_with_its_line() -> None:
    (fault,) = faults_with("[plan-2026, act]", "[plan-2062]")
    assert fault.startswith("Line 17, activities 1, drivers 1: No driver has the key “plan-2062”.")
    assert "or write plan-2025 or plan-2026" in fault
    (fault,) = changed(SCHEDULE_YAML, "    corner: practice\n", "    corner: practice\n    drivers: act\n")
    assert "No driver has the key “act”" in fault, "nothing ships unless it is said"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("key: plan-2025, ", "", "Line 7, drivers 1: Write the key of the driver"),
        ("key: plan-2025", "key: plan-2026", "Line 8, drivers 2, key: The driver plan-2026 is given twice"),
        ("key: plan-2025", "key: act", "Line 7, drivers 1, key: A driver that ships has the key act"),
        ("title: Corporate plan, ", "", "Line 7, drivers 1: Write the title of the driver"),
        ("kind: plan, ", "", "Line 7, drivers 1: Write the kind of the driver, one of: law, guidance"),
        ("kind: plan", "kind: wish", "Line 7, drivers 1, kind: “wish” is not known here"),
        ("year: 2025", "year: 25", "Line 7, drivers 1, year: Write the year of this edition"),
        ("year: 2025", "level: county", "Line 7, drivers 1, level: “county” is not known here"),
        (
            "replaced_by: plan-2026",
            "replaced_by: plan",
            "drivers 1, replaced_by: No driver has the key “plan”",
        ),
        ("replaced_by: plan-2026", "replaced_by: plan-2025", "plan-2025 would in the end replace itself"),
        ("https://example.org/plan", "javascript:alert(1)", "Line 8, drivers 2, link: Write a whole address"),
        ("https://example.org/plan", "http://example.org", "Line 8, drivers 2, link: Write a whole address"),
    ],
)
def test_a_faulty_driver_is_refused_with_its_line(old: str, new: str, said: str) -> None:
    assert any(said in fault for fault in faults_with(old, new))


def test_the_shipped_file_must_say_the_level_and_hold_a_driver() -> None:
    header = 'kind: drivers\nkey: ours\ntitle: Ours\nversion: "1"\neffective_from: 2026-04-01\n'
    (fault,) = errors_of_drivers(header + "drivers:\n  - {key: act, title: Act, kind: law}\n")
    assert fault == "Line 7, drivers 1: Write the level of the driver: national or local."
    (fault,) = errors_of_drivers(header)
    assert "There are no drivers here" in fault
    (fault,) = errors_of_drivers("drivers: [")
    assert fault.startswith("Line 2: This is not YAML")


def errors_of_drivers(text: str) -> list[str]:
    """The errors of a drivers file, of which then nothing is taken in."""
    reading = read_drivers(text.encode())
    assert reading.content == ()
    return [str(fault) for fault in reading.errors]


def test_the_check_of_the_definitions_tells_a_fault_of_the_drivers_file(
    settings: object, tmp_path: Path
) -> None:
    text = SHIPPED.read_text(encoding="utf-8").replace("kind: law", "kind: wish", 1)
    (tmp_path / "drivers.yaml").write_text(text, encoding="utf-8")
    settings.DEFINITIONS_DIR = tmp_path  # type: ignore[attr-defined]
    fault = next(definitions.faults())
    assert fault.startswith("definitions/drivers.yaml: Line ")
    assert "“wish” is not known here" in fault


def test_a_workbook_holds_drivers_on_a_sheet_and_cites_them_in_a_column() -> None:
    own = {"Key": "plan-2026", "Title": "Corporate plan", "Kind": "plan", "Year": "2026"}
    book = [
        sheet("Activities", headings(ACTIVITIES), ACTIVITY | {"Drivers": "plan-2026\nact"}),
        sheet("Drivers", headings(DRIVERS), own),
        ABOUT,
    ]
    schedule = schedule_of(write_xlsx(book))
    assert schedule.activities[0].drivers == ("plan-2026", "act")
    assert [(one.key, one.year, one.level) for one in schedule.drivers] == [("plan-2026", 2026, Level.LOCAL)]
    unknown = sheet("Activities", headings(ACTIVITIES), ACTIVITY | {"Drivers": "act\nwish"})
    (fault,) = errors_of(read_file(write_xlsx([unknown, *book[1:]]), {"act"}))
    assert fault.startswith("Sheet Activities, row 2, column S (Drivers): No driver has the key “wish”.")


def headings(columns: tuple[object, ...]) -> tuple[str, ...]:
    """The headings of a sheet."""
    return tuple(column.heading for column in columns)  # type: ignore[attr-defined]


def test_an_import_tells_which_drivers_change() -> None:
    before = schedule_of(WITH_OWN.encode())
    after = schedule_of(
        WITH_OWN.replace("year: 2026", "year: 2027").replace("[plan-2026, act]", "[act]").encode()
    )
    assert difference(before, after).words() == (
        "Driver plan-2026 (Corporate plan) changed: year.",
        "Activity audit (Monthly audit) changed: drivers.",
    )


def test_every_kind_and_level_has_a_label() -> None:
    assert set(KINDS) == set(DriverKind)
    assert set(LEVELS) == set(Level)
