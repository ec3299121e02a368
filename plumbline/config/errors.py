"""The pages for what went wrong. Each says what to do; none repeats what was asked for."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def _page(request: HttpRequest, status: int, title: str, *lines: str) -> HttpResponse:
    return render(request, "error.html", {"title": title, "lines": lines}, status=status)


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
        "Nothing was saved. Go back with your browser's back button, copy anything long you wrote, reload the page and send it again.",
    )


def broken(request: HttpRequest) -> HttpResponse:
    return _page(
        request,
        500,
        "Something is wrong on our side",
        "What you sent was not saved. Try again in a few minutes.",
        f"If it goes on, tell your system administrator this number: {getattr(request, 'request_id', '')}.",
    )
