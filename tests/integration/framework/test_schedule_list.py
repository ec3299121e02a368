"""The list of activities: what it shows over the turn of the year, its filters and its orders."""

import re
from datetime import date, timedelta
from typing import Any

import pytest

from plumbline.framework.models import Forum, ReportLine
from plumbline.shared import dates
from tests.factories.cast import Cast
from tests.integration.framework.plans import activity, planned


def names(page: Any) -> list[str]:
    """The activities listed, in order."""
    table = page.content.decode().split("<tbody")[1].split("</tbody>")[0] if b"<tbody" in page.content else ""
    return re.findall(r'scope="row"><a [^>]*>([^<]*)</a>', table)


@pytest.fixture
def three(cast: Cast) -> dict[str, Any]:
    """Three activities: visits are overdue, audits are due next week, forums have nothing planned."""
    made = {
        "visits": activity("visits", responsible=["Lead member"], position=1),
        "audits": activity("audits", type="case_audit", responsible=["Service manager"], position=2),
        "forums": activity("forums", type="meeting", responsible=["Service manager"], position=3),
    }
    planned(cast, made["visits"], due_on=dates.today() - timedelta(days=2))
    planned(cast, made["audits"], due_on=dates.today() + timedelta(days=6))
    ReportLine.objects.create(activity=made["audits"], forum=Forum.objects.create(key="board", name="Board"))
    return made


@pytest.mark.parametrize(
    ("asked", "listed"),
    [
        ("", ["Visits", "Audits", "Forums"]),
        ("order=next", ["Audits", "Visits", "Forums"]),
        ("order=name", ["Audits", "Forums", "Visits"]),
        ("order=schedule", ["Visits", "Audits", "Forums"]),
        ("order=nonsense", ["Visits", "Audits", "Forums"]),
        ("responsible=Service+manager", ["Audits", "Forums"]),
        ("responsible=Service+manager&order=name&type=meeting", ["Forums"]),
        ("state=overdue", ["Visits"]),
        ("state=due", ["Audits"]),
        ("state=none", ["Forums"]),
        ("q=lead", ["Visits"]),
        ("q=nothing", []),
    ],
)
def test_the_list_shows_what_is_asked_for_in_the_order_asked_for(
    cast: Cast, client_of: Any, three: dict[str, Any], asked: str, listed: list[str]
) -> None:
    assert names(client_of(cast.qa_lead).get(f"/schedule?{asked}")) == listed


def test_the_list_can_be_cut_to_what_reports_to_a_forum(
    cast: Cast, client_of: Any, three: dict[str, Any]
) -> None:
    forum = Forum.objects.get().public_id
    page = client_of(cast.qa_lead).get(f"/schedule?forum={forum}")
    assert names(page) == ["Audits"]
    assert f'value="{forum}" selected' in page.content.decode()


def test_in_april_an_activity_overdue_since_march_still_stands_in_the_schedule(
    cast: Cast, client_of: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    of = activity()
    planned(cast, of, due_on=date(2026, 3, 25))
    planned(cast, of, due_on=date(2026, 4, 25))
    monkeypatch.setattr(dates, "today", lambda: date(2026, 4, 2))
    client = client_of(cast.qa_lead)
    assert names(client.get("/schedule?state=overdue")) == ["Visits"]
    page = client.get(f"/schedule/{of.public_id}").content.decode()
    assert "25 Mar 2026" in page
    assert "1 more from before April is still overdue." in page
