"""Targets on the pages: set by those who may, one in force, shown on list and page in words."""

from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from plumbline.indicators.models import Extract, Target
from tests.factories.cast import Cast

PAGE = "/indicators/re-referrals-in-12-months"
GIVEN = {
    "starts_on_day": "1",
    "starts_on_month": "4",
    "starts_on_year": "2025",
    "after_0": "22",
    "after_12": "18",
    "kind": "month",
    "tolerance": "2",
    "agreed_where": "Board of 4 March",
}


def text(page: Any) -> str:
    return " ".join(page.content.decode().split())


def test_a_target_is_set_once_and_shown_in_words_on_page_and_list(
    cast: Cast, extract: Extract, client_of: Any
) -> None:
    client = client_of(cast.qa_lead)
    assert "Set a target" in text(client.get(PAGE))
    given = GIVEN | {"owner": cast.ben.public_id, "key": "k1"}
    for _ in range(2):
        assert client.post(f"{PAGE}/target", given)["Location"] == PAGE
    row = Target.objects.get()
    assert (row.steps, row.owner, row.set_by) == ([[0, 22.0], [12, 18.0]], cast.ben, cast.qa_lead)
    page = text(client.get(PAGE))
    # Lower is better here, and the month is 1 of 4.
    assert "Off target</strong> 25.0% against 22%: 3.0 points above." in page
    assert "From 1 April 2026" in page
    assert "Board of 4 March" in page
    assert 'stroke="#0b5c66"' in page
    with CaptureQueriesContext(connection) as asked:
        listed = text(client.get("/indicators?q=A11"))
    # Not one for each figure.
    assert len(asked) < 25
    assert listed.count("25.0% against 22%: 3.0 points above") == 1
    client.post(f"{PAGE}/target", given | {"after_0": "25", "key": "k2"})
    assert "On target</strong> 25.0% against 25%: at the target." in text(client.get(PAGE))
    assert Target.objects.exclude(ended_at=None).count() == 1
    client.post(f"{PAGE}/target", {"do": "end"})
    assert "No target is in force." in text(client.get(PAGE))


def test_a_target_needs_a_number_and_a_right(cast: Cast, extract: Extract, client_of: Any) -> None:
    given = GIVEN | {"owner": cast.ben.public_id, "key": "k", "after_0": "", "after_12": "180"}
    page = text(client_of(cast.qa_lead).post(f"{PAGE}/target", given))
    assert "Enter a number from 0 to 100" in page
    page = text(client_of(cast.qa_lead).post(f"{PAGE}/target", given | {"after_12": ""}))
    assert "Enter at least one target" in page
    assert client_of(cast.analyst).get(f"{PAGE}/target").status_code == 403
    assert "Set a target" not in text(client_of(cast.analyst).get(PAGE))


def test_targets_by_quarter_are_compared_with_quarters(cast: Cast, extract: Extract, client_of: Any) -> None:
    client = client_of(cast.qa_lead)
    target = GIVEN | {"owner": cast.ben.public_id, "key": "k", "kind": "quarter", "after_0": "10"}
    client.post("/indicators/referrals/target", target | {"after_12": ""})
    assert "12 against 10: 2 above" in text(client.get("/indicators?q=referrals"))
    assert "against 10" not in text(client.get("/indicators/referrals"))
    assert "12 against 10: 2 above" in text(client.get("/indicators/referrals?period=quarter"))
