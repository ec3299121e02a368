"""Opening a confidential record to change or judge it is reading it, and stands in the event log."""

from typing import Any

from plumbline.audits.actions.reports import begin_report
from plumbline.audits.queries.raters import independent_raters
from plumbline.event_log.models import Event, Kind
from tests.factories.audits import make_round
from tests.factories.cast import Cast
from tests.factories.improvement import make_action, make_finding
from tests.factories.reports import make_reported_round
from tests.integration.audits.test_moderation import drawn_one, rated, submitted


def events(kind: Kind) -> list[tuple[str, str, str]]:
    rows = Event.objects.as_system("verify-event-log").filter(kind=kind)
    return list(rows.values_list("actor", "action", "object_id"))


def opened(client: Any, address: str) -> list[tuple[str, str, str]]:
    """The reads that opening the page leaves."""
    before = len(events(Kind.READ))
    assert client.get(address).status_code == 200
    return events(Kind.READ)[before:]


def test_judging_and_settling_a_second_rating_read_it(cast: Cast, client_of: Any) -> None:
    row = drawn_one(cast)
    judging = opened(client_of(row.moderator), f"/moderation/{row.public_id}/judge")
    assert judging == [(row.moderator.public_id, "moderation.rate", row.public_id)]
    rated(cast, row)
    settling = opened(client_of(cast.qa_lead), f"/moderation/{row.public_id}/settle")
    assert settling == [(cast.qa_lead.public_id, "moderation.settle", row.public_id)]


def test_writing_in_a_report_reads_it(cast: Cast, client_of: Any) -> None:
    report = begin_report(by=cast.qa_officer, round=make_reported_round(cast, counted=3))
    read = opened(client_of(cast.qa_officer), f"/reports/{report.public_id}/write/summary")
    assert read == [(cast.qa_officer.public_id, "report.write", report.public_id)]


def test_changing_a_finding_or_a_step_of_an_action_reads_it(cast: Cast, client_of: Any) -> None:
    finding = make_finding(cast, is_open=False)
    read = opened(client_of(cast.qa_officer), f"/findings/{finding.public_id}/change")
    assert read == [(cast.qa_officer.public_id, "finding.change", finding.public_id)]
    action = make_action(cast)
    read = opened(client_of(cast.qa_lead), f"/actions/{action.public_id}/withdraw")
    assert read == [(cast.qa_lead.public_id, "action.manage", action.public_id)]


def test_setting_an_action_about_findings_reads_them(cast: Cast, client_of: Any) -> None:
    finding = make_finding(cast)
    read = opened(client_of(cast.qa_officer), f"/actions/add?finding={finding.public_id}")
    assert read == [(cast.qa_officer.public_id, "finding.view", finding.public_id)]


def test_my_work_is_logged_as_a_list(cast: Cast, client_of: Any) -> None:
    assert client_of(cast.ben).get("/").status_code == 200
    assert events(Kind.LIST) == [(cast.ben.public_id, "work.view", "")]


def test_choosing_who_rates_an_audit_makes_nobody_its_reader(cast: Cast, client_of: Any) -> None:
    audit = submitted(cast, make_round(cast))
    assert cast.qa_lead in independent_raters(audit)
    assert opened(client_of(cast.qa_lead), f"/moderation/audits/{audit.public_id}") == []
    assert cast.qa_lead in independent_raters(audit)
