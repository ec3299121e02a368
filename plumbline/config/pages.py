"""Pages that belong to no area: account, session, help, statements, the table of rights."""

from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from plumbline.config.rights import rights_page
from plumbline.people.access import access
from plumbline.people.sessions import limits_of
from plumbline.shared.glossary import glossary


@access("account.view")
def account(request: Any) -> HttpResponse:
    return render(
        request,
        "account.html",
        {"title": "Your account", "roles": request.viewer.role_names},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def session_ending(request: Any) -> HttpResponse:
    """How long the session lasts; opening the page is itself what keeps an idle session alive."""
    if not request.user.is_authenticated:
        return redirect(settings.LOGIN_URL)
    if request.method == "POST":
        return redirect("home")
    left = limits_of(request)
    return render(
        request, "session.html", {"title": "You are still signed in", "minutes": left.seconds_left // 60}
    )


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    asked = request.GET.get("q", "").strip()
    terms = [term for term in glossary() if asked.lower() in f"{term.name} {term.meaning}".lower()]
    # A link from a page asks for a term by its name: that one comes first, then those that mention it.
    terms.sort(key=lambda term: term.name.lower() != asked.lower())
    page = {"title": "Words explained", "terms": terms, "asked": asked, "is_glossary": True}
    return render(request, "help.html", page)


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(
        request, "accessibility.html", {"title": "Accessibility", "contact": settings.ACCESSIBILITY_CONTACT}
    )


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    cookies = [
        (settings.SESSION_COOKIE_NAME, "Keeps you signed in", "Until you sign out or close the browser"),
        (settings.CSRF_COOKIE_NAME, "Makes sure that forms you send come from this service", "1 year"),
    ]
    return render(request, "privacy.html", {"title": "Privacy and cookies", "cookies": cookies})


@access("permission.view")
def permissions(request: Any) -> HttpResponse:
    return render(
        request,
        "permissions.html",
        {"title": "Who may do what", **rights_page(request.GET.get("role", ""), request.viewer)},
    )


@cache
def _security_text() -> str:
    return f"Contact: {settings.ACCESSIBILITY_CONTACT or settings.BASE_URL}\nPolicy: {settings.BASE_URL}/privacy\nPreferred-Languages: en\n"


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    return HttpResponse(_security_text(), content_type="text/plain; charset=utf-8")
