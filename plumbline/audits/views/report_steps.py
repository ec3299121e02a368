"""The way of a report from draft to issued: put forward, sent back, issued by a second person."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from plumbline.audits.actions import reports as actions
from plumbline.audits.files.report_templates import template_by
from plumbline.audits.forms.reports import PutForwardForm, SendBackForm
from plumbline.audits.presenters import report_pages
from plumbline.audits.queries import reports as queries
from plumbline.audits.views.drafting import keeps_draft
from plumbline.people.access import access
from plumbline.people.scope import person_behind

STEP: dict[str, Any] = {"methods": ("GET", "POST"), "of": "audits.Report", "by": "report_id"}
MEANWHILE = "Nothing was changed: somebody else was quicker. This is how it stands now."


def _page(request: Any, report: Any, form: Any, **page: Any) -> HttpResponse:
    back = reverse("report", args=[report.public_id])
    crumbs = [report_pages.CRUMB, {"text": report.round.title, "href": back}]
    return render(request, "form_page.html", {"form": form, "back": back, "crumbs": crumbs, **page})


@access("report.write", **STEP)
def put_forward(request: Any, report_id: str) -> HttpResponse:
    report = queries.report_for(request.viewer, report_id)
    # With the box left empty nothing at all may be posted.
    form = PutForwardForm(
        request.POST if request.method == "POST" else None,
        initial={"with_shareable": template_by(report.template).shareable},
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.put_forward(by=person_behind(request.viewer), report=report, **form.cleaned_data)
            messages.success(request, "The report is put forward. Somebody else issues it or sends it back.")
            return redirect("report", report_id=report_id)
        except actions.ReportNotInState:
            messages.info(request, MEANWHILE)
            return redirect("report", report_id=report_id)
        except actions.CaveatMissing:
            form.add_error(None, "Audits are missing. Write what they could change under “What is missing”.")
        except actions.NotPublishable as refusal:
            form.add_error(None, f"{refusal} Put it forward without a shareable version.")
        except actions.Leaking as found:
            for sentence in report_pages.leak_words(found.leaks):
                form.add_error(None, f"{sentence} Change it, or put it forward without a shareable version.")
    return _page(
        request,
        report,
        form,
        title="Put the report forward",
        lead="Its figures are frozen as they are now, and bound to its words.",
        submit="Put forward",
    )


@access("report.issue", **STEP)
@keeps_draft
def send_back(request: Any, report_id: str) -> HttpResponse:
    report = queries.report_for(request.viewer, report_id)
    form = SendBackForm(request.POST or None)
    request.draft.fill(form)
    if request.method == "POST" and form.is_valid():
        try:
            actions.send_back(by=person_behind(request.viewer), report=report, **form.cleaned_data)
            request.draft.taken()
            messages.success(request, "The report is sent back. Its figures are counted anew.")
        except actions.ReportNotInState:
            messages.info(request, MEANWHILE)
            return redirect("reports")
        return (
            redirect("report", report_id=report_id)
            if request.viewer.has("report.write")
            else redirect("reports")
        )
    return _page(request, report, form, title="Send the report back", submit="Send back")


@access("report.issue", **STEP)
def issue(request: Any, report_id: str) -> HttpResponse:
    report = queries.report_for(request.viewer, report_id)
    problems: list[str] = []
    if request.method == "POST":
        try:
            actions.issue(by=person_behind(request.viewer), report=report)
            messages.success(request, "The report is issued. Its figures and words cannot change any more.")
            return redirect("report", report_id=report_id)
        except actions.ReportNotInState:
            messages.info(request, MEANWHILE)
            return redirect("reports")
        except actions.SamePerson:
            problems = ["You put this report forward. Somebody else has to issue it."]
        except actions.Changed:
            problems = ["The words or figures are not those that were put forward. Send it back."]
        except actions.Leaking as found:
            problems = [f"{one} Send it back." for one in report_pages.leak_words(found.leaks)]
    return render(
        request, "audits/report/issue.html", report_pages.issue_page(request.viewer, report, problems)
    )
