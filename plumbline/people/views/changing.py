"""The way every change to people and teams goes: form, action, refusal beside its field or a message and on."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render

from plumbline.people.actions.attempts import note_refusal
from plumbline.people.presenters.refusals import say_why
from plumbline.people.rules.refusals import Refused
from plumbline.people.scope import person_behind


def changed(
    request: Any,
    form: Form,
    page: dict[str, Any],
    act: Callable[[Any, dict[str, Any]], tuple[str, str]],
    *,
    action: str,
    obj: Any = None,
    template: str = "form_page.html",
) -> HttpResponse:
    """The form's page, or, once `act(by, cleaned)` has changed something, the way to the address it names.

    `act` returns the address to go on to and the sentence that says what was done.
    """
    if request.method == "POST" and form.is_valid():
        by = person_behind(request.viewer)
        try:
            address, said = act(by, form.cleaned_data)
        except Refused as refused:
            note_refusal(by=by, action=action, refused=refused, obj=obj)
            say_why(form, refused)
        else:
            messages.success(request, said)
            return redirect(address)
    return render(request, template, {"form": form, **page})
