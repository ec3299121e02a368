"""The files of a report say what the page says, are tagged, and the shareable ones name nobody."""

import html
import io
import re
import zipfile
from typing import Any

import docx
import pikepdf
import pypdf
import pytest
from django.test import Client
from django.urls import reverse

from plumbline.audits.actions import report_words as words
from plumbline.audits.actions import reports as actions
from plumbline.audits.actions.oversight import record_oversight
from plumbline.audits.models import Answer, CoverSheet, Quotation, Report, VoiceContact
from plumbline.audits.queries import reports as queries
from plumbline.audits.queries.report_checks import leaks_of
from plumbline.people.rules.roles import Role
from plumbline.shared import dates
from plumbline.shared.tables import read_csv
from tests.factories.audits import answer, make_audit
from tests.factories.cast import Cast
from tests.factories.reports import make_report, make_reported_round, write

AWKWARD = "=2+5 #let x *bold* $y$ <b>not bold</b> “quoted” Łukasz\x0b \\n [x]"


def flat(text: str) -> str:
    """The text without blanks, so that line breaks do not matter."""
    return re.sub(r"\s+", "", text)


def on_page(client: Client, address: str) -> list[str]:
    """Every piece of text of the document on a page."""
    page = client.get(address).content.decode()
    body = page.split('plumbline-report__body">', 1)[1].split("</main>", 1)[0]
    body = re.sub(r'<p class="govuk-body plumbline-no-print">.*?</p>', "", body, flags=re.DOTALL)
    body = re.sub(r'<details[^>]*id="words-here".*?</details>', "", body, flags=re.DOTALL)
    # Charts are pictures: their tables hold the same figures, and what they say is checked apart.
    pieces = re.split(r"<svg.*?</svg>|<[^>]+>", body, flags=re.DOTALL)
    return [html.unescape(one).strip() for one in pieces if one.strip()]


def word_text(data: bytes) -> str:
    file = docx.Document(io.BytesIO(data))
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in file.paragraphs), *cells])


def pdf_text(data: bytes) -> str:
    """The text of all pages without their footers, which stand in the middle of what goes on overleaf."""
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages]
    return "\n".join(re.sub(r"[^\n]*· version \d+\s+Page \d+ of \d+", "", page) for page in pages)


@pytest.fixture
def issued(cast: Cast) -> Report:
    """An issued report with a theme, quotations and awkward words."""
    of = make_reported_round(cast)
    answer(of.audits._every_row().first(), "identity", "not_met", rationale=AWKWARD, evidence="Long. " * 400)
    looker = cast.by_role[Role.REVIEWING_OFFICER]
    said = {
        "sample": "Every third.",
        "quality": AWKWARD,
        "timeliness": "In time.",
        "challenge": "Why so late?",
    }
    record_oversight(by=looker, round=of, capacity="Chair", looked_on=dates.today(), sample_size=4, **said)
    report = make_report(cast, of)
    write(cast, report, "grades", f"First line.\n\nSecond line {AWKWARD}")
    write(cast, report, "shareable", "Children told us what their days are like.")
    theme = words.add_theme(by=cast.qa_officer, report=report, title="Days are known", text="They are.")
    words.add_quotations(
        by=cast.qa_officer,
        theme=theme,
        answers=[Answer.objects.filter(question="heard").first()],
        voices=[VoiceContact.objects.first()],
    )
    shared = Quotation.objects.get(voice__isnull=False)
    words.change_quotation(
        by=cast.qa_officer, quotation=shared, text="I tell her things …", is_shareable=True
    )
    report = actions.put_forward(by=cast.qa_officer, report=report)
    return actions.issue(by=cast.qa_lead, report=report)


def test_word_and_pdf_hold_all_that_the_page_and_the_annex_show(
    cast: Cast, client_of: Any, issued: Report
) -> None:
    client, address = client_of(cast.qa_lead).confirmed(), f"/reports/{issued.public_id}"
    pieces = on_page(client, address) + on_page(client, f"{address}/annex")
    rationales = [one.rationale for one in Answer.objects.filter(audit__round=issued.round)]
    assert len(pieces) > 300
    for read, form in ((word_text, "docx"), (pdf_text, "pdf")):
        text = flat(read(client.get(f"{address}/export/{form}").content))
        assert [one for one in pieces if flat(one) not in text] == []
        assert [one for one in rationales if flat(one.replace("\x0b", "")) not in text] == []


def test_the_pdf_is_tagged_and_says_its_language_and_title(
    cast: Cast, client_of: Any, issued: Report
) -> None:
    data = client_of(cast.qa_lead).confirmed().get(f"/reports/{issued.public_id}/export/pdf").content
    with pikepdf.open(io.BytesIO(data)) as file:
        root: Any = file.Root
        assert root.MarkInfo.Marked
        assert "/StructTreeRoot" in root
        assert str(root.Lang) == "en-GB"
        assert root.ViewerPreferences.DisplayDocTitle
        assert "Audit report" in str(file.docinfo["/Title"])
        tags = {
            str(one.get("/S")) for one in file.objects if isinstance(one, pikepdf.Dictionary) and "/S" in one
        }
    assert {"/H1", "/Table", "/TH", "/P"} <= tags


def test_the_word_file_has_headings_a_language_repeating_header_rows_and_the_council_as_author(
    cast: Cast, client_of: Any, issued: Report, settings: Any
) -> None:
    settings.COUNCIL_NAME = "Fernshire"
    data = client_of(cast.qa_lead).confirmed().get(f"/reports/{issued.public_id}/export/docx").content
    file = docx.Document(io.BytesIO(data))
    assert any(one.style.name == "Heading 1" and one.text == "Summary" for one in file.paragraphs)
    assert (file.core_properties.author, file.core_properties.comments) == ("Fernshire", "")
    assert (file.core_properties.language, file.core_properties.last_modified_by) == ("en-GB", "Fernshire")
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        body = packed.read("word/document.xml").decode()
        styles = packed.read("word/styles.xml").decode()
    assert body.count("<w:tblHeader/>") == len(file.tables)
    assert 'w:val="en-US"' not in styles
    assert "python-docx" not in str(packed.namelist()) + body


def test_the_csv_holds_the_figures_and_nothing_that_a_spreadsheet_would_run(
    cast: Cast, client_of: Any, issued: Report
) -> None:
    data = client_of(cast.qa_lead).confirmed().get(f"/reports/{issued.public_id}/export/csv").content
    rows = read_csv(data)
    assert ("Grades", "Random", "Overall: Good", "8", "12") in [row[:5] for row in rows]
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "@"))]


def test_an_export_asks_for_a_recent_sign_in(cast: Cast, client_of: Any, issued: Report) -> None:
    client = client_of(cast.qa_lead)
    for path in ("export/pdf", "shareable/pdf"):
        answered = client.get(f"/reports/{issued.public_id}/{path}")
        assert (answered.status_code, answered["Location"].split("?")[0]) == (
            302,
            reverse("account_reauthenticate"),
        )


def test_a_draft_cannot_be_exported(cast: Cast, client_of: Any) -> None:
    report = make_report(cast, make_reported_round(cast, counted=1))
    client = client_of(cast.qa_lead).confirmed()
    assert client.get(f"/reports/{report.public_id}/export/pdf").status_code == 403
    assert client.get(f"/reports/{report.public_id}/shareable").status_code == 404


def everything_in(data: bytes) -> str:
    """Every byte of a file, unpacked."""
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            return "\n".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())
    if data[:4] == b"%PDF":
        with pikepdf.open(io.BytesIO(data)) as file:
            streams = [
                bytes(one.read_bytes()).decode("latin-1")
                for one in file.objects
                if isinstance(one, pikepdf.Stream)
            ]
            told = [str(value) for value in file.docinfo.values()]
        return "\n".join([*streams, *told, pdf_text(data), data.decode("latin-1")])
    return data.decode("utf-8", "replace")


def test_no_name_reference_or_small_count_is_in_any_byte_of_the_shareable_version(
    cast: Cast, client_of: Any, issued: Report
) -> None:
    audits = list(issued.round.audits._every_row())
    secrets = {one.reference for one in audits} | {person.name for person in cast.people.values()}
    client, address = client_of(cast.sam).confirmed(), f"/reports/{issued.public_id}/shareable"
    answers = [client.get(address), *(client.get(f"{address}/{form}") for form in ("docx", "pdf", "csv"))]
    for answered in answers:
        text = everything_in(answered.content)
        body = text.split("<main", 1)[-1].split("</main>", 1)[0]
        assert answered.status_code == 200
        found = [one for one in secrets if re.search(rf"\b{re.escape(one)}\b", body)]
        assert found == []
        assert "Rationale" not in body
        assert issued.digest not in body


def test_the_shareable_files_hold_all_that_their_page_shows(
    cast: Cast, client_of: Any, issued: Report
) -> None:
    client, address = client_of(cast.sam).confirmed(), f"/reports/{issued.public_id}/shareable"
    pieces = on_page(client, address)
    assert "“I tell her things …”" in pieces
    assert "Children told us what their days are like." in pieces
    for read, form in ((word_text, "docx"), (pdf_text, "pdf")):
        text = flat(read(client.get(f"{address}/{form}").content))
        assert [one for one in pieces if flat(one) not in text] == []


def test_a_quotation_that_was_not_marked_stays_inside(cast: Cast, client_of: Any, issued: Report) -> None:
    internal = Quotation.objects.get(answer__isnull=False).text
    page = client_of(cast.sam).get(f"/reports/{issued.public_id}/shareable").content.decode()
    assert internal not in html.unescape(page)
    assert internal in html.unescape(client_of(cast.ben).get(f"/reports/{issued.public_id}").content.decode())


def test_a_name_in_the_shareable_words_stops_it_and_the_message_does_not_repeat_the_name(
    cast: Cast, client_of: Any
) -> None:
    of = make_reported_round(cast)
    audit = of.audits._every_row().first()
    CoverSheet.objects.create(audit=audit, names="Wren Ashdown\nLark Ashdown", updated_by=cast.amira)
    report = make_report(cast, of)
    write(cast, report, "shareable", f"Wren told us about {audit.reference}.")
    client = client_of(cast.qa_officer)
    page = client.post(f"/reports/{report.public_id}/put-forward", {"with_shareable": "on"}).content.decode()
    assert "holds a name from a cover sheet." in page
    assert "holds a case reference." in page
    assert "Wren" not in page
    client.post(f"/reports/{report.public_id}/put-forward", {})
    row = Report.objects.as_system("recording").get(pk=report.pk)
    assert (row.state, row.shareable) == ("checked", {})


def test_a_name_that_comes_onto_a_cover_sheet_later_stops_the_issue(cast: Cast) -> None:
    of = make_reported_round(cast)
    report = make_report(cast, of)
    write(cast, report, "shareable", "Wren is known well.")
    report = actions.put_forward(by=cast.qa_officer, report=report)
    CoverSheet.objects.create(
        audit=of.audits._every_row().first(), names="Wren Ashdown", updated_by=cast.amira
    )
    assert leaks_of(queries.content_of(report))
    with pytest.raises(actions.Leaking):
        actions.issue(by=cast.qa_lead, report=report)


def test_a_quotation_is_marked_as_shareable_only_when_it_names_nobody(cast: Cast, client_of: Any) -> None:
    of = make_reported_round(cast, counted=1)
    audit = of.audits._every_row().get()
    said = answer(audit, "heard", "met", rationale="Wren says that Sam helps.")
    CoverSheet.objects.create(audit=audit, names="Wren Ashdown", updated_by=cast.amira)
    report = make_report(cast, of)
    theme = words.add_theme(by=cast.qa_officer, report=report, title="Help", text="")
    words.add_quotations(by=cast.qa_officer, theme=theme, answers=[said])
    quotation = Quotation.objects.get(answer=said)
    client, address = client_of(cast.qa_officer), f"/reports/quotations/{quotation.public_id}"
    page = client.post(address, {"text": said.rationale, "is_shareable": "on"}).content.decode()
    assert "holds a name from a cover sheet." in page
    client.post(address, {"text": "[The child] says that … helps.", "is_shareable": "on"})
    quotation.refresh_from_db()
    assert (quotation.is_shareable, quotation.text) == (True, "[The child] says that … helps.")
    unfaithful = client.post(address, {"text": "Everything is fine."}).content.decode()
    assert "must keep the words as they were given" in unfaithful


def test_quotations_are_picked_from_submitted_audits_that_the_officer_may_read(
    cast: Cast, client_of: Any
) -> None:
    of = make_reported_round(cast, counted=3)
    unfinished = make_audit(cast, of=of, state="started")
    answer(unfinished, "heard", rationale="Not submitted yet")
    report = make_report(cast, of)
    theme = words.add_theme(by=cast.qa_officer, report=report, title="Help", text="")
    client, address = client_of(cast.qa_officer), f"/reports/themes/{theme.public_id}/pick"
    page = client.get(f"{address}?q=of+heard").content.decode()
    assert "Rationale 0 of heard" in page
    assert "Not submitted yet" not in client.get(address).content.decode()
    chosen = Answer.objects.get(rationale__startswith="Rationale 1 of heard")
    client.post(address, {"q": "of heard", "what": "answers", "pick": [chosen.public_id, "nonsense"]})
    assert [one.text for one in theme.quotations.all()] == [chosen.rationale]
    voices = client.get(f"{address}?what=voices").content.decode()
    assert "I tell her things 0." in voices


@pytest.mark.parametrize("consent", ["refused", "not_asked"])
def test_only_words_of_who_agreed_are_quoted(cast: Cast, client_of: Any, consent: str) -> None:
    report = make_report(cast, make_reported_round(cast, counted=1))
    theme = words.add_theme(by=cast.qa_officer, report=report, title="Help", text="")
    said = VoiceContact.objects.get()
    said.consent = consent
    said.save()
    client, address = client_of(cast.qa_officer), f"/reports/themes/{theme.public_id}/pick"
    assert said.words not in client.get(f"{address}?what=voices").content.decode()
    client.post(address, {"what": "voices", "pick": [said.public_id]})
    with pytest.raises(words.NotAgreed):
        words.add_quotations(by=cast.qa_officer, theme=theme, voices=[said])
    assert not theme.quotations.exists()


def test_the_words_of_a_quotation_stay_when_the_audit_is_disposed_of(cast: Cast) -> None:
    of = make_reported_round(cast, counted=1)
    report = make_report(cast, of)
    theme = words.add_theme(by=cast.qa_officer, report=report, title="Help", text="")
    words.add_quotations(by=cast.qa_officer, theme=theme, voices=[VoiceContact.objects.get()])
    of.audits._every_row().all().delete()
    [quotation] = theme.quotations.all()
    assert (quotation.text, quotation.whose, quotation.voice) == (
        "I tell her things 0.",
        "Child or young person",
        None,
    )
