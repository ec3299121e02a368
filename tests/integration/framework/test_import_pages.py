"""Importing on the page: who may, what is refused, what is shown, confirming once and twice."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from plumbline.event_log.models import Event
from plumbline.framework.actions.import_framework import import_framework
from plumbline.framework.actions.uploads import import_upload, remove_old_uploads
from plumbline.framework.area import AREA
from plumbline.framework.files.reading import as_xlsx, read_file
from plumbline.framework.models import FrameworkUpload, Schedule, SetState, StandardSet
from plumbline.framework.queries.uploads import plan_of
from plumbline.shared.yaml_lines import MOST_BYTES
from tests.factories.cast import Cast
from tests.integration.conftest import SignedIn
from tests.integration.framework.definition_files import criterion, schedule_file, standards_file
from tests.integration.framework.snapshot import everything

pytestmark = pytest.mark.django_db
IMPORT = "framework_import"


def give(client: Client, data: bytes, name: str = "standards.yaml") -> HttpResponse:
    return client.post(reverse(IMPORT), {"file": SimpleUploadedFile(name, data)})


def kept(client: Client, data: bytes, name: str = "standards.yaml") -> FrameworkUpload:
    response = give(client, data, name)
    assert response.status_code == 302, response.content.decode()
    return FrameworkUpload.objects.latest("pk")


def check_url(upload: FrameworkUpload) -> str:
    return reverse("framework_import_check", args=[upload.public_id])


def confirm(client: Client, upload: FrameworkUpload) -> HttpResponse:
    return client.post(check_url(upload), {"seen": plan_of(upload).fingerprint})


def test_looking_at_what_would_change_changes_nothing(cast: Cast) -> None:
    lead = SignedIn(cast.qa_lead)
    upload = kept(lead, standards_file())
    before = everything()
    page = lead.get(check_url(upload)).content.decode()
    assert "“Larch standards”, version 1 is new. It would become a draft." in page
    assert "2 criteria added." in page
    assert everything() == before


def test_what_is_confirmed_becomes_a_draft_and_the_file_is_gone(cast: Cast) -> None:
    officer = SignedIn(cast.qa_officer)
    upload = kept(officer, standards_file())
    assert confirm(officer, upload).headers["Location"] == f"{check_url(upload)}/done"
    row = StandardSet._base_manager.get()
    assert (row.state, row.created_by) == (SetState.DRAFT, cast.qa_officer)
    upload.refresh_from_db()
    assert bytes(upload.data) == b""
    page = officer.get(f"{check_url(upload)}/done").content.decode()
    assert "is now a draft" in page
    assert reverse("standard_set", args=[row.public_id]) in page
    assert officer.get(check_url(upload)).status_code == 302


def test_confirming_twice_imports_once(cast: Cast) -> None:
    lead = SignedIn(cast.qa_lead)
    upload = kept(lead, standards_file())
    seen = plan_of(upload).fingerprint
    lead.post(check_url(upload), {"seen": seen})
    before = everything()
    assert lead.post(check_url(upload), {"seen": seen}).status_code == 302
    import_upload(by=cast.qa_lead, upload=upload, seen=seen)
    assert everything() == before
    assert Event._base_manager.filter(action="framework.import", kind="action").count() == 1


def test_a_plan_that_is_out_of_date_is_shown_again_and_not_done(cast: Cast) -> None:
    lead = SignedIn(cast.qa_lead)
    upload = kept(lead, standards_file(version="2"))
    seen = plan_of(upload).fingerprint
    import_framework(by=None, data=standards_file(), publish=True)
    before = everything()
    response = lead.post(check_url(upload), {"seen": seen}, follow=True)
    assert "changed since you looked" in response.content.decode()
    assert everything() == before
    confirm(lead, upload)
    assert StandardSet._base_manager.count() == 2


def test_errors_are_listed_by_place_with_what_to_write_and_nothing_can_be_confirmed(cast: Cast) -> None:
    lead = SignedIn(cast.qa_lead)
    upload = kept(lead, standards_file(criterion("1.1"), criterion("1.2", kind="qualty")))
    before = everything()
    page = lead.get(check_url(upload)).content.decode()
    assert "The file has 1 error." in page
    assert "standards 1, criteria 2, kind" in page
    assert "Write one of: compliance, quality" in page
    assert 'name="seen"' not in page
    confirm(lead, upload)
    assert everything() == before


def test_errors_in_a_workbook_name_row_and_column(cast: Cast) -> None:
    from openpyxl import load_workbook

    content = read_file(standards_file()).content
    assert content is not None
    book = load_workbook(io.BytesIO(as_xlsx(content)))
    sheet = book["Standards"]
    column = next(cell.column for cell in sheet[1] if cell.value == "Kind")
    sheet.cell(3, column).value = "qualty"
    saved = io.BytesIO()
    book.save(saved)
    lead = SignedIn(cast.qa_lead)
    upload = kept(lead, saved.getvalue(), "standards.xlsx")
    assert "Sheet Standards, row 3, column G (Kind)" in lead.get(check_url(upload)).content.decode()


def test_a_schedule_counts_at_once(cast: Cast) -> None:
    lead = SignedIn(cast.qa_lead)
    upload = kept(lead, schedule_file())
    confirm(lead, upload)
    assert Schedule.objects.get().title == "Larch schedule"
    assert "is taken in" in lead.get(f"{check_url(upload)}/done").content.decode()


def test_a_file_that_is_known_already_offers_nothing_to_confirm(cast: Cast) -> None:
    import_framework(by=None, data=standards_file(), publish=True)
    lead = SignedIn(cast.qa_lead)
    page = lead.get(check_url(kept(lead, standards_file()))).content.decode()
    assert "Nothing would change." in page
    assert 'name="seen"' not in page


def zip_bomb() -> bytes:
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 60_000_000)
    return saved.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("standards.docx", b"words", "must end in .yaml, .yml or .xlsx"),
        ("standards.yaml", b"", "The file is empty."),
        ("standards.yaml", b"a" * (MOST_BYTES + 1), "must be 2 MB or smaller"),
    ],
)
def test_a_file_of_the_wrong_type_or_size_is_refused_before_it_is_kept(
    name: str, data: bytes, says: str, cast: Cast
) -> None:
    response = give(SignedIn(cast.qa_lead), data, name)
    assert response.status_code == 200
    assert says in response.content.decode()
    assert not FrameworkUpload.objects.exists()


def test_no_file_at_all_is_asked_for(cast: Cast) -> None:
    response = SignedIn(cast.qa_lead).post(reverse(IMPORT), {})
    assert "Select a .yaml or .xlsx file" in response.content.decode()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.yaml", b"a: &a [x, x]\nb: &b [*a, *a]\n" + b"".join(b"c%d: [*b, *b]\n" % n for n in range(60))),
        ("a.yaml", b"!!python/object/apply:os.system ['true']"),
        ("a.yaml", b"[" * 5000),
        ("a.yaml", b"\xff\xfe\x00broken"),
        ("a.yaml", b"kind: practice-standards\nkind: qa-schedule\n"),
        ("a.xlsx", b"PK\x03\x04 not a workbook"),
        ("a.xlsx", zip_bomb()),
        ("a.xlsx", b"%PDF-1.7"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0old workbook"),
    ],
    ids=["aliases", "object", "deep", "no-text", "twice", "no-zip", "bomb", "pdf", "old-excel"],
)
def test_hostile_and_broken_files_are_refused_in_words(name: str, data: bytes, cast: Cast) -> None:
    lead = SignedIn(cast.qa_lead)
    upload = kept(lead, data, name)
    before = everything()
    page = lead.get(check_url(upload)).content.decode()
    assert "Nothing can be imported until they are put right." in page
    confirm(lead, upload)
    assert everything() == before


def test_words_of_a_file_are_never_run_as_part_of_the_page(cast: Cast) -> None:
    lead = SignedIn(cast.qa_lead)
    upload = kept(lead, standards_file(title="<script>alert(1)</script>"), "<b>.yaml")
    page = lead.get(check_url(upload)).content.decode()
    assert "<script>alert" not in page
    assert "<b>.yaml" not in page


def test_an_upload_is_its_owners_alone(cast: Cast) -> None:
    upload = kept(SignedIn(cast.qa_lead), standards_file())
    other = SignedIn(cast.qa_officer)
    before = everything()
    assert other.get(check_url(upload)).status_code == 404
    assert confirm(other, upload).status_code == 404
    assert other.get(f"{check_url(upload)}/done").status_code == 404
    assert everything() == before


@pytest.mark.parametrize("name", ["sam", "director", "system_administrator", "inspector", "ben"])
def test_only_the_quality_assurance_team_imports(name: str, cast: Cast) -> None:
    client = SignedIn(getattr(cast, name))
    assert client.get(reverse(IMPORT)).status_code == 404
    assert give(client, standards_file()).status_code == 404
    assert not FrameworkUpload.objects.exists()


def test_files_are_cleared_away_after_a_day(cast: Cast) -> None:
    old = kept(SignedIn(cast.qa_lead), standards_file())
    FrameworkUpload.objects.update(made_at=timezone.now() - timedelta(hours=25))
    new = kept(SignedIn(cast.qa_lead), standards_file())
    assert remove_old_uploads() == 1
    assert remove_old_uploads() == 0
    assert list(FrameworkUpload.objects.all()) == [new]
    assert old.public_id != new.public_id
    assert "framework.uploads" in [job.key for job in AREA.jobs]
