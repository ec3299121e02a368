"""`manage.py verify_draw` needs a certificate and a case list and no database: it says match or the first difference."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from plumbline.shared.tables import Sheet, write_csv, write_xlsx
from tests.unit.audits.test_draw import FRAME, certificate

pytestmark = pytest.mark.no_database_needed
ROWS = [("Our number", "Team"), *((reference, team.upper()) for reference, team in FRAME.items())]


@pytest.fixture
def told(tmp_path: Path) -> Path:
    """A certificate drawn by team, with how its list was read."""
    made = certificate(strata_columns=["team"])
    made["frame"]["reading"] = {
        "columns": {"reference": "Our number", "team": "Team"},
        "spellings": {"team": {team: team for team in set(FRAME.values())}},
        "plan_types": [],
        "on": "2026-05-01",
    }
    file = tmp_path / "certificate.json"
    file.write_text(json.dumps(made), encoding="utf-8")
    return file


def run(certificate: Path, case_list: Path, **options: str) -> tuple[int, str]:
    said = StringIO()
    try:
        call_command("verify_draw", certificate, case_list, stdout=said, **options)
    except SystemExit as ended:
        return int(str(ended.code)), said.getvalue()
    return 0, said.getvalue()


def saved(told: Path, name: str, data: bytes) -> Path:
    file = told.with_name(name)
    file.write_bytes(data)
    return file


def test_csv_and_workbook_match_and_end_with_0(told: Path) -> None:
    for name, data in (("a.csv", write_csv(ROWS)), ("a.xlsx", write_xlsx([Sheet("Cases", tuple(ROWS))]))):
        code, said = run(told, saved(told, name, data))
        assert (code, said.split(".")[0]) == (0, "Match"), said


def test_a_changed_list_ends_with_1_and_names_the_case(told: Path) -> None:
    code, said = run(told, saved(told, "a.csv", write_csv([*ROWS, ("LC-900", "NORTH")])))
    assert code == 1
    assert "LC-900 was not in it" in said


def test_a_renamed_column_is_told_and_may_be_named(told: Path) -> None:
    renamed = saved(told, "a.csv", write_csv([("Nr", "Team"), *ROWS[1:]]))
    code, said = run(told, renamed)
    assert (code, "has no column “Our number”" in said) == (1, True)
    assert run(told, renamed, column="Nr")[0] == 0


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"kind": "plumbline-draw-certificate"}', "\x00"])
def test_what_is_no_certificate_is_told_in_words(told: Path, text: str) -> None:
    told.write_text(text, encoding="utf-8")
    code, said = run(told, saved(told, "a.csv", write_csv(ROWS)))
    assert code == 1
    assert "certificate" in said


def test_a_path_that_is_not_there_is_told(told: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("verify_draw", told, told.with_name("nothing.csv"))
