"""Writing notes on the chart of an indicator."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from plumbline.event_log.models import Kind
from plumbline.indicators.actions import notes as actions
from plumbline.indicators.forms.notes import NoteForm
from plumbline.indicators.queries.definitions import indicators
from plumbline.indicators.queries.notes import notes_on
from plumbline.people.access import access, shown
from plumbline.people.scope import person_behind
from plumbline.work.once import once


@access("indicator.annotate", reads=Kind.READ, methods=("GET", "POST"))
def note(request: Any, indicator_key: str) -> HttpResponse:
    one = indicators().get(indicator_key)
    if one is None:
        raise Http404
    back, by = reverse("indicator", args=[one.key]), person_behind(request.viewer)
    if request.POST.get("do") == "take_back":
        actions.take_back(by=by, note=request.POST.get("note", ""))
        messages.success(request, "The note is taken back.")
        return redirect(back)
    form = NoteForm(request.POST or None, indicator=one)
    if request.method == "POST" and form.is_valid():
        once(by, form, lambda given: actions.write_note(by=by, indicator=one, **given))
        messages.success(request, "The note stands on the chart.")
        return redirect(back)
    kept = notes_on(one)
    shown(request, rows=len(kept))
    context = {
        "title": "Write a note on the chart",
        "lead": one.title,
        "form": form,
        "submit": "Save the note",
        "back": back,
        "crumbs": [{"text": "Indicators", "href": reverse("indicators")}, {"text": one.title, "href": back}],
        "kept": [
            {"id": row.public_id, "text": f"{row.month:%B %Y}, {row.get_kind_display().lower()}: {row.text}"}
            for row in kept
        ],
    }
    return render(request, "indicators/note.html", context)
