"""The two published documents are taken in as they stand, and a second time change nothing.

They are not part of the project. Where they are not beside it, invented documents in the same shape take their place.
"""

from pathlib import Path

import pytest

from plumbline.framework.actions.import_framework import import_framework
from plumbline.framework.actions.shipped import load_shipped
from plumbline.framework.models import Activity, Criterion
from plumbline.framework.queries.import_plan import Step
from tests.integration.framework.snapshot import everything

pytestmark = pytest.mark.django_db
SOURCES = Path(__file__).parents[4] / "shared" / "data" / "sources"
AS_PRINTED = Path(__file__).parents[2] / "fixtures" / "framework"


def source(name: str) -> bytes:
    if not SOURCES.is_dir():
        pytest.skip("NOT TESTED: the folder of published sources is not beside the project.")
    return (SOURCES / name).read_bytes()


@pytest.mark.parametrize("with_shipped", [False, True])
@pytest.mark.parametrize("name", ["standards_as_printed.yaml", "schedule_as_printed.yaml"])
def test_a_document_copied_as_printed_is_taken_in_and_the_second_time_changes_nothing(
    name: str, with_shipped: bool
) -> None:
    taken_in_twice((AS_PRINTED / name).read_bytes(), with_shipped)


@pytest.mark.parametrize("with_shipped", [False, True])
@pytest.mark.parametrize("name", ["reading-practice-standards.yaml", "barnsley-qa-schedule.yaml"])
def test_a_published_document_is_taken_in_and_the_second_time_changes_nothing(
    name: str, with_shipped: bool
) -> None:
    taken_in_twice(source(name), with_shipped)


def taken_in_twice(data: bytes, with_shipped: bool) -> None:
    if with_shipped:
        load_shipped()
    plan = import_framework(by=None, data=data, publish=True).plan
    assert plan.errors == ()
    assert any("is not kept" in note.message for note in plan.notes), "unknown keys are told"
    before = everything()
    assert import_framework(by=None, data=data, publish=True).plan.step is Step.NOTHING
    assert everything() == before


def test_readings_two_criteria_of_one_number_are_kept_apart_and_the_odd_ones_flagged() -> None:
    import_framework(by=None, data=source("reading-practice-standards.yaml"), publish=True)
    twice = Criterion.objects.filter(number="2.3").order_by("position")
    assert [one.key for one in twice] == ["2.3a", "2.3b"]
    assert all("2.3" in one.flag for one in twice)
    assert "cut short" in Criterion.objects.get(key="6.1").flag
    assert Criterion.objects.count() == 46


def test_barnsleys_blank_outcome_stays_blank_and_complaints_have_two_cadences() -> None:
    import_framework(by=None, data=source("barnsley-qa-schedule.yaml"), publish=True)
    assert Activity.objects.count() == 17
    assert list(Activity.objects.filter(intended_outcome="").values_list("key", flat=True)) == ["bqs-14"]
    complaints = Activity.objects.get(key="bqs-16").cadences
    assert [cadence.get("purpose", "do") for cadence in complaints][:2] == ["do", "report"]
    assert Activity.objects.get(key="bqs-17").cadences[0]["kind"] == "event"
