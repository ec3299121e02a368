"""One audit: the task list while it is in hand, the whole of it for reading afterwards."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from plumbline.audits.actions.sharing import note_reading
from plumbline.audits.presenters import audit as presenters
from plumbline.audits.presenters import audit_read as reading
from plumbline.audits.presenters.audit_blocks import answer_links_for, blocks_for
from plumbline.audits.queries import audits as queries
from plumbline.audits.queries.concerns import concerns_of
from plumbline.audits.rules.local_questions import whole_tool
from plumbline.audits.rules.states import IN_HAND, SHARED
from plumbline.event_log.models import Kind
from plumbline.people.access import access, shown
from plumbline.people.queries.units import unit_names
from plumbline.people.scope import person_behind

ROW: dict[str, Any] = {"of": "audits.Audit", "by": "audit_id"}


def unit_of(request: Any, audit: Any) -> str:
    """What the audit's team is called on the viewer's day."""
    return unit_names(request.viewer, [audit.unit_id]).on(audit.unit_id, request.viewer.on)


@access("audit.view", reads=Kind.READ, **ROW)
def audit(request: Any, audit_id: str) -> HttpResponse:
    viewer = request.viewer
    row = queries.audit_for(viewer, audit_id)
    shown(request, obj=row, rows=1)
    if row.state in SHARED and viewer.may("audit.reply", row):
        note_reading(by=person_behind(viewer), audit=row)
    contents = queries.contents_of(row)
    sheet = queries.cover_sheet_of(viewer, row)
    if row.state in IN_HAND and viewer.may("audit.write", row):
        page = presenters.in_hand(
            viewer,
            contents,
            unit_of(request, row),
            sheet_id=sheet.public_id if sheet else "",
            others=queries.others_at_work(viewer, row),
        )
        page["concerns"] = [reading.concern_line(one) for one in concerns_of(viewer, row)]
        page["steps"] = [reading.step_line(step) for step in queries.steps_of(row)]
        page["blocks"] = blocks_for(viewer, row)
        return render(request, "audits/form/in_hand.html", page)
    page = reading.read_only(
        viewer,
        contents,
        unit_of(request, row),
        grades=queries.grades_of_every_stage(row),
        steps=queries.steps_of(row),
        concerns=concerns_of(viewer, row),
        blocks=blocks_for(viewer, row),
        links=answer_links_for(viewer, row),
        sheet_id=sheet.public_id if sheet else "",
    )
    return render(request, "audits/form/audit.html", page)


@access("audit.view", reads=Kind.READ, **ROW)
def versions(request: Any, audit_id: str, question: str) -> HttpResponse:
    """Every version of the answer to one question."""
    row = queries.audit_for(request.viewer, audit_id)
    tool = whole_tool(row.tool.content, {}, row.local_questions)
    if question not in tool.questions:
        raise Http404
    shown(request, obj=row, rows=1)
    page = reading.versions_page(row, tool, tool.questions[question], queries.versions_of(row, question))
    return render(
        request,
        "audits/form/versions.html",
        page | {"crumbs": presenters.crumbs(row, "Earlier versions")},
    )
