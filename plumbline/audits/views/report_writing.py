"""Writing a report: begin it, its parts, its themes, the quotations chosen for them."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from plumbline.audits.actions import report_words as words
from plumbline.audits.actions import reports as actions
from plumbline.audits.forms.reports import BeginForm, PartForm, QuotationForm, TemplateForm, ThemeForm
from plumbline.audits.presenters import report_pages, report_picking
from plumbline.audits.presenters.report_document import summary_of
from plumbline.audits.queries import reports as queries
from plumbline.audits.rules.report_completeness import gaps
from plumbline.audits.rules.report_parts import BY_KEY, may_be_written
from plumbline.audits.views.drafting import keeps_draft
from plumbline.event_log.models import Kind
from plumbline.people.access import access, shown
from plumbline.people.forms.fields import Pick
from plumbline.people.scope import person_behind
from plumbline.shared import paging

STEP: dict[str, Any] = {"methods": ("GET", "POST"), "of": "audits.Report"}
REPORT = STEP | {"by": "report_id"}
THEME = STEP | {"by": "theme_id", "where": "themes__public_id"}
QUOTATION = STEP | {"by": "quotation_id", "where": "themes__quotations__public_id"}
TOO_LATE = "Nothing was changed: the report has been put forward or issued in the meantime."


@access("report.write", methods=("GET", "POST"))
def begin(request: Any) -> HttpResponse:
    offered = queries.rounds_to_report(request.viewer)
    form = BeginForm(
        request.POST or None,
        rounds=[
            Pick(row.public_id, f"{row.title}{' (new version)' if issued else ''}", row)
            for row, issued in offered
        ],
        issued=frozenset(row.public_id for row, issued in offered if issued),
        templates=report_picking.template_choices(),
        initial={"round": request.GET.get("round", "")},
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.begin_report(by=person_behind(request.viewer), **form.cleaned_data)
        except actions.ReportBegun:
            messages.info(request, "A report of this round is being written already.")
            return redirect("reports")
        messages.success(request, "The report is begun. Its figures come from the audits submitted so far.")
        return redirect("report", report_id=made.public_id)
    lead = "" if offered else "There is no round to report on: each has a report in hand, or no audit yet."
    return render(
        request,
        "form_page.html",
        {
            "title": "Begin a report",
            "form": form,
            "lead": lead,
            "submit": "Begin",
            "back": reverse("reports"),
            "crumbs": [report_pages.CRUMB],
        },
    )


@access("report.write", **REPORT)
def template(request: Any, report_id: str) -> HttpResponse:
    report = queries.report_for(request.viewer, report_id)
    form = TemplateForm(
        request.POST or None,
        templates=report_picking.template_choices(),
        initial={"template": report.template},
    )
    back = reverse("report", args=[report_id])
    if request.method == "POST" and form.is_valid():
        try:
            by = person_behind(request.viewer)
            actions.choose_template(by=by, report=report, **form.cleaned_data)
            messages.success(
                request, "The report has the template. Words of chapters it leaves out are kept."
            )
        except actions.ReportNotInState:
            messages.info(request, TOO_LATE)
        return redirect(back)
    crumbs = [report_pages.CRUMB, {"text": report.round.title, "href": back}]
    page = {"title": "Choose a template", "form": form, "back": back, "crumbs": crumbs}
    return render(request, "form_page.html", page)


@access("report.write", **REPORT)
@keeps_draft
def write(request: Any, report_id: str, text_part: str) -> HttpResponse:
    report = queries.report_for(request.viewer, report_id)
    content = queries.content_of(report)
    if not may_be_written(text_part, gaps(content.figures["completeness"])):
        raise Http404
    part, stored = BY_KEY[text_part], content.texts.get(text_part)
    seen = summary_of(content) if text_part == "summary" else content.words(text_part)
    labels = {"label": part.title, "asks": part.asks}
    initial = {"text": seen, "version": stored.version if stored else 0}
    form, other = PartForm(request.POST or None, initial=initial, **labels), None
    request.draft.fill(form)
    if request.method == "POST" and form.is_valid():
        try:
            words.write_part(
                by=person_behind(request.viewer), report=report, part=text_part, **form.cleaned_data
            )
        except actions.ReportNotInState:
            messages.info(request, TOO_LATE)
            return redirect("report", report_id=report_id)
        except words.WrittenMeanwhile as clash:
            other = clash.current
            mine = {"text": form.cleaned_data["text"], "version": other.version}
            form = PartForm(initial=mine, **labels)
        else:
            request.draft.taken()
            messages.success(request, f"“{part.title}” is saved.")
            return redirect(f"{reverse('report', args=[report_id])}#{text_part}")
    return render(request, "audits/report/write.html", report_picking.write_page(content, part, form, other))


def _form_step(
    request: Any,
    report: Any,
    form: Any,
    act: Callable[[Any], str],
    **page: Any,
) -> HttpResponse:
    """The form, or the step done with its message and the way to `after`."""
    after = page.pop("after", reverse("report", args=[report.public_id]))
    request.draft.fill(form)
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, act(person_behind(request.viewer)))
            request.draft.taken()
            return redirect(after)
        except actions.ReportNotInState:
            messages.info(request, TOO_LATE)
            return redirect("report", report_id=report.public_id)
        except actions.Leaking as found:
            for sentence in report_pages.leak_words(found.leaks):
                form.add_error(None, f"{sentence} Change it before it is marked as shareable.")
    crumbs = [
        report_pages.CRUMB,
        {"text": report.round.title, "href": reverse("report", args=[report.public_id])},
    ]
    template = page.pop("template", "form_page.html")
    return render(request, template, {"form": form, "back": after, "crumbs": crumbs, **page})


@access("report.write", **REPORT)
@keeps_draft
def add_theme(request: Any, report_id: str) -> HttpResponse:
    report = queries.report_for(request.viewer, report_id)
    form = ThemeForm(request.POST or None)

    def act(by: Any) -> str:
        words.add_theme(by=by, report=report, **form.cleaned_data)
        return "The theme is added. Choose quotations for it now."

    return _form_step(request, report, form, act, title="Add a theme")


@access("report.write", reads=Kind.READ, **THEME)
@keeps_draft
def theme(request: Any, theme_id: str) -> HttpResponse:
    row = queries.theme_for(request.viewer, theme_id)
    shown(request, obj=row.report, rows=1)
    form = ThemeForm(request.POST or None, initial={"title": row.title, "text": row.text})

    def act(by: Any) -> str:
        words.change_theme(by=by, theme=row, **form.cleaned_data)
        return "The theme is saved."

    page = report_picking.theme_page(row)
    return _form_step(request, row.report, form, act, template="audits/report/theme.html", **page)


@access("report.write", methods=("POST",), of="audits.Report", by="theme_id", where="themes__public_id")
def remove_theme(request: Any, theme_id: str) -> HttpResponse:
    row = queries.theme_for(request.viewer, theme_id)
    report = row.report
    try:
        words.remove_theme(by=person_behind(request.viewer), theme=row)
        messages.success(request, "The theme is taken out. What it quoted stays in the audits.")
    except actions.ReportNotInState:
        messages.info(request, TOO_LATE)
    return redirect("report", report_id=report.public_id)


@access("report.write", reads=Kind.READ, **THEME)
def pick(request: Any, theme_id: str) -> HttpResponse:
    viewer = request.viewer
    row = queries.theme_for(viewer, theme_id)
    given = request.POST if request.method == "POST" else request.GET
    asked, what = given.get("q", "").strip()[:100], given.get("what", "")
    rows: Any = queries.quotable(viewer, row.report.round, asked, what)
    shown(request, obj=row.report, rows=paging.PAGE_SIZE, under="audit.view")
    if request.method == "POST":
        chosen = list(rows.filter(public_id__in=request.POST.getlist("pick")[:100]))
        if not chosen:
            messages.info(request, "Nothing was added. Tick the words to quote.")
            return redirect(request.get_full_path())
        kind = "voices" if what == "voices" else "answers"
        try:
            added = words.add_quotations(by=person_behind(viewer), theme=row, **{kind: chosen})
            messages.success(request, f"{added} {'quotation is' if added == 1 else 'quotations are'} added.")
        except actions.ReportNotInState:
            messages.info(request, TOO_LATE)
        except words.NotAgreed:
            messages.info(request, "Nothing was added: somebody has not agreed to be quoted.")
        return redirect("report_theme", theme_id=theme_id)
    page = paging.page_of(rows, request.GET.get("page"))
    context = report_picking.pick_page(row, page, asked, what)
    context["counted"] = paging.counted(page, "text", "texts")
    context["pagination"] = paging.pagination(page, request.GET)
    return render(request, "audits/report/pick.html", context)


@access("report.write", reads=Kind.READ, **QUOTATION)
@keeps_draft
def quotation(request: Any, quotation_id: str) -> HttpResponse:
    row = queries.quotation_for(request.viewer, quotation_id)
    shown(request, obj=row.theme.report, rows=1)
    source = queries.source_text(row)
    initial = {"text": row.text, "is_shareable": row.is_shareable}
    form = QuotationForm(request.POST or None, source=source, initial=initial)

    def act(by: Any) -> str:
        words.change_quotation(by=by, quotation=row, **form.cleaned_data)
        return "The quotation is saved."

    after = reverse("report_theme", args=[row.theme.public_id])
    page = report_picking.quotation_page(row, source)
    return _form_step(
        request,
        row.theme.report,
        form,
        act,
        after=after,
        template="audits/report/quotation.html",
        **page,
    )


@access(
    "report.write",
    methods=("POST",),
    of="audits.Report",
    by="quotation_id",
    where="themes__quotations__public_id",
)
def remove_quotation(request: Any, quotation_id: str) -> HttpResponse:
    row = queries.quotation_for(request.viewer, quotation_id)
    theme_id = row.theme.public_id
    try:
        words.remove_quotation(by=person_behind(request.viewer), quotation=row)
        messages.success(request, "The quotation is taken out.")
    except actions.ReportNotInState:
        messages.info(request, TOO_LATE)
    return redirect("report_theme", theme_id=theme_id)
