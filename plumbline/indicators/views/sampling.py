"""From a figure to an audit: a round whose case list is exactly the children behind the figure."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from plumbline.event_log.models import Kind
from plumbline.indicators.presenters.rows import listed_cases
from plumbline.indicators.rules.sample import WHICH, references
from plumbline.indicators.views.behind import ROW, behind, crumbs_behind
from plumbline.people.access import access, shown
from plumbline.people.scope import person_behind
from plumbline.shared.area import sampler_for
from plumbline.shared.downloads import download
from plumbline.shared.given import FileError
from plumbline.shared.tables import write_csv
from plumbline.work.forms import KeyedForm
from plumbline.work.once import once


class SampleForm(KeyedForm):
    """Which of the records behind the figure to draw from."""

    which = forms.ChoiceField(label="Draw from", widget=forms.RadioSelect, initial="counted")


@access("indicator.sample", methods=("GET", "POST"), **ROW)
def sample(request: Any, extract_id: str, indicator_key: str) -> HttpResponse:
    found = behind(request, extract_id, indicator_key, "indicator.sample", plans=True)
    numbers = {which: len(references(found.rows, which)) for which in WHICH}
    form = SampleForm(request.POST or None)
    field: Any = form.fields["which"]
    field.choices = [
        (which, f"{label}: {numbers[which]:,} {'child' if numbers[which] == 1 else 'children'}")
        for which, (label, _) in WHICH.items()
        if numbers[which] and (which != "both" or numbers["others"])
    ]
    sampler = sampler_for(request.viewer)
    rows = f"{reverse('indicator_rows', args=[extract_id, indicator_key])}?{request.GET.urlencode()}"
    if sampler is None or not field.choices:
        messages.info(request, "No sample can be drawn of these: no child is behind the figure.")
        return redirect(rows)
    if request.method == "POST" and form.is_valid():
        by = person_behind(request.viewer)
        listed = listed_cases(found, form.cleaned_data["which"])
        try:
            made = once(by, form, lambda given: sampler.open_round(by, listed))
            return redirect(sampler.page(made))
        except FileError as fault:
            form.add_error("which", str(fault))
    shown(request, obj=found.extract, rows=0)
    context = {
        "title": "Draw a sample of these",
        "form": form,
        "submit": "Open a round",
        "back": rows,
        "crumbs": crumbs_behind(found),
        "lead": f"{found.indicator.title}. A round is opened, and its case list is exactly these children, each once. "
        "You check it, say the seed and draw; the certificate names the definition and the extract.",
    }
    return render(request, "form_page.html", context)


@access("indicator.sample", reads=Kind.EXPORT, step_up=True, **ROW)
def sample_csv(request: Any, extract_id: str, indicator_key: str) -> HttpResponse:
    """The case list of such a round, with which anybody can check its draw."""
    found = behind(request, extract_id, indicator_key, "indicator.sample", plans=True)
    which = request.GET.get("which", "")
    listed = listed_cases(found, which if which in WHICH else "counted")
    shown(request, obj=found.extract, rows=len(listed.rows) - 1)
    return download(write_csv(listed.rows), listed.file_name)
