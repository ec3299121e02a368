"""Importing practice standards: dry run, all or nothing, twice, new versions, notes, the command."""

from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django.fixtures import DjangoAssertNumQueries

from plumbline.event_log.models import Event
from plumbline.framework.actions import write_standards
from plumbline.framework.actions.import_framework import ImportRefused, PlanChanged, import_framework
from plumbline.framework.actions.shipped import load_shipped
from plumbline.framework.actions.standards import add_note
from plumbline.framework.models import Criterion, InterpretationNote, Schedule, SetState, StandardSet
from plumbline.framework.queries.import_plan import Step, plan_import
from plumbline.framework.queries.standards import export_of
from tests.factories.cast import Cast
from tests.integration.framework.definition_files import criterion, schedule_file, standards_file
from tests.integration.framework.snapshot import everything

pytestmark = pytest.mark.django_db


def sets() -> dict[str, str]:
    return dict(StandardSet._base_manager.order_by("pk").values_list("version", "state"))


def take(data: bytes, *, publish: bool = True) -> StandardSet:
    row = import_framework(by=None, data=data, publish=publish).row
    assert isinstance(row, StandardSet)
    return row


def exported(row: StandardSet, form: str) -> bytes:
    file = export_of(row, form)
    assert file is not None
    return file.data


def test_a_dry_run_changes_nothing() -> None:
    before = everything()
    plan = plan_import(standards_file(), publish=True)
    assert plan.step is Step.VERSION
    assert plan.change_words() == ["1 standard added.", "2 criteria added."]
    assert everything() == before


def test_a_file_is_taken_in_whole_with_one_event() -> None:
    take(standards_file(criterion("1.1", notes=[{"on": "2026-05-01", "text": "Agreed."}]), criterion("1.2")))
    assert sets() == {"1": SetState.PUBLISHED}
    assert list(Criterion.objects.values_list("key", "position")) == [("1.1", 1), ("1.2", 2)]
    assert list(InterpretationNote.objects.values_list("criterion__key", "on")) == [("1.1", date(2026, 5, 1))]
    event = Event._base_manager.get(kind="action")
    assert (event.action, event.detail["version"], event.detail["published"]) == (
        "framework.import",
        "1",
        True,
    )


def test_the_same_content_twice_changes_nothing() -> None:
    take(standards_file())
    before = everything()
    assert import_framework(by=None, data=standards_file(), publish=True).plan.step is Step.NOTHING
    assert everything() == before


def test_an_error_in_the_last_row_keeps_all_of_it_out() -> None:
    before = everything()
    data = standards_file(criterion("1.1"), criterion("1.2"), criterion("1.3", kind="qualty"))
    with pytest.raises(ImportRefused) as refused:
        import_framework(by=None, data=data, publish=True)
    (error,) = refused.value.plan.errors
    assert "criteria 3, kind" in str(error.place)
    assert "Write one of: compliance, quality" in error.message
    assert everything() == before


def test_what_breaks_in_the_middle_of_writing_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    before = everything()

    def breaks(*args: object, **kwargs: object) -> int:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(write_standards, "write_notes", breaks)
    with pytest.raises(RuntimeError):
        take(standards_file())
    assert everything() == before


def test_a_changed_file_of_the_same_version_becomes_a_new_version_and_the_old_one_stays() -> None:
    first = take(standards_file())
    words = list(Criterion.objects.filter(set=first).order_by("pk").values())
    take(standards_file(criterion("1.1", "Other words."), criterion("1.2")))
    assert sets() == {"1": SetState.RETIRED, "1 (2)": SetState.PUBLISHED}
    assert list(Criterion.objects.filter(set=first).order_by("pk").values()) == words
    take(standards_file(criterion("1.1", "Again other words.")))
    assert list(sets()) == ["1", "1 (2)", "1 (3)"]


def test_going_back_to_a_replaced_version_needs_a_new_version_name() -> None:
    take(standards_file())
    take(standards_file(criterion("1.1", "Other words.")))
    assert plan_import(standards_file(), publish=True).step is Step.NOTHING
    take(standards_file(version="2"))
    assert sets() == {"1": SetState.RETIRED, "1 (2)": SetState.RETIRED, "2": SetState.PUBLISHED}


def test_the_plan_names_what_is_new_changed_and_gone() -> None:
    take(standards_file(criterion("1.1"), criterion("1.2")))
    plan = plan_import(standards_file(criterion("1.1", "Other words."), criterion("1.3")), publish=True)
    said = plan.change_words()
    assert "Criterion 1.1 changed: text." in said
    assert "Criterion 1.3 added." in said
    assert "Criterion 1.2 removed." in said


def test_what_a_person_did_not_see_is_not_done() -> None:
    seen = plan_import(standards_file(version="2"), publish=False).fingerprint
    take(standards_file())
    before = everything()
    with pytest.raises(PlanChanged):
        import_framework(by=None, data=standards_file(version="2"), publish=False, seen=seen)
    assert everything() == before


def test_notes_added_here_survive_the_same_file_and_go_on_to_a_new_version(cast: Cast) -> None:
    first = take(standards_file())
    for one in Criterion.objects.filter(set=first):
        add_note(by=cast.qa_lead, criterion=one, on=date(2026, 6, 1), text="Agreed here.")
    before = everything()
    assert import_framework(by=None, data=standards_file(), publish=True).plan.step is Step.NOTHING
    assert everything() == before
    second = take(standards_file(criterion("1.1", "Other words."), criterion("1.2")))
    kept = InterpretationNote.objects.filter(criterion__set=second).values_list("criterion__key", flat=True)
    assert list(kept) == ["1.2"], "a note on words that changed stays with the old words"


def test_notes_that_only_the_file_has_are_added_to_the_version_and_nothing_else_changes() -> None:
    row = take(standards_file())
    note = {"on": "2026-05-01", "text": "Agreed elsewhere."}
    data = standards_file(criterion("1.1", notes=[note]), criterion("1.2"))
    assert import_framework(by=None, data=data, publish=True).plan.step is Step.NOTES
    assert sets() == {"1": SetState.PUBLISHED}
    assert InterpretationNote.objects.get().criterion.set_id == row.pk
    assert import_framework(by=None, data=data, publish=True).plan.step is Step.NOTHING


@pytest.mark.parametrize("form", ["yaml", "xlsx"])
def test_importing_an_export_changes_nothing_and_the_bytes_are_the_same_each_time(
    form: str, cast: Cast
) -> None:
    row = take(
        standards_file(criterion("1.1", "“Quotes”, = signs and ünïcode."), criterion("1.2", flag="Odd."))
    )
    add_note(
        by=cast.qa_lead, criterion=Criterion.objects.get(key="1.2"), on=date(2026, 6, 1), text="Two\nlines."
    )
    data = exported(row, form)
    before = everything()
    assert import_framework(by=None, data=data, publish=True).plan.step is Step.NOTHING
    assert everything() == before
    assert exported(row, form) == data


def test_an_export_of_a_numbered_version_is_known_again() -> None:
    take(standards_file())
    second = take(standards_file(criterion("1.1", "Other words.")))
    plan = plan_import(exported(second, "yaml"), publish=True)
    assert (plan.step, plan.same) == (Step.NOTHING, second)


def test_a_file_that_waits_as_a_draft_is_put_in_force_by_the_command(tmp_path: Path) -> None:
    take(standards_file(), publish=False)
    file = tmp_path / "standards.yaml"
    file.write_bytes(standards_file())
    call_command("import_framework", str(file), verbosity=0)
    assert sets() == {"1": SetState.PUBLISHED}


def test_the_command_says_what_would_change_and_a_dry_run_stops_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "standards.yaml"
    file.write_bytes(standards_file())
    before = everything()
    call_command("import_framework", str(file), "--dry-run")
    said = capsys.readouterr().out
    assert "“Larch standards”, version 1 is new. It would be put in force." in said
    assert "Nothing was changed." in said
    assert everything() == before


def test_the_command_names_the_person_and_asks_for_their_right(tmp_path: Path, cast: Cast) -> None:
    file = tmp_path / "standards.yaml"
    file.write_bytes(standards_file())
    with pytest.raises(CommandError, match="no right to import"):
        call_command("import_framework", str(file), "--as", "sam@cast.example")
    with pytest.raises(CommandError, match="Nobody has the address"):
        call_command("import_framework", str(file), "--as", "nobody@cast.example")
    assert sets() == {}
    call_command("import_framework", str(file), "--as", "qa_lead@cast.example")
    assert Event._base_manager.get(kind="action").actor == cast.qa_lead.public_id


def test_the_command_lists_every_error_and_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "standards.yaml"
    file.write_bytes(standards_file(criterion("1.1", kind="a"), criterion("1.2", kind="b")))
    with pytest.raises(CommandError) as fault:
        call_command("import_framework", str(file))
    assert fault.value.returncode == 1
    said = capsys.readouterr().out
    assert "criteria 1, kind" in said
    assert "criteria 2, kind" in said
    with pytest.raises(CommandError, match="Check the path"):
        call_command("import_framework", str(tmp_path / "missing.yaml"))


def test_the_shipped_definitions_load_once_and_a_councils_changes_to_them_stay() -> None:
    taken = load_shipped()
    assert [imported.row.title for imported in taken] == ["Practice standards", "Year of quality assurance"]
    assert Criterion.objects.count() == 46
    Schedule.objects.update(title="Our own year")
    before = everything()
    assert load_shipped() == []
    assert everything() == before


def test_a_newer_shipped_version_of_known_standards_becomes_a_draft(settings: object, tmp_path: Path) -> None:
    for folder in ("standards", "schedule"):
        (tmp_path / folder).mkdir()
    file = tmp_path / "standards" / "one.yaml"
    file.write_bytes(standards_file())
    take(standards_file())
    file.write_bytes(standards_file(version="2"))
    settings.DEFINITIONS_DIR = tmp_path  # type: ignore[attr-defined]
    _with_reasons(tmp_path)
    load_shipped()
    assert sets() == {"1": SetState.PUBLISHED, "2": SetState.DRAFT}


def _with_reasons(folder: Path) -> None:
    from plumbline.shared.scoped import system_reads

    assert system_reads(), "read before the folder is another, and kept for the process"
    (folder / "vocabulary.yaml").write_text("terms: []\n")


def test_the_number_of_queries_does_not_grow_with_the_file(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    few = standards_file(*(criterion(f"1.{n}") for n in range(1, 4)), key="few")
    many = standards_file(*(criterion(f"1.{n}") for n in range(1, 121)), key="many")
    with django_assert_max_num_queries(40) as first:
        take(few)
    # SQLite takes 999 values at once, so that a long list goes in a few pieces.
    with django_assert_max_num_queries(len(first) + 4):
        take(many)


def test_the_same_import_at_the_same_moment_makes_one_version(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second one plans before the first has written, and meets the first one's row."""
    from plumbline.framework.actions import import_framework as module

    real, overtaken = module.plan_import, []

    def plans_too_early(data: bytes, *, publish: bool) -> object:
        plan = real(data, publish=publish)
        if not overtaken:
            overtaken.append(True)
            import_framework(by=None, data=data, publish=publish)
        return plan

    monkeypatch.setattr(module, "plan_import", plans_too_early)
    import_framework(by=None, data=standards_file(), publish=True)
    assert sets() == {"1": SetState.PUBLISHED}


def test_a_schedule_is_no_set_of_standards() -> None:
    import_framework(by=None, data=schedule_file(), publish=True)
    assert sets() == {}
