"""Pages of practice standards: what is shown, to whom, what may be done, and what never changes."""

import io
from datetime import date, timedelta

import openpyxl
import pytest
import yaml
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from plumbline.event_log.models import Event
from plumbline.framework.actions.import_framework import import_framework
from plumbline.framework.actions.standards import (
    NotADraft,
    NotInForce,
    Wording,
    add_note,
    discard_draft,
    publish_set,
    reword_criterion,
)
from plumbline.framework.area import AREA
from plumbline.framework.models import Criterion, InterpretationNote, SetState, StandardSet
from plumbline.shared import dates
from tests.factories.cast import Cast
from tests.integration.conftest import SignedIn
from tests.integration.framework.definition_files import criterion, standards_file
from tests.integration.framework.snapshot import everything

pytestmark = pytest.mark.django_db


def take(data: bytes, *, publish: bool = True) -> StandardSet:
    row = import_framework(by=None, data=data, publish=publish).row
    assert isinstance(row, StandardSet)
    return row


def text(client: Client, name: str, *args: object, query: str = "") -> str:
    response = client.get(reverse(name, args=args) + query)
    assert response.status_code == 200
    return response.content.decode()


def the(key: str, row: StandardSet) -> Criterion:
    return Criterion.objects.select_related("set").get(set=row, key=key)


def test_without_standards_the_page_says_what_would_fill_it(cast: Cast) -> None:
    assert "No practice standards are in force yet." in text(SignedIn(cast.sam), "standards")


def test_the_standards_in_force_show_their_size_and_balance(cast: Cast) -> None:
    take(standards_file(criterion("1.1"), criterion("1.2", kind="impact"), criterion("1.3", kind="voice")))
    page = text(SignedIn(cast.sam), "standards")
    assert "2 of 3 criteria test quality or impact" in page
    assert "1 standard, 3 criteria" in page
    assert "Children are heard" in page


def test_criteria_are_found_by_words_kind_and_children(cast: Cast) -> None:
    take(
        standards_file(
            criterion("1.1", "Plans are shared."),
            criterion("1.2", "Visits happen.", kind="compliance", applies_to=["child-in-care"]),
            criterion("1.3", "Leaving is planned.", applies_to=["care-leaver"]),
        )
    )
    client = SignedIn(cast.sam)
    found = text(client, "standards", query="?q=plan+shared")
    assert "1 of 3 criteria" in found
    assert "Plans are shared." in found
    assert "Visits happen." in text(client, "standards", query="?kind=compliance")
    in_care = text(client, "standards", query="?applies=child-in-care")
    assert "2 of 3 criteria" in in_care, "what holds for every child holds for a child in care"
    assert "Leaving is planned." not in in_care
    assert "No criterion fits all of this." in text(client, "standards", query="?q=zebra")
    assert "1 standard, 3 criteria" in text(client, "standards", query="?kind=nonsense")


def test_a_standard_shows_its_criteria_with_all_that_helps_to_judge(cast: Cast) -> None:
    note = {"on": "2026-05-01", "text": "Agreed to mean this."}
    row = take(standards_file(criterion("1.1", flag="Printed twice.", notes=[note]), criterion("1.2")))
    page = text(SignedIn(cast.sam), "standard", row.public_id, 1)
    for words in ("Words of criterion 1.1.", "Good 1.1.", "Not yet 1.1.", "The plan", "Printed twice."):
        assert words in page
    assert "1 May 2026" in page
    assert "Agreed to mean this." in page
    assert SignedIn(cast.sam).get(reverse("standard", args=[row.public_id, 9])).status_code == 404


def test_a_draft_does_not_exist_for_a_social_worker(cast: Cast) -> None:
    take(standards_file(criterion("1.1", "Words in force.")))
    draft = take(standards_file(criterion("1.1", "Secret draft words."), version="2"), publish=False)
    one = the("1.1", draft)
    first = StandardSet._base_manager.get(state=SetState.PUBLISHED)
    hidden = [
        reverse("standard_set", args=[draft.public_id]),
        reverse("standard", args=[draft.public_id, 1]),
        reverse("criterion", args=[one.public_id]),
        reverse("standard_difference", args=[first.public_id, draft.public_id]),
    ]
    sam, lead = SignedIn(cast.sam), SignedIn(cast.qa_lead)
    assert [sam.get(url).status_code for url in hidden] == [404] * 4
    assert [lead.get(url).status_code for url in hidden] == [200] * 4
    assert sam.confirmed().get(reverse("standard_export", args=[draft.public_id, "yaml"])).status_code == 404
    for name in ("standards", "standard_versions"):
        assert "version=2" not in text(sam, name)
        assert draft.public_id not in text(sam, name)
    assert "Secret draft words." not in text(sam, "criterion", the("1.1", first).public_id)
    assert AREA.search is not None
    assert list(AREA.search(cast.viewer(cast.sam), "secret")) == []


def test_search_finds_standards_and_criteria_in_force(cast: Cast) -> None:
    take(standards_file(criterion("1.1", "Old words about siblings.")))
    take(standards_file(criterion("1.1", "New words about siblings.")))
    assert AREA.search is not None
    viewer = cast.viewer(cast.sam)
    assert [found.title for found in AREA.search(viewer, "siblings WORDS")] == [
        "1.1 New words about siblings."
    ]
    assert [found.kind for found in AREA.search(viewer, "heard")] == ["Practice standard"]
    assert list(AREA.search(viewer, "  ")) == []


def test_only_a_qa_lead_or_a_director_puts_a_draft_in_force(cast: Cast) -> None:
    draft = take(standards_file(), publish=False)
    url = reverse("standard_publish", args=[draft.public_id])
    assert SignedIn(cast.qa_officer).post(url, {"sure": "on"}).status_code == 403
    assert SignedIn(cast.sam).post(url, {"sure": "on"}).status_code in (403, 404)
    draft.refresh_from_db(from_queryset=StandardSet._base_manager.all())
    assert draft.state == SetState.DRAFT
    for person in (cast.qa_lead, cast.director):
        assert SignedIn(person).get(url).status_code == 200
    assert SignedIn(cast.director).post(url, {"sure": "on"}).status_code == 302
    draft.refresh_from_db(from_queryset=StandardSet._base_manager.all())
    assert (draft.state, draft.published_by) == (SetState.PUBLISHED, cast.director)


def test_publishing_asks_for_a_tick_and_replaces_the_version_before(cast: Cast) -> None:
    first = take(standards_file())
    draft = take(standards_file(criterion("1.1", "Other words.")), publish=False)
    lead, url = SignedIn(cast.qa_lead), reverse("standard_publish", args=[draft.public_id])
    refused = lead.post(url, {})
    assert "Tick the box to say that you checked the draft" in refused.content.decode()
    assert StandardSet._base_manager.get(pk=first.pk).state == SetState.PUBLISHED
    lead.post(url, {"sure": "on"})
    replaced = StandardSet._base_manager.get(pk=first.pk)
    assert (replaced.state, replaced.retired_by) == (SetState.RETIRED, cast.qa_lead)
    event = Event._base_manager.get(action="standard_set.publish", kind="action")
    assert (event.object_id, event.detail) == (draft.public_id, {"replaced": [first.public_id]})
    assert lead.post(url, {"sure": "on"}).status_code == 403, "a second press finds no draft"
    assert Event._base_manager.filter(action="standard_set.publish", kind="action").count() == 1


def test_publishing_can_take_another_set_out_of_force_but_only_if_asked(cast: Cast) -> None:
    other = take(standards_file(key="other", title="Other set"))
    draft = take(standards_file(), publish=False)
    lead, url = SignedIn(cast.qa_lead), reverse("standard_publish", args=[draft.public_id])
    assert "Other set" in lead.get(url).content.decode()
    lead.post(url, {"sure": "on"})
    assert StandardSet._base_manager.get(pk=other.pk).state == SetState.PUBLISHED
    second = take(standards_file(version="2"), publish=False)
    url = reverse("standard_publish", args=[second.public_id])
    lead.post(url, {"sure": "on", "also": other.public_id})
    assert StandardSet._base_manager.get(pk=other.pk).state == SetState.RETIRED


def test_a_published_version_is_never_edited(cast: Cast) -> None:
    row = take(standards_file())
    lead, one = SignedIn(cast.qa_lead), the("1.1", row)
    before = everything()
    wording = reverse("criterion_wording", args=[one.public_id])
    assert lead.post(wording, {"text": "Other."}).status_code == 403
    assert lead.post(reverse("standard_discard", args=[row.public_id])).status_code == 403
    with pytest.raises(NotADraft):
        reword_criterion(by=cast.qa_lead, criterion=one, wording=Wording("Other.", "", "", ()))
    with pytest.raises(NotADraft):
        discard_draft(by=cast.qa_lead, row=row)
    with pytest.raises(NotADraft):
        publish_set(by=cast.qa_lead, row=row)
    after = everything()
    assert {name: rows for name, rows in after.items() if name != "Event"} == {
        name: rows for name, rows in before.items() if name != "Event"
    }


def test_a_council_puts_its_own_words_into_a_draft(cast: Cast) -> None:
    draft = take(standards_file(), publish=False)
    one = the("1.1", draft)
    url = reverse("criterion_wording", args=[one.public_id])
    given = {
        "text": "Our words.",
        "good": "Good 1.1.",
        "not_yet": "Not yet 1.1.",
        "evidence": "The plan\n\n Visits ",
    }
    assert SignedIn(cast.qa_officer).post(url, given).status_code == 302
    one.refresh_from_db()
    assert (one.text, one.evidence) == ("Our words.", ["The plan", "Visits"])
    event = Event._base_manager.get(action="standard_set.reword")
    assert event.detail["fields"] == ["evidence", "text"]
    assert "Enter criterion" in SignedIn(cast.qa_lead).post(url, {"text": ""}).content.decode()
    assert SignedIn(cast.sam).post(url, given).status_code in (403, 404)


def test_a_draft_can_be_removed_but_only_by_those_who_change_drafts(cast: Cast) -> None:
    draft = take(standards_file(), publish=False)
    url = reverse("standard_discard", args=[draft.public_id])
    assert SignedIn(cast.director).post(url).status_code == 403
    assert SignedIn(cast.qa_lead).get(url).status_code == 200
    assert SignedIn(cast.qa_lead).post(url).status_code == 302
    assert not StandardSet._base_manager.exists()


def test_a_note_is_added_with_its_day_and_author_and_never_changes_another(cast: Cast) -> None:
    row = take(standards_file(criterion("1.1", notes=[{"on": "2026-05-01", "text": "First."}])))
    one = the("1.1", row)
    before = list(InterpretationNote.objects.values())
    url = reverse("criterion_note", args=[one.public_id])
    given = {"on_day": "2", "on_month": "6", "on_year": "2026", "text": "Second."}
    assert SignedIn(cast.qa_officer).post(url, given).status_code == 302
    assert list(InterpretationNote.objects.order_by("pk").values())[:1] == before
    page = text(SignedIn(cast.sam), "criterion", one.public_id)
    assert page.index("Second.") < page.index("First."), "the newest note stands first"
    assert "2 June 2026" in page
    assert cast.qa_officer.name in page
    SignedIn(cast.qa_officer).post(url, given)
    assert InterpretationNote.objects.count() == 2, "the same note a second time is not added again"


def test_notes_are_refused_with_words_that_say_what_to_write(cast: Cast) -> None:
    row = take(standards_file())
    url = reverse("criterion_note", args=[the("1.1", row).public_id])
    lead = SignedIn(cast.qa_lead)
    tomorrow = dates.today() + timedelta(days=1)
    given = {"on_day": str(tomorrow.day), "on_month": str(tomorrow.month), "on_year": str(tomorrow.year)}
    page = lead.post(url, given).content.decode()
    assert "Date agreed must be today or in the past." in page
    assert "Enter the note" in page
    assert not InterpretationNote.objects.exists()
    assert SignedIn(cast.sam).get(url).status_code == 403
    assert SignedIn(cast.sam).post(url, given).status_code == 403


def test_a_replaced_version_takes_no_more_notes(cast: Cast) -> None:
    first = take(standards_file())
    take(standards_file(criterion("1.1", "Other words.")))
    one = the("1.1", first)
    assert SignedIn(cast.qa_lead).get(reverse("criterion_note", args=[one.public_id])).status_code == 403
    with pytest.raises(NotInForce):
        add_note(by=cast.qa_lead, criterion=one, on=date(2026, 5, 1), text="Late.")


def test_every_version_is_listed_with_state_days_and_people_and_compared(cast: Cast) -> None:
    first = take(standards_file())
    draft = take(standards_file(criterion("1.1", "Other words."), criterion("1.3")), publish=False)
    publish_set(by=cast.qa_lead, row=draft)
    client = SignedIn(cast.sam)
    page = text(client, "standard_versions")
    for words in ("Version 1 (2)", "In force", "Replaced", cast.qa_lead.name):
        assert words in page
    page = text(client, "standard_difference", first.public_id, draft.public_id)
    assert "Criteria: 1 added, 1 changed, 1 removed." in page
    assert "Words of criterion 1.1." in page
    assert "Other words." in page


def test_exports_hold_what_the_screen_shows(cast: Cast) -> None:
    row = take(standards_file(criterion("1.1"), criterion("1.2", "Second words.")))
    add_note(by=cast.qa_lead, criterion=the("1.2", row), on=date(2026, 6, 1), text="Agreed.")
    client = SignedIn(cast.sam).confirmed()
    page = text(client, "standard", row.public_id, 1)
    file = client.get(reverse("standard_export", args=[row.public_id, "yaml"]))
    assert file.headers["Content-Disposition"] == 'attachment; filename="larch-standards-1.yaml"'
    exported = yaml.safe_load(file.content)["standards"][0]["criteria"]
    assert [one["text"] for one in exported] == ["Words of criterion 1.1.", "Second words."]
    assert all(one["text"] in page and one["good"] in page for one in exported)
    assert exported[1]["notes"][0]["text"] == "Agreed."
    book = openpyxl.load_workbook(
        io.BytesIO(client.get(reverse("standard_export", args=[row.public_id, "xlsx"])).content)
    )
    cells = {cell for line in book["Standards"].values for cell in line}
    assert {"Words of criterion 1.1.", "Second words."} <= cells
    logged = Event._base_manager.filter(kind="export")
    assert [(event.object_id, event.rows) for event in logged] == [(row.public_id, 2)] * 2


def test_an_export_asks_for_a_recent_sign_in_and_for_the_right(cast: Cast) -> None:
    row = take(standards_file())
    url = reverse("standard_export", args=[row.public_id, "yaml"])
    assert SignedIn(cast.sam).get(url).headers["Location"].startswith(reverse("account_reauthenticate"))
    assert SignedIn(cast.partner_auditor).confirmed().get(url).status_code == 403
    other = reverse("standard_export", args=[row.public_id, "pdf"])
    assert SignedIn(cast.sam).confirmed().get(other).status_code == 404


@pytest.mark.parametrize("name", ["standards", "standard_versions", "standard", "criterion"])
def test_the_queries_of_a_page_do_not_grow_with_its_rows(name: str, cast: Cast) -> None:
    def count(data: bytes) -> int:
        row = take(data)
        args = {"standard": [row.public_id, 1], "criterion": [the("1.1", row).public_id]}.get(name, [])
        client = SignedIn(cast.sam)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            text(client, name, *args)
        return len(seen)

    noted = {"notes": [{"on": "2026-05-01", "text": "Agreed."}]}
    few = count(standards_file(criterion("1.1", **noted)))
    many = count(standards_file(*(criterion(f"1.{n}", **noted) for n in range(1, 60))))
    assert many == few
    # Three of them ask what findings, actions and audits say of the criteria shown.
    assert few <= 19
