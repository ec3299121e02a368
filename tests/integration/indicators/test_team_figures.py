"""Managers see the figures of their own teams, with small numbers hidden, and of no other."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plumbline.indicators.models import Extract, Figure
from tests.factories.cast import Cast

PAGE = "/indicators/teams"


def text(page: Any) -> str:
    return " ".join(page.content.decode().split())


@pytest.fixture
def named(extract: Extract) -> Extract:
    """The extract, whose two teams are called as teams of the cast."""
    extract.manifest["teams"] = {"T1": "safeguarding  north", "T2": "Fostering"}
    extract.save(update_fields=["manifest"])
    rows = Figure.objects.filter(of="team", kind="month", ends_on=extract.as_at)
    rows.filter(indicator="referrals", group="T1").update(numerator=37)
    rows.filter(indicator="referrals", group="T2").update(numerator=4)
    again = rows.filter(indicator="re-referrals-in-12-months", group="T1")
    again.update(numerator=17, denominator=20)
    return extract


def test_a_manager_sees_their_own_team_and_no_small_number(
    cast: Cast, named: Extract, client_of: Any
) -> None:
    ben, cath = text(client_of(cast.ben).get(PAGE)), text(client_of(cast.cath).get(PAGE))
    assert 'data-label="Latest month">37</td>' in ben
    # 17 of 20 would say who the three others are.
    assert (
        'data-label="Latest month">c</td><td class="govuk-table__cell plumbline-figure" data-label="Counted">20<'
        in ben
    )
    assert "85.0%" not in ben
    assert "17 of 20" not in ben
    assert ">37<" not in cath
    assert ">4<" not in cath
    asked = text(client_of(cast.cath).get(f"{PAGE}?team={cast.units['north'].public_id}"))
    assert ">37<" not in asked


def test_a_manager_of_a_service_chooses_among_its_teams_and_others_see_none(
    cast: Cast, named: Extract, client_of: Any
) -> None:
    named.manifest["teams"] = {"T1": "Safeguarding North", "T2": "Safeguarding South"}
    named.save(update_fields=["manifest"])
    client = client_of(cast.amira)
    page = text(client.get(f"{PAGE}?team={cast.units['south'].public_id}"))
    assert "Safeguarding South</span>" in page
    assert "Safeguarding North</option>" in page
    # Where none is asked for, the one that has figures now comes first, not the first by name.
    Figure.objects.filter(of="team", group="T1", ends_on__gt=date(2025, 9, 30)).delete()
    assert "Safeguarding South</span>" in text(client.get(PAGE))
    with CaptureQueriesContext(connection) as asked:
        client.get(PAGE)
    assert len(asked) < 20
    assert client_of(cast.sam).get(PAGE).status_code == 404
    cast.declare_interest(cast.amira, unit="north")
    assert "Safeguarding North" not in text(client.get(PAGE))


def test_without_records_or_a_known_name_the_page_says_why_it_is_empty(
    cast: Cast, var: Any, client_of: Any
) -> None:
    assert "No records are loaded yet." in text(client_of(cast.ben).get(PAGE))


def test_a_team_that_the_records_call_otherwise_is_not_guessed(
    cast: Cast, extract: Extract, client_of: Any
) -> None:
    assert "know none of your teams by its name" in text(client_of(cast.ben).get(PAGE))
