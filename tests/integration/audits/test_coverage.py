"""Coverage on its page: what was not looked at, whose scope it is told in, and how small numbers are kept."""

from collections import Counter
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plumbline.audits.models import CaseList, FrameCase, Round
from tests.factories.audits import bare_audit, make_case, make_round, make_slot, moment_ago
from tests.factories.cast import Cast
from tests.integration.conftest import SignedIn

pytestmark = pytest.mark.django_db


@pytest.fixture
def listed(cast: Cast) -> Round:
    """The round with the open cases: seven in North, six in South, two in Fostering."""
    made = make_round(cast, title="Thresholds")
    for unit, number in (("north", 7), ("south", 6), ("fostering", 2)):
        for n in range(number):
            case = {"plan_type": "child-in-need", "age_band": ("5-9", "1-4")[n % 2]}
            make_case(made, cast.units[unit], cast.sam if unit == "north" else None, **case)
    CaseList.objects.as_system("demo").update(size=15)
    return made


def looked_at(cast: Cast, unit: str, days: int, of: Round | None = None) -> None:
    """An audit of a case of the team, submitted so many days ago."""
    bare_audit(
        of or make_round(cast),
        unit=cast.units[unit],
        auditor=cast.amira,
        worker=None,
        state="submitted",
        due_on=moment_ago(days=days).date(),
        submitted_at=moment_ago(days=days),
    )


def rows_of(person: Any, address: str = "/coverage") -> dict[str, str]:
    """The rows of the table by what they are about, without their markup."""
    page = SignedIn(person).get(address).content.decode()
    body = page[page.index("<tbody") : page.index("</tbody>")] if "<tbody" in page else ""
    found = {}
    for row in body.split("</tr>")[:-1]:
        label = row[row.index('scope="row">') :].split(">", 1)[1].split("</th>")[0]
        found[label] = " ".join(Counter(cell.split(">")[-1] for cell in row.split("</td>")[:-1]))
        found[label] += " gap" if "Not looked at" in row else ""
    return found


def test_a_team_is_a_gap_unless_an_audit_of_it_was_submitted_in_the_months_asked_for(
    cast: Cast, listed: Round
) -> None:
    looked_at(cast, "north", days=40)
    looked_at(cast, "south", days=400)
    assert {key for key, row in rows_of(cast.qa_officer).items() if "gap" in row} == {
        "Safeguarding South",
        "Fostering",
    }
    two_years = rows_of(cast.qa_officer, "/coverage?months=24&gaps=1")
    assert list(two_years) == ["Fostering"]
    assert "gap" in rows_of(cast.qa_officer, "/coverage?by=worker")["Sam"]
    ages = rows_of(cast.qa_officer, f"/coverage?by=age_band&team={cast.units['fostering'].public_id}")
    assert list(ages) == ["1 to 4", "5 to 9"]


def test_coverage_is_told_in_the_viewers_scope(cast: Cast, listed: Round) -> None:
    assert list(rows_of(cast.ben)) == ["Safeguarding North"]
    assert set(rows_of(cast.amira)) == {"Safeguarding North", "Safeguarding South"}
    assert list(rows_of(cast.cath, f"/coverage?team={cast.units['north'].public_id}")) == []
    assert SignedIn(cast.sam).get("/coverage").status_code == 404


def test_readers_of_totals_see_no_small_number_no_worker_and_cannot_narrow(cast: Cast, listed: Round) -> None:
    looked_at(cast, "north", days=40)
    rows = rows_of(cast.lead_member)
    assert rows["Fostering"].startswith("c ")
    assert "gap" in rows["Fostering"]
    assert set(rows) == {"Safeguarding North", "Safeguarding South", "Fostering"}
    # With two of three shown beside their total, the third could be worked out.
    assert sum(row.startswith("c ") for row in rows.values()) >= 2
    assert (
        rows_of(cast.lead_member, f"/coverage?by=worker&team={cast.units['north'].public_id}&age=5-9") == rows
    )
    page = SignedIn(cast.lead_member).get("/coverage").content.decode()
    assert "Audits done" not in page
    assert 'name="team"' not in page
    saved = SignedIn(cast.lead_member).confirmed().get("/coverage.csv").content.decode()
    assert "Fostering,c,Never,no" in saved
    assert "Audits" not in saved


def test_a_list_that_keeps_only_the_children_who_were_drawn_is_not_compared_with(
    cast: Cast, listed: Round
) -> None:
    for case in FrameCase.objects.as_system("demo").filter(case_list__round=listed):
        make_slot(case)
    assert "Nothing can be told yet." in SignedIn(cast.qa_lead).get("/coverage").content.decode()


def test_the_file_holds_the_rows_of_the_page(cast: Cast, listed: Round) -> None:
    saved = SignedIn(cast.qa_lead).confirmed().get("/coverage.csv?by=plan_type").content.decode()
    assert "Child in need,15,0,0,Never,no" in saved


def test_coverage_costs_the_same_however_much_was_audited(cast: Cast, listed: Round) -> None:
    client = SignedIn(cast.qa_officer)
    client.get("/coverage")
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get("/coverage?by=worker")
    of = make_round(cast)
    for unit in ("north", "south", "fostering") * 4:
        looked_at(cast, unit, days=10, of=of)
        make_case(listed, cast.units[unit], cast.ben)
    with CaptureQueriesContext(connection) as many:
        client.get("/coverage?by=worker")
    assert len(many) == len(few)


def test_the_programme_and_this_month_lead_to_coverage_for_those_who_may_see_it(cast: Cast) -> None:
    assert 'href="/coverage"' in SignedIn(cast.qa_officer).get("/this-month").content.decode()
    assert 'href="/coverage"' in SignedIn(cast.ben).get("/programme").content.decode()
    assert 'href="/coverage"' not in SignedIn(cast.sam).get("/programme").content.decode()
    assert "Nothing can be told yet." in SignedIn(cast.ben).get("/coverage").content.decode()
