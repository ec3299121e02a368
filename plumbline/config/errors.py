"""The pages for what went wrong. Each says what to do; none repeats an address, and only a stale form what was typed."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from plumbline.people.signed_out import typed_words


def _page(request: HttpRequest, status: int, title: str, *lines: str, **more: Any) -> HttpResponse:
    return render(request, "error.html", {"title": title, "lines": lines, **more}, status=status)


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return HttpResponse("Bad request\n", status=400, content_type="text/plain")


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """The same page for what does not exist and for what the viewer may not see."""
    return _page(
        request,
        404,
        "Page not found",
        "If you typed the address, check it is correct.",
        "If you followed a link, the page may have moved, or you may not have access to it.",
    )


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return _page(
        request,
        403,
        "You cannot do this",
        "You can see this record, but your role does not allow this step.",
        "Ask your system administrator if you think it should.",
    )


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _page(
        request,
        403,
        "This form is out of date",
        "Nothing was saved. Reload the page you came from and send the form again.",
        typed=typed_words(request),
    )


def broken(request: HttpRequest) -> HttpResponse:
    return _page(
        request,
        500,
        "Something is wrong on our side",
        "What you sent was not saved. Try again in a few minutes.",
        f"If it goes on, tell your system administrator this number: {getattr(request, 'request_id', '')}.",
    )
