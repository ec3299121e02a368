"""A council's own programme of audits is taken in as it stands, whole or not at all, and once."""

from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from plumbline.audits.actions.import_programme import plan_programme, take_in_programme
from plumbline.audits.models import Round, RoundStep
from plumbline.audits.rules.rounds import PRINTED
from plumbline.event_log.models import Event
from plumbline.shared.importing import StaleError
from tests.factories.audits import make_round
from tests.factories.cast import Cast
from tests.integration.conftest import SignedIn

pytestmark = pytest.mark.django_db
# The programme of 2017 as a council printed it; the file says where each line stands in the source.
FILE = Path(__file__).parents[2] / "fixtures" / "audits" / "barnsley-2017-audit-programme.yaml"


def rounds() -> list[Round]:
    return list(Round.objects.as_system("draw").order_by("key"))


def command(*args: Any) -> str:
    said = StringIO()
    call_command("import_framework", FILE, *args, stdout=said)
    return said.getvalue()


def test_the_programme_comes_in_with_its_months_kinds_and_statuses() -> None:
    command()
    found = {row.key: row for row in rounds()}
    assert len(found) == 11
    summer = found["BAP-2017-07"]
    assert (summer.first_month, summer.last_month) == (date(2017, 7, 1), date(2017, 8, 1))
    assert {row.is_historic for row in found.values()} == {True}
    assert [key for key, row in found.items() if row.is_feedback_required] == ["BAP-2017-06"]
    assert found["BAP-2017-05"].kind == "deep_dive"
    assert found["BAP-2017-11"].focus[0] == "Are decisions timely and effective based on clear reasoning"
    assert [PRINTED[row.state] for row in rounds()][7:] == [
        "Completed",
        "Audits completed, analysis in progress",
        "Cases audited; analysis in progress",
        "Audit in progress",
    ]


def test_the_same_file_twice_changes_nothing() -> None:
    command()
    before = [vars(row) | {"_state": None} for row in rounds()]
    assert "Nothing would change" in command()
    assert [vars(row) | {"_state": None} for row in rounds()] == before
    assert RoundStep.objects.count() == 11
    assert Event.objects.as_system("verify-event-log").filter(action="round.import").count() == 1


def test_a_dry_run_says_what_would_come_in_and_keeps_nothing() -> None:
    said = command("--dry-run")
    assert "The programme holds 11 earlier rounds." in said
    assert "BAP-2017-07 added: CIN complexity and thresholds, July and August 2017, completed." in said
    assert rounds() == []


def test_a_changed_status_changes_that_round_alone(cast: Cast) -> None:
    data = FILE.read_bytes()
    take_in_programme(None, data, None)
    later = data.replace(b"action_plan_status: Audit in progress", b"action_plan_status: Completed")
    plan = take_in_programme(cast.qa_lead, later, None)
    assert plan.changes == ("BAP-2017-11 changed: state.",)
    assert rounds()[-1].state == "completed"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            b"start: '2017-07', end: '2017-08'",
            b"start: '2017-08', end: '2017-07'",
            "The last month lies before the first.",
        ),
        (b"action_plan_status: Audit in progress", b"action_plan_status: Nearly", "The status is not known."),
        (b"kind: deep_dive", b"kind: shallow", "The kind is not known."),
        (b"id: BAP-2017-02", b"id: BAP-2017-01", "The number BAP-2017-01 is given twice."),
    ],
)
def test_one_fault_keeps_the_whole_file_out(old: bytes, new: bytes, words: str) -> None:
    data = FILE.read_bytes().replace(old, new, 1)
    plan = plan_programme(data)
    assert any(words in str(error) and "line" in str(error).lower() for error in plan.errors)
    with pytest.raises(StaleError):
        take_in_programme(None, data, None)
    assert rounds() == []


def test_a_round_made_in_plumbline_is_never_overwritten(cast: Cast) -> None:
    make_round(with_draw=False, key="BAP-2017-03")
    with pytest.raises(CommandError):
        command()
    assert len(rounds()) == 1


def test_the_import_page_takes_the_programme_in_too(cast: Cast) -> None:
    client = SignedIn(cast.qa_lead)
    file = SimpleUploadedFile("programme.yaml", FILE.read_bytes())
    answer = client.post("/framework/import", {"file": file}, follow=True)
    page = answer.content.decode()
    assert "The programme holds 11 earlier rounds." in page
    assert rounds() == []
    seen = answer.context["seen"]
    done = client.post(answer.redirect_chain[-1][0], {"seen": seen}, follow=True)
    assert "It is taken in." in done.content.decode()
    assert len(rounds()) == 11
    programme = SignedIn(cast.scrutiny_member).get("/programme?year=2017").content.decode()
    assert "11 rounds cover 12 of 12 months." in " ".join(programme.split())
    assert "8 of 11 are completed. 3 are not" in programme
