"""Charts of a report: the same picture on page, in Word and in PDF, told in words, and never of a hidden number."""

import html
import io
import re
import zipfile
from itertools import pairwise
from typing import Any

import pikepdf

from plumbline.audits.presenters.report_blocks import Document, Table
from plumbline.audits.presenters.report_charts import WIDTH, Bar, Chart, drawing_of
from plumbline.audits.presenters.report_document import report_document
from plumbline.audits.presenters.report_pictures import of_shareable
from plumbline.audits.queries.reports import content_of
from plumbline.shared import dates
from tests.factories.cast import Cast
from tests.factories.reports import make_report, make_reported_round

NAMES = ("Outstanding", "Good", "Requires improvement to be good", "Inadequate")
CHART = Chart("Good in 9 of 12.", NAMES, (Bar("Days & nights <now>", (0, 9, 2, 1)),))


def charts_of(document: Document) -> list[Chart]:
    return [one for one in document.blocks if isinstance(one, Chart)]


def table(*counts: str, refused: str = "") -> dict[str, Any]:
    rows = [{"label": f"Grade {place}", "count": count, "range": ""} for place, count in enumerate(counts)]
    return {"key": "grades/overall", "title": "Overall", "group": "grades", "rows": rows, "refused": refused}


def test_a_bar_fills_the_sheet_with_its_parts_and_draws_no_part_of_nothing() -> None:
    parts = [one for one in drawing_of(CHART).boxes if one.height == 24]
    assert len(parts) == 3
    assert [round(one.width / WIDTH * 12) for one in parts] == [9, 2, 1]
    assert parts[-1].x + parts[-1].width <= WIDTH
    assert all(one.x + one.width < following.x for one, following in pairwise(parts))


def test_the_picture_is_told_in_words_escaped_and_without_any_style() -> None:
    assert (
        "Days & nights <now>: 9 good, 2 requires improvement to be good, 1 inadequate." in CHART.alternative
    )
    assert "Days &amp; nights &lt;now&gt;" in CHART.svg
    assert "style" not in CHART.svg
    assert 'role="img"' in CHART.svg


def test_every_chart_of_the_page_has_a_sentence_and_a_table_of_the_same_figures(
    cast: Cast, client_of: Any
) -> None:
    month = dates.first_of_month(dates.today(), -2)
    before = make_reported_round(cast, counted=10, title="Visits", first_month=month, last_month=month)
    make_report(cast, before, "issued")
    report = make_report(cast)
    blocks = report_document(content_of(report)).blocks
    grades, criteria, voice = charts_of(report_document(content_of(report)))
    assert grades.title == "Practice overall was graded good or better in 8 of 12 random cases."
    assert [bar.counts for bar in grades.bars] == [(0, 8, 4, 0), (0, 8, 2, 0)]
    assert grades.bars[1].label.startswith("Visits, ")
    assert criteria.title == "24 of 36 judgements about the random cases were met."
    assert voice.title == "The child was heard in 6 of 12 random cases, a parent or carer in 0."
    for chart in (grades, criteria, voice):
        following = blocks[blocks.index(chart) + 1]
        assert isinstance(following, Table)
        cells = [cell for row in following.rows for cell in row]
        shown = {str(count) for bar in chart.bars for count in bar.counts}
        assert shown <= {cell.split(" of ")[0].split(" ")[0] for cell in cells} | {"0"}
    page = client_of(cast.qa_officer).get(f"/reports/{report.public_id}").content.decode()
    assert page.count("<svg xmlns") == 3
    assert html.escape(grades.alternative) in page


def test_word_and_pdf_hold_each_chart_with_its_words(cast: Cast, client_of: Any) -> None:
    report = make_report(cast, state="issued")
    told = [one.alternative for one in charts_of(report_document(content_of(report)))]
    client, address = client_of(cast.qa_lead).confirmed(), f"/reports/{report.public_id}/export"
    with zipfile.ZipFile(io.BytesIO(client.get(f"{address}/docx").content)) as packed:
        body = packed.read("word/document.xml").decode()
        pictures = [name for name in packed.namelist() if name.endswith(".png")]
    assert [html.unescape(one) for one in re.findall(r'descr="([^"]*)"', body)] == told
    assert len(pictures) == len(told) == 3
    with pikepdf.open(io.BytesIO(client.get(f"{address}/pdf").content)) as file:
        alternatives = [
            str(one["/Alt"])
            for one in file.objects
            if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure" and "/Alt" in one
        ]
    assert set(told) <= set(alternatives)


def test_no_chart_is_drawn_of_a_table_with_a_hidden_or_left_out_count() -> None:
    assert of_shareable(table("c", "9", "c"), 12) == []
    assert of_shareable(table("9", "6", refused="Left out"), 15) == []
    # Where the counts do not make up the whole, the rest would show.
    assert of_shareable(table("9", "6"), 18) == []
    [chart] = of_shareable(table("9", "6"), 15)
    assert isinstance(chart, Chart)
    assert (chart.title, chart.bars[0].counts) == ("Overall: most often “Grade 0”, in 9 of 15.", (9, 6))


def test_the_shareable_version_draws_only_what_its_own_tables_say(cast: Cast, client_of: Any) -> None:
    report = make_report(cast, state="issued", shareable=True)
    page = client_of(cast.sam).get(f"/reports/{report.public_id}/shareable").content.decode()
    charts = re.findall(r"<svg.*?</svg>", page, flags=re.DOTALL)
    # Four of twelve were not good, which is hidden; the child was heard in six and not in six.
    assert not any("Requires improvement" in one for one in charts)
    assert any("6 gave their views" in one for one in charts)
    for table_of in report.shareable["tables"]:
        if any(row["count"] == "c" for row in table_of["rows"]):
            assert f"{table_of['title']}: most often" not in html.unescape(page)
