"""Notes on a chart: shown at their month, taken back; limits worked out anew with the reason."""

from datetime import date
from typing import Any

from plumbline.indicators.actions.notes import write_note
from plumbline.indicators.models import Extract, Figure, Note
from plumbline.indicators.presenters.series import series_of
from plumbline.indicators.queries.definitions import indicators
from plumbline.indicators.queries.figures import months_of_all
from plumbline.indicators.queries.notes import rebases
from plumbline.indicators.rules.children import Children
from tests.factories.cast import Cast

KEY = "referrals"
PAGE = f"/indicators/{KEY}"
GIVEN = {
    "on_day": "14",
    "on_month": "4",
    "on_year": "2025",
    "kind": "restructure",
    "text": "Two teams became one",
    "key": "k1",
}


def text(page: Any) -> str:
    return " ".join(page.content.decode().split())


def test_a_note_stands_once_on_the_chart_and_below_it_until_it_is_taken_back(
    cast: Cast, extract: Extract, client_of: Any
) -> None:
    client = client_of(cast.qa_lead)
    for _ in range(2):
        assert client.post(f"{PAGE}/note", GIVEN)["Location"] == PAGE
    row = Note.objects.get()
    assert (row.month, row.made_by) == (date(2025, 4, 1), cast.qa_lead)
    page = text(client.get(PAGE))
    assert "<strong>1</strong> April 2025, restructure: Two teams became one.</li>" in page
    assert 'font-weight="bold" fill="#0b0c0c">1</text>' in page
    assert "Two teams became one" not in text(client.get("/indicators/contacts"))
    client.post(f"{PAGE}/note", GIVEN | {"everywhere": "on", "text": "A new case system", "key": "k2"})
    assert "A new case system" in text(client.get("/indicators/contacts"))
    client.post(f"{PAGE}/note", {"do": "take_back", "note": row.public_id})
    page = text(client.get(PAGE))
    assert "Two teams became one" not in page
    assert Note.objects.get(pk=row.pk).taken_back_by == cast.qa_lead
    assert client_of(cast.director).get(f"{PAGE}/note").status_code == 403


def test_limits_are_worked_out_anew_from_the_month_of_a_rebase_with_its_reason(
    cast: Cast, extract: Extract, client_of: Any
) -> None:
    rows = Figure.objects.filter(indicator=KEY, of="", kind="month")
    rows.filter(ends_on__lt=date(2025, 4, 1)).update(numerator=20)
    rows.filter(ends_on__gt=date(2025, 4, 1)).update(numerator=40)
    client = client_of(cast.qa_lead)
    both = client.post(f"{PAGE}/note", GIVEN | {"is_rebase": "on", "everywhere": "on"})
    assert "one indicator at a time" in text(both)
    client.post(f"{PAGE}/note", GIVEN | {"is_rebase": "on"})
    assert "The limits are worked out anew from here." in text(client.get(PAGE))
    assert rebases() == {KEY: [(date(2025, 4, 1), "Two teams became one")]}
    series = series_of(indicators()[KEY], months_of_all(extract)[KEY], Children(None), rebases()[KEY])
    centres = {point.on: point.centre for point in series.points}
    assert (centres[date(2025, 3, 31)], centres[date(2025, 4, 30)]) == (20, 40)
    again = client.post(f"{PAGE}/note", GIVEN | {"is_rebase": "on", "key": "k3"})
    assert "worked out anew from this month already" in text(again)


def test_a_rebase_outside_the_chart_changes_nothing(cast: Cast, extract: Extract, client_of: Any) -> None:
    one = indicators()["re-referrals-in-12-months"]
    # The first months have nobody to be referred again, so there is no figure for them.
    for on in (date(2019, 1, 5), date(2023, 4, 5), date(2023, 8, 5), date(2024, 4, 5)):
        write_note(
            by=cast.qa_lead, indicator=one, on=on, kind="policy", text="x", everywhere=False, is_rebase=True
        )
    assert client_of(cast.qa_lead).get(f"/indicators/{one.key}").status_code == 200
