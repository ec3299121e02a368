"""Session limits: an idle one and an absolute one, with a warning before either."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from plumbline.people.signed_out import to_sign_in

STARTED, SEEN = "session_started_at", "session_seen_at"
# Writing the session on every request would make every page a write.
SEEN_EVERY_SECONDS = 30


@dataclass(frozen=True)
class Limits:
    """When a session ends, in seconds from now."""

    idle_seconds: int
    absolute_seconds: int

    @property
    def seconds_left(self) -> int:
        return min(self.idle_seconds, self.absolute_seconds)


def limits_of(request: Any) -> Limits:
    """How long the request's session still lasts, if nothing more is done in it."""
    now = int(timezone.now().timestamp())
    started = request.session.get(STARTED, now)
    return Limits(
        settings.SESSION_IDLE_MINUTES * 60 - (now - request.session.get(SEEN, now)),
        settings.SESSION_ABSOLUTE_HOURS * 3600 - (now - started),
    )


def touch(request: Any) -> None:
    """Starts the idle time anew."""
    now = int(timezone.now().timestamp())
    request.session.setdefault(STARTED, now)
    if now - request.session.get(SEEN, 0) >= SEEN_EVERY_SECONDS:
        request.session[SEEN] = now


class SessionLimitMiddleware:
    """Ends a session that has reached a limit, and says so on the sign-in page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        if request.user.is_authenticated:
            if limits_of(request).seconds_left <= 0:
                logout(request)
                messages.info(
                    request,
                    "You were signed out because the session reached its time limit. Sign in to go on.",
                )
                return to_sign_in(request)
            touch(request)
        return self.get_response(request)
