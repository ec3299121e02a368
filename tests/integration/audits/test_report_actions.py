"""The actions that a report counts: those set from an audit, and those that answer a finding of the round."""

from datetime import timedelta
from typing import Any

from plumbline.audits.actions.raising import act_from_audit, raise_from_audit, raise_from_round
from plumbline.audits.models import Report, Round
from plumbline.audits.queries.report_figures import figures_of
from plumbline.improvement.actions import acting
from plumbline.improvement.models import Action, Finding
from plumbline.shared import dates
from tests.factories.cast import Cast
from tests.factories.reports import make_report, make_reported_round

SAYS = {"kind": "gap", "text": "Plans do not say what will change"}


def earlier_round(cast: Cast, months: int = 2, **more: Any) -> Round:
    """A finished round of some months ago."""
    month = dates.first_of_month(dates.today(), -months)
    given = {"state": "finalised", "counted": 0, "first_month": month, "last_month": month}
    return make_reported_round(cast, **(given | more))


def set_action(client_of: Any, cast: Cast, finding: Finding, text: str = "Show examples of plans") -> Action:
    """An action about the finding, set on its page by the QA officer."""
    client, address = client_of(cast.qa_officer), f"/actions/add?finding={finding.public_id}"
    assert address in client.get(f"/findings/{finding.public_id}").content.decode()
    due = dates.today() + timedelta(days=20)
    form = {
        "text": text,
        "owner": cast.sam.public_id,
        "due_on_day": due.day,
        "due_on_month": due.month,
        "due_on_year": due.year,
    }
    assert client.post(address, form).status_code == 302
    return Action.objects._every_row().get(text=text)


def report_page(client_of: Any, cast: Cast, report: Report) -> str:
    return str(client_of(cast.qa_officer).get(f"/reports/{report.public_id}").content.decode())


def test_an_action_set_about_a_finding_of_the_round_is_in_its_report(cast: Cast, client_of: Any) -> None:
    of = make_reported_round(cast)
    set_action(client_of, cast, raise_from_round(by=cast.qa_officer, round=of, **SAYS))
    page = report_page(client_of, cast, make_report(cast, of))
    assert "Actions: 1 (1 for the service). Open: 1. Overdue: 0." in page
    assert "Actions from this round" in page
    assert "1 action came of them, 1 still open, none overdue." in page


def test_the_actions_of_last_time_hold_those_set_about_its_findings(cast: Cast, client_of: Any) -> None:
    before = earlier_round(cast)
    set_action(client_of, cast, raise_from_round(by=cast.qa_officer, round=before, **SAYS))
    page = report_page(client_of, cast, make_report(cast))
    assert "Where the actions of last time stand now" in page


def test_an_action_that_answers_several_findings_of_a_round_counts_once(cast: Cast) -> None:
    of = make_reported_round(cast, counted=1)
    audit = of.audits._every_row().get()
    findings = [
        raise_from_audit(by=cast.amira, audit=audit, **SAYS),
        raise_from_round(by=cast.qa_officer, round=of, **SAYS),
    ]
    act_from_audit(
        by=cast.amira,
        audit=audit,
        level="service",
        text="Show examples",
        owner=cast.sam,
        due_on=dates.today(),
        findings=findings,
    )
    assert figures_of(of)["actions"]["all"] == 1


def test_open_actions_of_every_earlier_round_are_listed_and_closed_ones_are_not(
    cast: Cast, client_of: Any
) -> None:
    long_ago = earlier_round(cast, months=6, title="Plans in winter", state="completed")
    before = earlier_round(cast, months=2, title="Visits")
    for of, text in ((long_ago, "Write plans with children"), (before, "Agree how visits are written up")):
        set_action(client_of, cast, raise_from_round(by=cast.qa_officer, round=of, **SAYS), text)
    late = Action.objects._every_row().get(text="Write plans with children")
    Action.objects._every_row().filter(pk=late.pk).update(due_on=dates.today() - timedelta(days=40))
    answered = late.findings.through.objects.get(action=late).finding
    over = set_action(client_of, cast, answered, "Done since")
    acting.withdraw_action(by=cast.qa_officer, action=over, reason="Asked twice")
    page = report_page(client_of, cast, make_report(cast))
    assert "Open actions of earlier rounds" in page
    assert "Write plans with children" in page
    assert f"{dates.short(dates.today() - timedelta(days=40))}, overdue" in page
    assert "Agree how visits are written up" in page
    assert "Done since" not in page
    report = figures_of(make_reported_round(cast, counted=0))["earlier_actions"]
    assert [(one["title"], one["open"], one["overdue"]) for one in report["rounds"]] == [
        ("Plans in winter", 1, 1),
        ("Visits", 1, 0),
    ]


def test_what_is_open_for_one_child_is_counted_and_not_told(cast: Cast) -> None:
    before = earlier_round(cast, counted=1)
    act_from_audit(
        by=cast.amira,
        audit=before.audits._every_row().get(),
        level="child",
        text="See the child alone",
        owner=cast.sam,
        due_on=dates.today(),
    )
    found = figures_of(make_reported_round(cast, counted=0))["earlier_actions"]
    assert (found["rounds"][0]["open"], found["service"]) == (1, [])
    assert "See the child alone" not in str(found)


def test_a_report_without_earlier_actions_says_so(cast: Cast, client_of: Any) -> None:
    page = report_page(client_of, cast, make_report(cast, make_reported_round(cast, counted=1)))
    assert "No action of an earlier round is open." in page
