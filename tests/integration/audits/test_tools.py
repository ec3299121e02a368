"""Audit tools on the page: who sees and does what, importing, putting in use, and versions that never change."""

import io
from copy import deepcopy
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from plumbline.audits.actions.shipped import load_shipped_tools
from plumbline.audits.actions.tools import NotADraft, PlanChanged, discard_tool, import_tool, publish_tool
from plumbline.audits.area import AREA
from plumbline.audits.files.reading import as_xlsform, as_yaml, read_tool_file
from plumbline.audits.models import ToolState, ToolVersion
from plumbline.audits.queries.tool_import import ToolStep, plan_tool
from plumbline.audits.queries.tools import tool_in_use, tool_of, tools_in_use
from plumbline.audits.rules.tool_data import digest_of
from plumbline.event_log.models import Event
from tests.factories.audits import make_round
from tests.factories.cast import Cast
from tests.integration.conftest import SignedIn
from tests.unit.audits.tool_files import SMALL, question, small

pytestmark = pytest.mark.django_db
IMPORT = "audit_tool_import"


def rows() -> list[tuple[str, str]]:
    return list(ToolVersion._base_manager.order_by("pk").values_list("version", "state"))


def taken(content: dict[str, Any] = SMALL, *, in_use: bool = True) -> ToolVersion:
    row = import_tool(by=None, content=content)
    return publish_tool(by=None, row=row) if in_use else row


def other_words(version: str = "1") -> dict[str, Any]:
    content = small() | {"version": version}
    question(content, "child-helped")["text"] = "The child is better off"
    return content


def give(client: Client, data: bytes, name: str = "tool.yaml") -> HttpResponse:
    return client.post(reverse(IMPORT), {"file": SimpleUploadedFile(name, data)})


def kept_in(response: HttpResponse) -> str:
    return response.content.decode().split('name="kept" value="')[1].split('"')[0]


def page(client: Client, name: str, *args: object) -> str:
    response = client.get(reverse(name, args=args))
    assert response.status_code == 200
    return response.content.decode()


def test_everybody_sees_the_tool_in_use_and_only_the_quality_team_its_drafts(cast: Cast) -> None:
    used = taken()
    draft = taken(other_words("2"), in_use=False)
    for person, sees_drafts in ((cast.amira, False), (cast.ben, False), (cast.qa_officer, True)):
        client = SignedIn(person)
        listed = page(client, "audit_tools")
        assert reverse("audit_tool", args=[used.public_id]) in listed
        assert (reverse("audit_tool", args=[draft.public_id]) in listed) is sees_drafts
        answer = client.get(reverse("audit_tool", args=[draft.public_id]))
        assert answer.status_code == (200 if sees_drafts else 404)


def test_the_preview_shows_what_an_auditor_will_meet_and_how_grades_come_about(cast: Cast) -> None:
    shown = page(SignedIn(cast.amira), "audit_tool", taken().public_id)
    for words in (
        "1. Daily life",
        "We know the child&#x27;s day",
        "Asked only if “How does the child speak?” is answered “In play”.",
        "Must be answered if “The child has been helped” is answered not met or partly met",
        "Limits the grade",
        "Clearly better.",
        "75% of the weight is on quality and impact, 0% on compliance.",
        "“Inadequate” if at least half of the answers are “not met”.",
        "The lowest section decides.",
        "Grades are never averaged.",
    ):
        assert words in shown, words


def test_remarks_of_the_linter_are_shown_to_those_who_can_mend_the_tool(cast: Cast) -> None:
    content = small()
    question(content, "ordinary-day")["text"] = "We know the day and the night"
    row = taken(content)
    assert "may join two ideas" in page(SignedIn(cast.qa_lead), "audit_tool", row.public_id)
    assert "may join two ideas" not in page(SignedIn(cast.amira), "audit_tool", row.public_id)


def test_looking_at_a_file_keeps_nothing_and_confirming_takes_it_in_as_a_draft(cast: Cast) -> None:
    officer = SignedIn(cast.qa_officer)
    checked = give(officer, as_yaml(SMALL))
    assert "“Small tool”, version 1, would become a draft." in checked.content.decode()
    assert rows() == []
    answer = officer.post(reverse(IMPORT), {"kept": kept_in(checked)})
    row = ToolVersion._base_manager.get()
    assert answer.headers["Location"] == reverse("audit_tool", args=[row.public_id])
    assert (row.state, row.created_by, row.digest) == (ToolState.DRAFT, cast.qa_officer, digest_of(SMALL))
    assert Event._base_manager.filter(action="audit_tool.import").count() == 1
    officer.post(reverse(IMPORT), {"kept": kept_in(checked)})
    assert len(rows()) == 1


def test_a_workbook_is_taken_in_as_the_same_tool(cast: Cast) -> None:
    officer = SignedIn(cast.qa_officer)
    officer.post(reverse(IMPORT), {"kept": kept_in(give(officer, as_xlsform(SMALL), "tool.xlsx"))})
    assert ToolVersion._base_manager.get().digest == digest_of(SMALL)


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"kind: audit-tool\nkey: x\n", "tool.yaml", "Nothing can be taken in until they are put right."),
        (b"PK\x03\x04", "tool.xlsx", "The workbook is damaged or not a workbook."),
        (b"words", "tool.txt", "The file must end in .yaml, .yml or .xlsx."),
        (b"", "tool.yaml", "The file is empty."),
    ],
)
def test_a_bad_file_is_told_in_words_and_leaves_nothing_behind(
    cast: Cast, data: bytes, name: str, said: str
) -> None:
    answer = give(SignedIn(cast.qa_officer), data, name)
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert rows() == []


def test_what_was_shown_cannot_be_changed_on_the_way_back_nor_used_by_somebody_else(cast: Cast) -> None:
    kept = kept_in(give(SignedIn(cast.qa_officer), as_yaml(SMALL)))
    SignedIn(cast.qa_lead).post(reverse(IMPORT), {"kept": kept})
    SignedIn(cast.qa_officer).post(reverse(IMPORT), {"kept": kept[:-3] + "abc"})
    SignedIn(cast.qa_officer).post(reverse(IMPORT), {"kept": ""})
    assert rows() == []


def test_what_a_person_did_not_see_is_not_done(cast: Cast) -> None:
    seen = plan_tool(SMALL).fingerprint
    taken(other_words())
    with pytest.raises(PlanChanged):
        import_tool(by=cast.qa_officer, content=SMALL, seen=seen)
    assert len(rows()) == 1


def test_the_same_tool_twice_changes_nothing() -> None:
    row = taken()
    assert plan_tool(small()).step is ToolStep.NOTHING
    assert import_tool(by=None, content=small()) == row
    assert Event._base_manager.filter(action="audit_tool.import").count() == 1


def test_a_draft_of_the_same_version_is_changed_and_a_version_in_use_never_is() -> None:
    taken(in_use=False)
    taken(other_words(), in_use=False)
    assert rows() == [("1", "draft")]
    used = publish_tool(by=None, row=ToolVersion._base_manager.get())
    before = deepcopy(used.content)
    import_tool(by=None, content=small())
    assert rows() == [("1", "published"), ("1 (2)", "draft")]
    used.refresh_from_db()
    assert (used.content, used.digest) == (before, digest_of(before))


def test_putting_a_draft_in_use_replaces_the_version_before_and_keeps_it(cast: Cast) -> None:
    first = taken()
    draft = taken(other_words("2"), in_use=False)
    lead = SignedIn(cast.qa_lead)
    address = reverse("audit_tool_publish", args=[draft.public_id])
    assert "Tick the box to say that you read the draft" in lead.post(address).content.decode()
    assert tool_in_use("small-tool") == first
    lead.post(address, {"sure": "on"})
    assert rows() == [("1", "retired"), ("2", "published")]
    assert tool_in_use("small-tool") == draft
    draft.refresh_from_db()
    assert draft.published_by == cast.qa_lead
    event = Event._base_manager.filter(action="audit_tool.publish").latest("pk")
    assert event.detail["replaced"] == [first.public_id]
    with pytest.raises(NotADraft):
        publish_tool(by=cast.qa_lead, row=draft)


def test_only_the_quality_lead_puts_a_draft_in_use(cast: Cast) -> None:
    draft = taken(in_use=False)
    address = reverse("audit_tool_publish", args=[draft.public_id])
    assert SignedIn(cast.qa_officer).post(address, {"sure": "on"}).status_code == 403
    assert SignedIn(cast.amira).post(address, {"sure": "on"}).status_code == 404
    assert rows() == [("1", "draft")]


def test_a_round_keeps_the_version_it_began_with() -> None:
    first = taken()
    begun = make_round(tool=first, with_draw=False)
    publish_tool(by=None, row=taken(other_words("2"), in_use=False))
    begun.refresh_from_db()
    assert begun.tool == first
    assert "child-helped" in tool_of(begun.tool).questions
    assert tool_of(begun.tool).questions["child-helped"].text == "The child has been helped"


def test_two_versions_of_a_tool_are_never_in_use_at_once() -> None:
    taken()
    draft = taken(other_words("2"), in_use=False)
    draft.state, draft.published_at = ToolState.PUBLISHED, draft.created_at
    with pytest.raises(IntegrityError), transaction.atomic():
        draft.save()


def test_what_differs_from_the_version_in_use_is_shown_with_both_wordings(cast: Cast) -> None:
    taken()
    draft = taken(other_words("2"), in_use=False)
    shown = page(SignedIn(cast.qa_officer), "audit_tool_difference", draft.public_id)
    assert "Question “The child is better off” changes: question." in shown
    assert "The child has been helped" in shown
    publish_tool(by=None, row=draft)
    assert shown.count("changes: question") == page(
        SignedIn(cast.amira), "audit_tool_difference", draft.public_id
    ).count("changes: question")


def test_a_tool_without_another_version_says_so(cast: Cast) -> None:
    shown = page(SignedIn(cast.amira), "audit_tool_difference", taken().public_id)
    assert "There is no other version of this tool yet." in shown


def test_a_draft_can_be_removed_unless_a_round_uses_it_or_it_is_in_use(cast: Cast) -> None:
    used = taken()
    draft = taken(other_words("2"), in_use=False)
    SignedIn(cast.qa_officer).post(reverse("audit_tool_discard", args=[draft.public_id]))
    assert rows() == [("1", "published")]
    with pytest.raises(NotADraft):
        discard_tool(by=cast.qa_officer, row=used)
    planned = taken(other_words("2"), in_use=False)
    make_round(tool=planned, with_draw=False)
    with pytest.raises(NotADraft):
        discard_tool(by=cast.qa_officer, row=planned)


@pytest.mark.parametrize("form", ["yaml", "xlsx"])
def test_a_download_imports_back_as_the_same_tool(cast: Cast, form: str) -> None:
    row = taken()
    client = SignedIn(cast.qa_officer).confirmed()
    answer = client.get(reverse("audit_tool_export", args=[row.public_id, form]))
    assert answer.headers["Content-Disposition"] == f'attachment; filename="small-tool-1.{form}"'
    assert read_tool_file(answer.content).content == SMALL
    assert Event._base_manager.filter(action="audit_tool.export", kind="export").count() == 1
    assert client.get(reverse("audit_tool_export", args=[row.public_id, "docx"])).status_code == 404


def test_the_shipped_tools_are_loaded_once_and_put_in_use(cast: Cast) -> None:
    taken_in = load_shipped_tools()
    assert len(taken_in) == 10
    assert {state for _, state in rows()} == {"published"}
    assert load_shipped_tools() == []
    assert [row.key for row in tools_in_use(cast.viewer(cast.amira))] == sorted(
        (row.key for row in ToolVersion._base_manager.all()),
        key=lambda key: ToolVersion._base_manager.get(key=key).title,
    )


def test_a_shipped_tool_that_a_council_changed_stays_and_the_shipped_one_becomes_a_draft() -> None:
    load_shipped_tools()
    row = ToolVersion._base_manager.get(key="dip-sample")
    publish_tool(by=None, row=import_tool(by=None, content=row.content | {"version": "2", "title": "Ours"}))
    assert load_shipped_tools() == []
    mine = tool_in_use("dip-sample")
    assert mine is not None
    assert mine.title == "Ours"


def test_the_command_loads_standards_schedule_and_tools() -> None:
    out = io.StringIO()
    call_command("load_shipped", stdout=out)
    assert "Loaded Practice standards, version 1." in out.getvalue()
    assert "Loaded Whole-case audit, version 1." in out.getvalue()
    again = io.StringIO()
    call_command("load_shipped", stdout=again)
    assert again.getvalue() == "The shipped standards, schedule and audit tools are here already.\n"


def test_a_tool_is_found_by_its_words(cast: Cast) -> None:
    taken()
    assert AREA.search is not None
    assert [found.title for found in AREA.search(cast.viewer(cast.amira), "small child")] == ["Small tool"]
    assert list(AREA.search(cast.viewer(cast.amira), "nowhere")) == []


def test_the_list_and_the_preview_ask_no_more_of_the_database_the_more_there_is(cast: Cast) -> None:
    taken()
    client = SignedIn(cast.qa_lead)

    def queries(*names: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            page(client, *names)
        return len(found)

    queries("audit_tools")
    before = queries("audit_tools")
    for number in range(2, 8):
        publish_tool(
            by=None, row=import_tool(by=None, content=other_words(str(number)) | {"title": f"T{number}"})
        )
        import_tool(by=None, content=small() | {"key": f"tool-{number}"})
    assert queries("audit_tools") == before
    load_shipped_tools()
    small_one, large_one = (tool_in_use(key) for key in ("small-tool", "whole-case"))
    assert small_one is not None
    assert large_one is not None
    assert queries("audit_tool", large_one.public_id) == queries("audit_tool", small_one.public_id)
