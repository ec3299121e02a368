"""Definitions written and read again are the same, whatever they hold."""

from pathlib import Path

import pytest
from hypothesis import given

from plumbline.framework.files.areas import read_areas
from plumbline.framework.files.content import Content, Schedule, StandardSet
from plumbline.framework.files.drivers import read_drivers
from plumbline.framework.files.plain import content_digest
from plumbline.framework.files.reading import as_xlsx, as_yaml, read_file
from tests.unit.framework.strategies import REPEATABLE, schedules, standard_sets

ROOT = Path(__file__).parents[3]
DRIVERS = {one.key for one in read_drivers((ROOT / "definitions/drivers.yaml").read_bytes()).content}
AREAS = {
    area.key
    for path in (ROOT / "definitions/frameworks").glob("*.yaml")
    if (framework := read_areas(path.read_bytes(), DRIVERS).content)
    for area in framework.areas
}
SHIPPED = ["definitions/standards/practice_standards.yaml", "definitions/schedule/qa_schedule.yaml"]


def read_content(data: bytes) -> Content:
    reading = read_file(data, DRIVERS, AREAS)
    assert reading.errors == (), [str(error) for error in reading.errors]
    assert reading.content is not None
    return reading.content


@REPEATABLE
@given(standard_sets())
def test_standards_written_as_yaml_read_back_the_same(content: StandardSet) -> None:
    assert read_content(as_yaml(content)) == content


@REPEATABLE
@given(standard_sets())
def test_standards_written_as_a_workbook_read_back_the_same(content: StandardSet) -> None:
    assert read_content(as_xlsx(content)) == content


@REPEATABLE
@given(schedules())
def test_a_schedule_written_as_yaml_reads_back_the_same(content: Schedule) -> None:
    assert read_content(as_yaml(content)) == content


@REPEATABLE
@given(schedules())
def test_a_schedule_written_as_a_workbook_reads_back_the_same(content: Schedule) -> None:
    assert read_content(as_xlsx(content)) == content


@pytest.mark.parametrize("path", SHIPPED)
def test_the_shipped_definitions_read_without_errors_and_survive_both_forms(path: str) -> None:
    content = read_content((ROOT / path).read_bytes())

    assert read_content(as_yaml(content)) == content
    assert read_content(as_xlsx(content)) == content
    assert as_xlsx(content) == as_xlsx(content)
    assert len({content_digest(content), content_digest(read_content(as_xlsx(content)))}) == 1


def test_the_shipped_standards_are_ten_with_46_criteria_and_the_schedule_has_23_activities() -> None:
    standards = read_content((ROOT / SHIPPED[0]).read_bytes())
    schedule = read_content((ROOT / SHIPPED[1]).read_bytes())

    assert isinstance(standards, StandardSet)
    assert (len(standards.standards), len(standards.criteria)) == (10, 46)
    assert isinstance(schedule, Schedule)
    assert len(schedule.activities) == 23
