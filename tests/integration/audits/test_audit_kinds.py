"""What kind of audits a round holds: who may be given its cases, what a partner sees, and which figures stay apart."""

from typing import Any

import pytest

from plumbline.audits.actions import allocating
from plumbline.audits.models import Audit, Round, Slot
from plumbline.audits.presenters.report_blocks import texts_of
from plumbline.audits.presenters.report_document import report_document
from plumbline.audits.queries.report_figures import figures_of
from plumbline.audits.queries.reports import content_of
from plumbline.people.models import Person
from plumbline.shared import dates
from tests.factories.audits import make_audit, make_case, make_round, make_slot
from tests.factories.cast import Cast
from tests.factories.reports import make_report, make_reported_round
from tests.integration.conftest import SignedIn

pytestmark = pytest.mark.django_db


def give(cast: Cast, kind: str, auditor: Person, **more: Any) -> Audit:
    """The audit of a case of Sam's in North, given to the auditor in a round of the kind."""
    of = make_round(cast, state="drawn", audit_kind=kind)
    slot = make_slot(make_case(of, cast.units["north"], cast.sam))
    choice = allocating.Choice(Slot.objects.as_system("allocation").get(pk=slot.pk), auditor)
    return allocating.allocate_cases(
        by=cast.qa_officer, round=of, choices=[choice], due_on=dates.today()
    ).audits[0]


def why_not(cast: Cast, kind: str, auditor: Person) -> Any:
    with pytest.raises(allocating.NotAllocated) as refused:
        give(cast, kind, auditor)
    return refused.value.refusals or refused.value.against


def test_managers_audit_the_work_they_answer_for_only_in_a_round_of_their_own_audits(cast: Cast) -> None:
    assert give(cast, "managers", cast.ben).auditor == cast.ben
    assert why_not(cast, "managers", cast.cath) == ("not_theirs",)
    assert why_not(cast, "case_file", cast.ben) == ("own_team", "supervisee")
    assert why_not(cast, "peer", cast.ben) == ("own_team", "supervisee")


def test_peers_are_team_managers_and_partners_audit_only_where_agencies_audit_together(cast: Cast) -> None:
    assert give(cast, "peer", cast.cath).auditor == cast.cath
    assert why_not(cast, "peer", cast.amira) == "not_an_auditor"
    assert why_not(cast, "case_file", cast.partner_auditor) == "not_an_auditor"
    assert give(cast, "multi_agency", cast.partner_auditor).auditor == cast.partner_auditor


def test_a_partner_audits_what_is_given_to_them_and_sees_nothing_else(cast: Cast) -> None:
    own = give(cast, "multi_agency", cast.partner_auditor)
    beside = make_audit(cast, of=own.round, state="shared")
    client = SignedIn(cast.partner_auditor)
    assert own.reference in client.get("/").content.decode()
    assert client.get(f"/audits/{own.public_id}/sections/life").status_code == 200
    assert client.get(f"/audits/{beside.public_id}").status_code == 404
    page = client.get(f"/rounds/{own.round.public_id}").content.decode()
    assert own.reference in page
    assert beside.reference not in page
    assert "Amira" not in client.get("/people").content.decode()


def test_a_round_says_what_kind_of_audits_it_holds_wherever_it_is_shown(cast: Cast) -> None:
    of = make_reported_round(cast, state="analysis", audit_kind="managers")
    client = SignedIn(cast.qa_officer)
    for address in ("/rounds", "/programme", "/this-month", f"/rounds/{of.public_id}"):
        assert "Managers’ own audits" in client.get(address).content.decode()
    report = make_report(cast, of)
    text = " ".join(texts_of(report_document(content_of(report)).blocks))
    assert "Managers audited the work they answer for." in text
    assert "Managers’ own audits" in report_document(content_of(report)).subtitle
    assert "Managers’ own audits" in client.confirmed().get("/programme.csv").content.decode()


def test_managers_own_audits_are_not_set_beside_independent_ones(cast: Cast) -> None:
    month = dates.first_of_month(dates.today(), -3)
    for n, kind in enumerate(("case_file", "managers")):
        when = {"first_month": dates.first_of_month(month, n), "last_month": dates.first_of_month(month, n)}
        issued = make_report(cast, make_reported_round(cast, audit_kind=kind, **when), "issued")
        Round.objects.as_system("demo").filter(pk=issued.round_id).update(state="completed", title=kind)
    for kind, beside in (("peer", "case_file"), ("managers", "managers")):
        figures = figures_of(make_round(cast, audit_kind=kind))
        assert figures["last_time"]["title"] == beside
        assert len(figures["grades_before"]) == 1
