"""The pages of indicators: the list, one with chart, table and teams, the records behind a figure, the quality report."""

import csv
import io
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plumbline.event_log.models import Event
from plumbline.indicators.models import Extract
from tests.factories.cast import Cast

PAGE = "/indicators/re-referrals-in-12-months"


def text(page: Any) -> str:
    return " ".join(page.content.decode().split())


def test_the_list_shows_each_indicator_with_its_latest_month(
    cast: Cast, extract: Extract, client_of: Any
) -> None:
    page = text(client_of(cast.qa_lead).get("/indicators"))
    assert "as at 31 March 2026" in page
    assert "1 of 4" in page
    assert "25.0%" in page


def test_the_list_is_narrowed_by_words(cast: Cast, extract: Extract, client_of: Any) -> None:
    page = client_of(cast.qa_lead).get("/indicators?q=A11")
    assert text(page).count('scope="row"') == 1


def test_without_an_extract_the_list_says_how_to_begin(cast: Cast, var: Any, client_of: Any) -> None:
    assert "No extract is loaded yet" in text(client_of(cast.qa_lead).get("/indicators"))


def test_an_indicator_has_its_chart_its_table_its_teams_and_its_definition(
    cast: Cast, extract: Extract, client_of: Any
) -> None:
    page = text(client_of(cast.qa_lead).get(PAGE))
    assert "25.0%, 1 of 4 in March 2026." in page
    assert '<svg class="plumbline-chart" role="img"' in page
    assert "A run chart, because" in page
    assert "style=" not in page
    assert "Assessment West" in page
    years = text(client_of(cast.qa_lead).get(PAGE + "?period=year"))
    assert "25.0%" in years
    assert "12 of 48" in years
    assert "15% to 39%" in years


def test_what_a_return_does_not_hold_has_no_figure_and_not_nought(
    cast: Cast, extract: Extract, client_of: Any
) -> None:
    assert "assessment-duration" in extract.manifest["not_held"]
    page = text(client_of(cast.qa_lead).get("/indicators/assessment-duration"))
    assert "The extract cannot say." in page
    assert "this kind of return does not hold" in page
    assert "<svg" not in page.split("<main", 1)[1]
    assert "Not held" in text(client_of(cast.qa_lead).get("/indicators?q=C3"))


def test_a_rate_is_of_the_children_of_the_area(cast: Cast, extract: Extract, client_of: Any) -> None:
    page = text(client_of(cast.qa_lead).get("/indicators/referral-rate?period=year"))
    assert "48.0" in page
    assert "48 of 10,000 children as given with the extract" in page
    Extract.objects.as_system("extract").update(child_population=None)
    page = text(client_of(cast.qa_lead).get("/indicators/referral-rate"))
    assert "A rate needs the number of children" in page


def test_the_records_behind_a_figure_are_references_and_their_reading_is_logged(
    cast: Cast, extract: Extract, client_of: Any
) -> None:
    address = f"/extracts/{extract.public_id}/re-referrals-in-12-months"
    page = text(client_of(cast.qa_lead).get(f"{address}?from=2026-03-01&to=2026-03-31"))
    assert "Counts: 1" in page
    assert "Does not: 3" in page
    assert "C0220" in page
    assert Event._base_manager.filter(kind="list", object_id=extract.public_id).count() == 1
    team = text(client_of(cast.qa_lead).get(f"{address}?from=2026-03-01&to=2026-03-31&team=T1"))
    assert "2 records" in team


@pytest.mark.parametrize("asked", ["from=2026-03-01&to=never", "from=2026-03-31&to=2026-03-01"])
def test_a_period_that_is_none_is_not_found(cast: Cast, extract: Extract, client_of: Any, asked: str) -> None:
    address = f"/extracts/{extract.public_id}/referrals?{asked}"
    assert client_of(cast.qa_lead).get(address).status_code == 404


def test_a_director_sees_figures_and_no_children(cast: Cast, extract: Extract, client_of: Any) -> None:
    client = client_of(cast.director)
    assert "Assessment West" not in text(client.get(PAGE))
    assert client.get(f"/extracts/{extract.public_id}/referrals").status_code == 403


@pytest.mark.parametrize("who", ["amira", "ben", "cath", "sam", "scrutiny_member", "lead_member"])
def test_who_has_no_right_to_figures_finds_nothing(
    cast: Cast, extract: Extract, client_of: Any, who: str
) -> None:
    client = client_of(cast.people[who])
    for address in ("/indicators", PAGE, "/extracts", f"/extracts/{extract.public_id}"):
        assert client.get(address).status_code == 404


def test_figures_and_records_are_handed_over_as_files(cast: Cast, extract: Extract, client_of: Any) -> None:
    client = client_of(cast.qa_lead).confirmed()
    figures = list(
        csv.DictReader(io.StringIO(client.get(PAGE + "/csv?period=year").content.decode("utf-8-sig")))
    )
    assert [(row["Numerator"], row["Denominator"]) for row in figures[-1:]] == [("12", "48")]
    address = f"/extracts/{extract.public_id}/referrals/csv?from=2026-03-01&to=2026-03-31"
    records = list(csv.DictReader(io.StringIO(client.get(address).content.decode("utf-8-sig"))))
    assert len(records) == 4
    assert {row["Team"] for row in records} == {"Assessment East", "Assessment West"}


def test_the_quality_report_says_what_each_fault_does(cast: Cast, extract: Extract, client_of: Any) -> None:
    page = text(client_of(cast.analyst).get(f"/extracts/{extract.public_id}"))
    assert "What it does" in page
    assert "could not see enough to say" in page
    assert "Zephyrine" not in page
    assert "Such as" in page
    read = Event._base_manager.filter(action="indicator.rows", kind="read", object_id=extract.public_id)
    assert read.count() == 1
    assert "Such as" not in text(client_of(cast.director).get(f"/extracts/{extract.public_id}"))
    assert read.count() == 1


def test_once_the_records_are_deleted_only_the_figures_are_shown(
    cast: Cast, extract: Extract, client_of: Any
) -> None:
    Extract.objects.as_system("extract").update(state="purged", purged_at=extract.loaded_at)
    client = client_of(cast.qa_lead)
    assert "/referrals?from" not in client.get(PAGE).content.decode()
    assert client.get(f"/extracts/{extract.public_id}/referrals").status_code == 403


def test_the_pages_ask_the_same_number_of_questions_however_many_extracts_there_are(
    cast: Cast, extract: Extract, client_of: Any
) -> None:
    client = client_of(cast.qa_lead)
    counted = {}
    for address in ("/indicators", PAGE, "/extracts"):
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        counted[address] = len(queries)
    for number in range(20):
        copy = Extract.objects.as_system("extract").get(pk=extract.pk)
        copy.pk, copy.public_id, copy.name = None, f"abcdefgh{number:04d}", f"copy-{number}"
        copy.as_at = extract.as_at.replace(year=2020)
        copy.save(force_insert=True)
    for address, before in counted.items():
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        assert len(queries) == before, address
