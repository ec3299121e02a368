"""The table of an indicator's page that sets our figure beside England, the region and the statistical neighbours."""

import csv
import io
import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plumbline.indicators.checks import the_authority_is_known
from plumbline.indicators.models import Extract, Figure
from plumbline.indicators.presenters.elsewhere import printed_text, published_text
from plumbline.indicators.queries.benchmarks import areas, authority_of, children_of, elsewhere, measures
from plumbline.indicators.queries.definitions import indicators
from plumbline.indicators.rules.children import Children
from plumbline.indicators.rules.elsewhere import HIDDEN, Place, Printed, standing
from tests.factories.cast import Cast

PAGE = "/indicators/re-referrals-in-12-months"
BARNSLEY = "E08000016"
OTHER = date(2024, 3, 31)


def rows_of(page: Any) -> dict[str, list[str]]:
    """The rows of the table, by what stands in front."""
    body = (
        page.content.decode()
        .partition("Elsewhere, year to")[2]
        .partition("<tbody")[2]
        .partition("</table>")[0]
    )
    rows = re.findall(r"<tr[^>]*><th[^>]*>(.*?)</th>(.*?)</tr>", body)
    return {name: re.findall(r"<td[^>]*>(.*?)</td>", cells) for name, cells in rows}


def test_without_an_authority_only_england_is_shown_with_its_source_and_date(
    cast: Cast, extract: Extract, client_of: Any
) -> None:
    page = client_of(cast.qa_lead).get(PAGE)
    assert list(rows_of(page)) == ["Here, counted from this extract", "England"]
    assert rows_of(page)["England"] == ["22.4%", "139,080 of 621,880", "-"]
    text = page.content.decode()
    assert "Only England is shown, because Plumbline is not told which authority this is." in text
    assert "DfE, Children in need, Reporting year 2024, published 31 October 2024" in text
    assert "referrals are counted, not children" in text
    assert "The ten statistical neighbours" not in text


def test_an_authority_stands_beside_its_region_and_its_neighbours_by_both_conventions(
    cast: Cast, extract: Extract, client_of: Any, settings: Any
) -> None:
    settings.AUTHORITY = BARNSLEY
    Figure.objects.filter(indicator="re-referrals-in-12-months", kind="year", ends_on=OTHER, of="").update(
        numerator=12, denominator=48
    )
    page = client_of(cast.qa_lead).get(PAGE)
    rows = rows_of(page)
    assert rows["Here, counted from this extract"][:2] == ["25.0%", "12 of 48"]
    assert "Perhaps only part of the year" in rows["Here, counted from this extract"][2]
    assert rows["Barnsley, as published"][:2] == ["22.4%", "696 of 3,114"]
    assert re.fullmatch(
        r"Quarter [ABCD] of A \(best\) to D, of 149 of 153 authorities", rows["Barnsley, as published"][2]
    )
    assert rows["Yorkshire and The Humber"][0].endswith("%")
    mean, median = rows["Statistical neighbours, mean"], rows["Statistical neighbours, median"]
    assert mean[2] == median[2] == "Based on 10 of 10; model of 2025"
    assert mean[0] != "-"
    assert median[0] != "-"
    assert re.fullmatch(r"[\d.]+% to [\d.]+%", rows["Statistical neighbours, range"][0])
    assert re.fullmatch(
        r"This council as published is \d+ of 11, 1 is best", rows["Statistical neighbours, range"][2]
    )
    assert "The ten statistical neighbours, nearest first" in page.content.decode()


def test_a_neutral_measure_has_neither_rank_nor_quarter(
    cast: Cast, extract: Extract, client_of: Any, settings: Any
) -> None:
    settings.AUTHORITY = BARNSLEY
    rows = rows_of(client_of(cast.qa_lead).get("/indicators/referrals"))
    assert rows["Statistical neighbours, range"][2].startswith("No rank: neither")
    assert rows["Barnsley, as published"] == ["3,114", "-", "-"]


def test_an_indicator_that_nobody_publishes_has_no_table(
    cast: Cast, extract: Extract, client_of: Any
) -> None:
    assert "Elsewhere" not in client_of(cast.qa_lead).get("/indicators/contacts").content.decode()


def test_the_page_asks_no_more_questions_for_an_authority_than_without(
    cast: Cast, extract: Extract, client_of: Any, settings: Any
) -> None:
    client, counted = client_of(cast.qa_lead), []
    for code in ("", BARNSLEY):
        settings.AUTHORITY = code
        client.get(PAGE)
        with CaptureQueriesContext(connection) as queries:
            client.get(PAGE)
        counted.append(len(queries))
    assert counted[0] == counted[1]


@pytest.mark.parametrize("code", ["E08000016", "E08000038", "370", " e08000016 "])
def test_an_authority_goes_by_its_number_and_by_each_ons_code_it_had(code: str) -> None:
    found = authority_of(code)
    assert found
    assert found.name == "Barnsley"


@pytest.mark.parametrize("code", ["", "E92000001", "E12000003", "Fernshire"])
def test_what_is_no_authority_is_none(code: str) -> None:
    assert authority_of(code) is None


def test_an_unknown_authority_stops_the_start(settings: Any) -> None:
    settings.AUTHORITY = "E99999999"
    assert [one.id for one in the_authority_is_known(None)] == ["plumbline.E017"]
    for known in ("", BARNSLEY):
        settings.AUTHORITY = known
        assert the_authority_is_known(None) == []


@pytest.mark.parametrize("key", sorted(measures()))
def test_every_published_indicator_has_its_table_for_any_authority(key: str) -> None:
    for code in ("", "370", "870", "201", "420"):
        found = elsewhere(indicators()[key], code)
        assert found
        assert found.england.number is not None
        assert found.ends_on.year == found.year


def test_a_hidden_figure_is_never_a_number_nor_in_a_mean() -> None:
    ten = [Place("A", Printed("c", "10", "c")), Place("B", Printed("2", "10", "20")), Place("C", None)]
    found = standing(30.0, ten, [30.0, None, 20.0], "lower")
    assert (found.summary.mean, found.summary.n, found.summary.of) == (20.0, 1, 3)
    assert (found.rank, found.ranked) == (2, 2)
    assert standing(None, ten, [None], "lower").rank is None
    assert all(not any(char.isdigit() for char in printed_text("count", one)) for one in HIDDEN if one != "k")
    assert printed_text("percent", "c") == "hidden (c)"
    assert printed_text("percent", "nan") == "nan"


def test_published_values_keep_the_places_they_were_printed_with() -> None:
    assert printed_text("percent", "22.4") == "22.4%"
    assert printed_text("percent", "86") == "86%"
    assert printed_text("count", "621880") == "621,880"
    assert printed_text("rate_per_10_000", "314") == "314"
    assert printed_text("ratio", "16.0") == "16.0"


def test_a_date_of_publication_says_no_more_than_is_known() -> None:
    assert published_text("2024-10-31") == "31 October 2024"
    assert published_text("2025-11 or later") == "November 2025 or later"
    assert published_text("2025") == "2025"


def test_a_rate_is_of_the_last_published_mid_year_before_its_day_and_says_which() -> None:
    found = Children(10_000, {2022: 50_706, 2023: 51_150, 2024: 51_799})
    assert found.at(date(2024, 3, 31)) == 51_150
    assert found.words(date(2024, 3, 31)) == "51,150 children at mid-2023"
    assert found.mid_year(date(2024, 6, 30)) == 2023
    assert found.mid_year(date(2024, 7, 31)) == 2024
    # The mid-year before is not published yet: the last one that is, named.
    assert found.words(date(2026, 3, 31)) == "51,799 children at mid-2024"
    assert found.at(date(2022, 3, 31)) is None
    assert Children(10_000).words(date(2024, 3, 31)) == "10,000 children as given with the extract"
    assert Children(None).words(date(2024, 3, 31)) == ""


def test_a_letter_is_no_number_of_children_and_without_an_authority_the_extracts_own_holds() -> None:
    for area in areas().values():
        if area.kind == "authority":
            numbers = children_of(Extract(child_population=10_000), area.key).by_mid_year
            assert all(number > 0 for number in numbers.values())
    assert children_of(Extract(child_population=10_000), "").at(date(2024, 3, 31)) == 10_000


def test_with_an_authority_rates_are_of_its_published_children_on_page_list_and_file(
    cast: Cast, extract: Extract, client_of: Any, settings: Any
) -> None:
    settings.AUTHORITY = BARNSLEY
    client = client_of(cast.qa_lead).confirmed()
    page = " ".join(client.get("/indicators/referral-rate?period=year").content.decode().split())
    assert "9.3 in April 2025 to March 2026." in page
    assert "48 of 51,799 children at mid-2024" in page
    assert ">48.0<" not in page
    assert "ONS, Mid-year population estimates, children aged 0 to 17, published July 2025 or later." in page
    assert "9.3" in client.get("/indicators?q=referrals for every").content.decode()
    file = client.get("/indicators/referral-rate/csv?period=year").content.decode("utf-8-sig")
    last = list(csv.DictReader(io.StringIO(file)))[-1]
    assert (last["Value"], last["Children"], last["Mid-year"]) == ("9.3", "51799", "2024")
