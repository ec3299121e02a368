"""The frame around every page: name, menu, session warning."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from plumbline.people.sessions import limits_of
from plumbline.shared.area import areas


def menu_for(viewer: Any, path: str) -> list[dict[str, Any]]:
    """The links of the service navigation that the viewer may follow."""
    links = []
    for item in sorted((item for area in areas() for item in area.menu), key=lambda item: item.order):
        if viewer.has(item.action):
            url = reverse(item.url_name)
            links.append(
                {
                    "text": item.label,
                    "href": url,
                    "active": path == url or (url != "/" and path.startswith(url)),
                }
            )
    return links


def page_frame(request: HttpRequest) -> dict[str, Any]:
    """What the layout needs on every page."""
    frame: dict[str, Any] = {
        "demo": settings.DEMO,
        "council": settings.COUNCIL_NAME,
        "menu": [],
        "demo_tag": {"text": "Demo"},
    }
    user, viewer = getattr(request, "user", None), getattr(request, "viewer", None)
    if viewer is None or user is None or not user.is_authenticated:
        return frame
    left = limits_of(request)
    warning = settings.SESSION_WARNING_MINUTES * 60
    return frame | {
        "viewer": viewer,
        "menu": menu_for(viewer, request.path),
        "session_seconds": left.seconds_left,
        "session_warning_seconds": warning,
        # Without JavaScript nobody is told when the idle limit nears, but the absolute one is known when a page is made.
        "session_ends_soon": left.absolute_seconds <= settings.SESSION_IDLE_MINUTES * 60,
        "session_minutes": max(1, left.absolute_seconds // 60),
    }
