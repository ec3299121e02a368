"""The council's look: who may change it, where it stands, and that it changes no word of a report."""

import io
import zipfile

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from plumbline.audits.actions import reports as actions
from plumbline.audits.files import report_templates as files
from plumbline.audits.models import Report
from plumbline.branding.actions import change_branding
from plumbline.branding.png import drawn_anew
from plumbline.people.rules.roles import Role
from tests.factories.cast import Cast
from tests.factories.reports import make_report, write
from tests.integration.audits.test_report_files import flat, on_page, pdf_text, word_text
from tests.integration.conftest import SignedIn
from tests.unit.branding.test_looks import png

pytestmark = pytest.mark.django_db


def test_a_system_administrator_sets_colour_and_logo_and_every_page_asks_for_them(cast: Cast) -> None:
    admin, stranger = SignedIn(cast.by_role[Role.SYSTEM_ADMINISTRATOR]), Client()
    assert stranger.get("/branding/colours.css").content == b""
    assert stranger.get("/branding/logo.png").status_code == 404
    file = SimpleUploadedFile("logo.png", png(), "image/png")
    said = admin.post("/branding/change", {"colour": "#7A1F3D", "logo": file}, follow=True).content.decode()
    assert "#7a1f3d. Its contrast is" in said
    assert "/branding/colours.css" in stranger.get("/account/sign-in").content.decode()
    assert "--plumbline-teal:#7a1f3d" in stranger.get("/branding/colours.css").content.decode()
    logo = stranger.get("/branding/logo.png")
    assert (logo.headers["Content-Type"], logo.content[:8]) == ("image/png", png()[:8])
    # Without a new file the logo stays; it goes when asked.
    admin.post("/branding/change", {"colour": ""})
    assert "/branding/logo.png" in stranger.get("/branding/colours.css").content.decode()
    admin.post("/branding/change", {"colour": "", "remove_logo": "on"})
    assert stranger.get("/branding/logo.png").status_code == 404


def test_a_pale_colour_and_an_svg_are_refused_and_a_shade_that_can_be_read_is_offered(cast: Cast) -> None:
    file = SimpleUploadedFile("logo.png", b"<svg onload='x()'/>", "image/png")
    admin = SignedIn(cast.by_role[Role.SYSTEM_ADMINISTRATOR])
    said = admin.post("/branding/change", {"colour": "#ffcc00", "logo": file}).content.decode()
    assert "#ffcc00 has a contrast of 1.4 to 1" in said
    assert "is the lightest shade of it that can be read" in said
    assert "SVG, JPEG and other kinds are not taken" in said
    assert admin.get("/branding/logo.png").status_code == 404
    assert SignedIn(cast.qa_lead).get("/branding/change").status_code == 403


def test_in_the_councils_look_and_with_a_template_page_word_and_pdf_still_say_the_same(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    change_branding(by=None, colour="#7a1f3d", logo=drawn_anew(png()))
    draft, officer = make_report(cast), SignedIn(cast.qa_officer)
    address = f"/reports/{draft.public_id}"
    write(cast, draft, "people", "Words of a chapter that the board paper has not.")
    officer.post(f"{address}/template", {"template": "board"})
    actions.put_forward(by=cast.qa_officer, report=Report.objects.as_system("recording").get(pk=draft.pk))
    actions.issue(by=cast.qa_lead, report=draft)
    # A template that is changed or taken out later changes no report that was put forward.
    monkeypatch.setattr(files, "report_templates", dict)
    client = SignedIn(cast.qa_lead).confirmed()
    page = client.get(address).content.decode()
    chapters = files.templates_from(files._read())[0][1].chapters
    order = [page.index(f'id="{key}"') for key in ("summary", "conclusion", *chapters)]
    assert order == sorted(order)
    assert 'id="people"' not in page
    assert "Words of a chapter" not in page
    pieces = on_page(client, address)
    word, pdf = (client.get(f"{address}/export/{form}").content for form in ("docx", "pdf"))
    for text in (flat(word_text(word)), flat(pdf_text(pdf))):
        assert [one for one in pieces if flat(one) not in text] == []
        assert flat("Annex: what the auditors wrote") not in text
    with zipfile.ZipFile(io.BytesIO(word)) as packed:
        assert "7A1F3D" in packed.read("word/styles.xml").decode()
        body = packed.read("word/document.xml").decode()
        assert "Logo of" in body
        assert body.index("Logo of") < body.index("Audit report")
    with pikepdf.open(io.BytesIO(pdf)) as file:
        assert file.pages[0].get_images()


def test_a_next_version_keeps_the_template_and_the_template_says_whether_it_is_shared(cast: Cast) -> None:
    draft, officer = make_report(cast), SignedIn(cast.qa_officer)
    page = f"/reports/{draft.public_id}/put-forward"
    assert 'name="with_shareable" type="checkbox" value="on" checked' in " ".join(
        officer.get(page).content.decode().split()
    )
    officer.post(f"/reports/{draft.public_id}/template", {"template": "method"})
    assert " checked" not in officer.get(page).content.decode().split("with_shareable", 1)[1].split(">", 1)[0]
    row = Report.objects.as_system("recording").get(pk=draft.pk)
    actions.issue(
        by=cast.qa_lead, report=actions.put_forward(by=cast.qa_officer, report=row, with_shareable=False)
    )
    later = actions.begin_report(by=cast.qa_officer, round=row.round, reason="Corrected")
    assert later.template == "method"
