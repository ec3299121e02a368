"""What every request and every answer gets, whatever the view."""

import secrets
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from plumbline.event_log.context import RequestFacts, current_request


class RequestIdMiddleware:
    """Gives each request an id and the name of its route, which events and log lines carry."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Never taken from the request: a stranger must not choose what stands in the log.
        request.request_id = secrets.token_hex(8)  # type: ignore[attr-defined]
        token = current_request.set(RequestFacts(request.request_id))  # type: ignore[attr-defined]
        try:
            response = self.get_response(request)
        finally:
            current_request.reset(token)
        response.headers["X-Request-ID"] = request.request_id  # type: ignore[attr-defined]
        return response

    def process_view(self, request: Any, view: object, args: object, kwargs: object) -> None:
        current_request.set(RequestFacts(request.request_id, request.resolver_match.route))


class HeadersMiddleware:
    """Headers that Django does not set by itself; static files get them too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
        )
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        # Pages may hold personal data, so nothing but static files may be kept by a browser or a proxy.
        response.headers.setdefault("Cache-Control", "no-store")
        return response
