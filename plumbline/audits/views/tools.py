"""Pages of audit tools: the list, one tool as auditors meet it, import, what differs, putting in use, export."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from plumbline.audits.actions import tools as actions
from plumbline.audits.files.reading import read_tool_file
from plumbline.audits.forms.tools import ConfirmForm, PublishToolForm, ToolFileForm, signed, unsigned
from plumbline.audits.presenters import tool_versions as version_presenters
from plumbline.audits.presenters import tools as presenters
from plumbline.audits.queries import tools as queries
from plumbline.audits.queries.tool_import import plan_reading
from plumbline.event_log.models import Kind
from plumbline.people.access import access, require, shown
from plumbline.people.scope import person_behind
from plumbline.shared.downloads import download


def _tool_or_404(request: Any, tool_id: str) -> Any:
    row = queries.tool_for(request.viewer, tool_id)
    if row is None:
        raise Http404
    return row


def _given(request: Any) -> Any:
    # A post with nothing in it is still a post, and its form says what is missing.
    return request.POST if request.method == "POST" else None


@access("audit_tool.view", reads=Kind.LIST)
def audit_tools(request: Any) -> HttpResponse:
    rows = list(queries.versions_for(request.viewer))
    shown(request, rows=len(rows))
    return render(request, "audits/tools/tools.html", version_presenters.tools_page(request.viewer, rows))


@access("audit_tool.view", reads=Kind.READ, of="audits.ToolVersion", by="tool_id")
def audit_tool(request: Any, tool_id: str) -> HttpResponse:
    row = _tool_or_404(request, tool_id)
    tool = queries.tool_of(row)
    criteria = queries.criteria_named(request.viewer, (one.criterion for one in tool.questions.values()))
    other = queries.compared_with(request.viewer, row)
    shown(request, obj=row, rows=len(tool.questions))
    page = presenters.tool_page(request.viewer, row, tool, criteria, other)
    return render(request, "audits/tools/tool.html", page)


@access("audit_tool.view", reads=Kind.READ, of="audits.ToolVersion", by="tool_id")
def difference(request: Any, tool_id: str) -> HttpResponse:
    row = _tool_or_404(request, tool_id)
    other = queries.compared_with(request.viewer, row)
    shown(request, obj=row, rows=1)
    return render(request, "audits/tools/difference.html", version_presenters.difference_page(row, other))


@access("audit_tool.change", methods=("GET", "POST"))
def import_tool(request: Any) -> HttpResponse:
    """A file is checked and shown on one page; what was shown comes back with the confirmation and is taken in."""
    form = ToolFileForm()
    if request.method == "POST" and "kept" in request.POST:
        return _take_in(request)
    if request.method == "POST":
        form = ToolFileForm(request.POST, request.FILES)
        if form.is_valid():
            file = form.cleaned_data["file"]
            plan = plan_reading(read_tool_file(file.read(), queries.criteria_in_force()))
            kept = (
                signed(
                    {**plan.content, "version": plan.given_version},
                    plan.fingerprint,
                    request.viewer.person_id,
                )
                if plan.content and plan.would_change
                else ""
            )
            page = version_presenters.check_page(file.name, plan, kept)
            return render(request, "audits/tools/check.html", page)
    return render(request, "audits/tools/import.html", version_presenters.import_page(form))


def _take_in(request: Any) -> HttpResponse:
    kept = unsigned(request.POST["kept"], request.viewer.person_id)
    if kept is None:
        messages.info(
            request, "Nothing was imported: what you saw is more than a day old. Choose the file again."
        )
        return redirect("audit_tool_import")
    content, seen = kept
    try:
        row = actions.import_tool(by=person_behind(request.viewer), content=content, seen=seen)
    except actions.PlanChanged:
        messages.info(
            request,
            "Nothing was imported: this tool changed since you looked. Choose the file again to compare.",
        )
        return redirect("audit_tool_import")
    messages.success(
        request, f"{row.title}, version {row.version}, is a draft. It counts once it is put in use."
    )
    return redirect("audit_tool", tool_id=row.public_id)


@access("audit_tool.publish", methods=("GET", "POST"), of="audits.ToolVersion", by="tool_id")
def publish(request: Any, tool_id: str) -> HttpResponse:
    row = _tool_or_404(request, tool_id)
    require(request.viewer, "audit_tool.publish", row)
    form = PublishToolForm(_given(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.publish_tool(by=person_behind(request.viewer), row=row)
        except actions.NotADraft:
            messages.info(request, "This version is no longer a draft. Nothing was changed.")
        else:
            messages.success(request, f"{row.title}, version {row.version}, is in use.")
        return redirect("audit_tools")
    tool, in_use = queries.tool_of(row), queries.compared_with(request.viewer, row)
    page = version_presenters.publish_page(row, tool, in_use, form)
    return render(request, "audits/tools/publish.html", page)


@access("audit_tool.change", methods=("GET", "POST"), of="audits.ToolVersion", by="tool_id")
def discard(request: Any, tool_id: str) -> HttpResponse:
    row = _tool_or_404(request, tool_id)
    require(request.viewer, "audit_tool.change", row)
    if request.method == "POST":
        try:
            actions.discard_tool(by=person_behind(request.viewer), row=row)
        except actions.NotADraft:
            messages.info(
                request, "This version is no longer a draft, or a round uses it. Nothing was changed."
            )
        else:
            messages.success(request, f"The draft of {row.title}, version {row.version}, is removed.")
        return redirect("audit_tools")
    return render(request, "form_page.html", version_presenters.discard_page(row, ConfirmForm()))


@access("audit_tool.export", reads=Kind.EXPORT, step_up=True, of="audits.ToolVersion", by="tool_id")
def export(request: Any, tool_id: str, form: str) -> HttpResponse:
    row = _tool_or_404(request, tool_id)
    require(request.viewer, "audit_tool.export", row)
    file = queries.export_of(row, form)
    if file is None:
        raise Http404
    shown(request, obj=row, rows=file.rows)
    return download(file.data, file.name, file.content_type)
