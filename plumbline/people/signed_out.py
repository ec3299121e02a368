"""What somebody typed into a form whose time had run out: given back to them, so that nothing is lost."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url

# Shorter than this is typed again in a moment; a page that repeats every box would hide what matters.
WORTH_KEEPING = 15
NEVER_REPEATED = ("csrfmiddlewaretoken", "key", "password", "code", "token")


def typed_words(request: Any) -> list[str]:
    """The longer texts of the form as sent, for the page that says it was not taken. Nothing is stored.

    They go back only to the browser that has just sent them. Forms of sign-in are never repeated.
    """
    if request.method != "POST" or request.path.startswith("/account/"):
        return []
    return [
        value
        for name, values in request.POST.lists()
        if not any(word in name for word in NEVER_REPEATED)
        for value in values
        if len(value.strip()) >= WORTH_KEEPING
    ]


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """The way to the sign-in page and back; with what was typed on it, where a form had been sent."""
    address = f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': request.get_full_path()})}"
    typed = typed_words(request)
    if not typed:
        return HttpResponseRedirect(address)
    page = {"title": "You are signed out", "sign_in": address, "typed": typed}
    return render(request, "signed_out.html", page, status=403)
