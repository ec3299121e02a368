"""Case lists taken in: whole or not at all, once for the same content, with spellings asked once and no names kept."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from plumbline.audits.actions.case_lists import (
    PlanChanged,
    import_case_list,
    keep_upload,
    remove_old_uploads,
    say_columns,
    say_spellings,
)
from plumbline.audits.actions.round_stages import RoundNotInState
from plumbline.audits.models import CaseList, CaseListUpload, ColumnMapping, FrameCase
from plumbline.audits.queries.case_plan import plan_of
from plumbline.audits.rules.case_values import Column
from plumbline.event_log.models import Event
from plumbline.shared import dates
from plumbline.shared.tables import write_csv
from stats.sampling import frame_digest
from tests.factories.cast import Cast
from tests.factories.rounds import (
    HEAD,
    case_list_file,
    case_rows,
    drawn_round,
    given_list,
    imported,
    planned_round,
)


def frame() -> Any:
    return FrameCase.objects.as_system("draw")


def plan(upload: CaseListUpload) -> Any:
    return plan_of(upload, dates.today())


def test_a_case_list_becomes_the_frozen_frame_of_its_round(cast: Cast) -> None:
    made = planned_round(cast)
    row = imported(cast, made)
    references = [case[0] for case in case_rows(60)]
    assert row.size == frame().count() == 60
    assert row.frame_digest == frame_digest(references)
    case = frame().select_related("unit", "worker").get(reference="LC-10000")
    assert (case.plan_type, case.unit.key, case.worker, case.sex) == (
        "child-in-need",
        "north",
        cast.sam,
        "male",
    )
    assert (case.age_band, case.ethnicity, case.disability) == ("16-17", "white", "no")


def test_the_round_goes_on_to_its_next_stage_with_one_event_and_no_reference_in_it(cast: Cast) -> None:
    made = planned_round(cast)
    imported(cast, made)
    assert type(made).objects.as_system("recording").get(pk=made.pk).state == "cohort"
    event = Event.objects.as_system("verify-event-log").get(action="case_list.import")
    assert event.detail["rows"] == 60
    assert "LC-" not in str(event.detail)


def test_the_same_content_twice_changes_nothing(cast: Cast) -> None:
    made = planned_round(cast)
    first = imported(cast, made)
    again = imported(cast, made, case_list_file() + b"\r\n")
    assert again.pk == first.pk
    assert frame().count() == 60
    assert Event.objects.as_system("verify-event-log").filter(action="case_list.import").count() == 1


def test_another_list_takes_the_place_of_the_first_until_the_sample_is_drawn(cast: Cast) -> None:
    made = planned_round(cast)
    imported(cast, made)
    imported(cast, made, case_list_file(30))
    assert frame().count() == 30
    drawn = drawn_round(cast)
    with pytest.raises(RoundNotInState):
        keep_upload(by=cast.qa_officer, round=drawn, name="x.csv", data=case_list_file(5))


def test_a_list_with_a_fault_changes_nothing(cast: Cast) -> None:
    made = planned_round(cast)
    rows = [*case_rows(3), ("LC-10001", "CIN", "Fostering", *[""] * 6)]
    upload = given_list(cast, made, write_csv([HEAD, *rows]))
    told = [str(one) for one in plan(upload).errors]
    assert told == [
        "Row 5, column A (Case ref): This reference stands in row 3 already. Keep one row for each case."
    ]
    with pytest.raises(PlanChanged):
        import_case_list(by=cast.qa_officer, upload=upload, on=dates.today(), seen=plan(upload).content)
    assert not CaseList.objects.as_system("case-list").exists()


def test_a_team_and_a_plan_that_nobody_knows_are_asked_once_and_remembered(cast: Cast) -> None:
    made = planned_round(cast)
    data = case_list_file(4, team="Old North", plan="Edge", worker="")
    upload = given_list(cast, made, data)
    asked = plan(upload).asked
    assert {column: [one.text for one in found.values()] for column, found in asked.items()} == {
        Column.PLAN_TYPE: ["Edge"],
        Column.TEAM: ["Old North"],
    }
    upload = say_spellings(
        by=cast.qa_officer,
        upload=upload,
        spellings={"team": {"old north": "north"}, "plan_type": {"edge": "early-help"}},
        blank_workers=False,
    )
    import_case_list(by=cast.qa_officer, upload=upload, on=dates.today(), seen=plan(upload).content)
    assert set(frame().values_list("unit__key", "plan_type")) == {("north", "early-help")}
    again = keep_upload(by=cast.qa_lead, round=planned_round(cast), name="x.csv", data=data)
    assert plan(again).is_ready


@pytest.mark.parametrize("worker", ["Sam", "SAM", "sam@cast.example", "Sam@Cast.Example"])
def test_a_worker_is_found_by_work_address_or_by_name_in_the_team(cast: Cast, worker: str) -> None:
    imported(cast, planned_round(cast), case_list_file(1, worker=worker, team="north"))
    assert frame().get().worker_id == cast.sam.pk


def test_a_worker_of_another_team_or_one_of_two_with_the_name_is_asked(cast: Cast) -> None:
    made = planned_round(cast)
    elsewhere = given_list(cast, made, case_list_file(1, worker="Sam", team="south"))
    assert Column.WORKER in plan(elsewhere).asked
    twin = cast.add("twin", "north")
    twin.name = "Sam"
    twin.save()
    upload = given_list(cast, made, case_list_file(1, worker="Sam", team="north"))
    assert Column.WORKER in plan(upload).asked
    left = say_spellings(by=cast.qa_officer, upload=upload, spellings={}, blank_workers=True)
    import_case_list(by=cast.qa_officer, upload=left, on=dates.today(), seen=plan(left).content)
    assert frame().get().worker is None


def test_a_column_of_names_stops_the_import_until_it_is_left_out(cast: Cast) -> None:
    made = planned_round(cast)
    rows = [("Case ref", "Plan", "Team", "Child"), ("A1", "CIN", "north", "Ana Bell")]
    upload = keep_upload(by=cast.qa_officer, round=made, name="x.csv", data=write_csv(rows))
    found = plan(upload)
    assert (found.needs_columns, found.names, found.is_ready) == (True, {3}, False)
    columns = {0: Column.REFERENCE, 1: Column.PLAN_TYPE, 2: Column.TEAM, 3: None}
    upload = say_columns(by=cast.qa_officer, upload=upload, columns=columns)
    row = import_case_list(by=cast.qa_officer, upload=upload, on=dates.today(), seen=plan(upload).content)
    kept = CaseListUpload.objects.get()
    assert "Bell" not in repr([vars(one) for one in (row, kept, *frame(), *ColumnMapping.objects.all())])


def test_headings_are_remembered_so_that_nobody_is_asked_twice(cast: Cast) -> None:
    rows = [("Nr 1", "Art", "Where", "Ward"), ("A1", "CIN", "north", "East")]
    upload = keep_upload(by=cast.qa_officer, round=planned_round(cast), name="x.csv", data=write_csv(rows))
    assert plan(upload).unsettled == {0, 1, 2, 3}
    columns = {0: Column.REFERENCE, 1: Column.PLAN_TYPE, 2: Column.TEAM, 3: None}
    upload = say_columns(by=cast.qa_officer, upload=upload, columns=columns)
    import_case_list(by=cast.qa_officer, upload=upload, on=dates.today(), seen=plan(upload).content)
    again = keep_upload(by=cast.qa_lead, round=planned_round(cast), name="y.csv", data=write_csv(rows))
    assert plan(again).is_ready


def test_only_the_plan_types_of_the_round_come_in_and_the_others_are_counted(cast: Cast) -> None:
    made = planned_round(cast, plan_types=["child-protection"])
    upload = given_list(cast, made)
    assert (len(plan(upload).cases), plan(upload).left_out) == (20, 40)
    none = planned_round(cast, plan_types=["care-leaver"])
    assert "All 60 cases" in str(plan(given_list(cast, none)).errors[0])


def test_what_was_shown_must_be_what_is_imported(cast: Cast) -> None:
    made = planned_round(cast)
    upload = given_list(cast, made)
    with pytest.raises(PlanChanged):
        import_case_list(by=cast.qa_officer, upload=upload, on=dates.today(), seen="another")
    assert not frame().exists()


def test_the_file_goes_when_it_is_used_and_old_ones_go_after_a_day(cast: Cast) -> None:
    made = planned_round(cast)
    imported(cast, made)
    used = CaseListUpload.objects.get()
    assert (bytes(used.data), used.mapping) == (b"", {})
    left = given_list(cast, planned_round(cast))
    CaseListUpload.objects.filter(pk=left.pk).update(made_at=timezone.now() - timedelta(hours=25))
    assert remove_old_uploads() == 1
    assert remove_old_uploads() == 0


def test_an_import_asks_no_more_for_each_further_case(cast: Cast) -> None:
    def asked(number: int) -> int:
        made = planned_round(cast)
        upload = given_list(cast, made, case_list_file(number))
        seen = plan(upload).content
        with CaptureQueriesContext(connection) as queries:
            import_case_list(by=cast.qa_officer, upload=upload, on=dates.today(), seen=seen)
        return len(queries)

    asked(3)
    assert asked(400) <= asked(5) + 4
