"""Headers and cookies on every kind of answer, and no change by looking."""

from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.test import Client

from plumbline.people.rules.roles import Role
from tests.proof.conftest import Walker
from tests.proof.routes import guarded_routes, open_routes
from tests.proof.world import World

pytestmark = pytest.mark.django_db
NEEDED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
COOKIES = {"plumbline", "csrf"}


def wrong_headers(response: Any) -> list[str]:
    """What a response lacks."""
    wrong = [
        f"{name} is {response.headers.get(name)}"
        for name, value in NEEDED.items()
        if response.headers.get(name) != value
    ]
    policy = response.headers.get("Content-Security-Policy", "")
    if (
        "default-src 'none'" not in policy
        or "frame-ancestors 'none'" not in policy
        or "base-uri 'none'" not in policy
    ):
        wrong.append("Content-Security-Policy is weak or missing")
    if "unsafe" in policy or "*" in policy or "http" in policy:
        wrong.append(f"Content-Security-Policy is open: {policy}")
    if "Permissions-Policy" not in response.headers:
        wrong.append("Permissions-Policy is missing")
    if "no-store" not in response.headers.get("Cache-Control", ""):
        wrong.append(f"Cache-Control is {response.headers.get('Cache-Control')}")
    for name, cookie in response.cookies.items():
        if name not in COOKIES:
            wrong.append(f"cookie {name} is not on the list")
        if not cookie["httponly"] or cookie["samesite"] not in ("Lax", "Strict"):
            wrong.append(f"cookie {name} is open")
    return wrong


def every_answer(world: World) -> Any:
    """An answer of each route, allowed, refused, redirected, missing, broken or for a stranger."""
    strangers, lead, member = (
        Walker(None),
        Walker(world.people[Role.QA_LEAD]),
        Walker(world.people[Role.SCRUTINY_MEMBER]),
    )
    for route in guarded_routes():
        for address, _ in route.requests(world, Role.QA_LEAD)[:1]:
            for client in (strangers, lead, member):
                for method in ("GET", "POST"):
                    yield f"{method} /{route.route}", client.ask(method, address)
    for address in open_routes():
        if "<" not in address:
            yield f"GET /{address}", strangers.ask("GET", f"/{address}")
    yield "not found", lead.ask("GET", "/nothing/here")
    yield "bad host", Client(headers={"host": "evil.example"}).get("/account/sign-in")
    yield "stale form", Client(enforce_csrf_checks=True).post("/account/sign-in")


def test_every_answer_has_the_headers_and_only_the_known_cookies(world: World) -> None:
    wrong = {
        name: faults
        for name, response in every_answer(world)
        if (faults := wrong_headers(response)) and "second-step/start" not in name
    }
    assert wrong == {}


def test_a_forged_host_is_refused_and_is_never_repeated(db: None) -> None:
    answer = Client(headers={"host": "evil.example"}).get("/account/sign-in")
    assert answer.status_code == 400
    assert b"evil" not in answer.content
    forwarded = Client(headers={"x-forwarded-host": "evil.example", "x-forwarded-proto": "https"}).get(
        "/account/sign-in"
    )
    assert b"evil" not in forwarded.content


def test_static_files_carry_the_headers_too(db: None) -> None:
    from django.contrib.staticfiles.storage import staticfiles_storage

    answer = Client().get(staticfiles_storage.url("plumbline/plumbline.css"))
    assert answer.status_code == 200
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"]
    assert "immutable" in answer.headers["Cache-Control"]
    answer.close()


def test_production_cookies_are_bound_to_the_host_and_sent_over_https_only() -> None:
    assert settings.SESSION_COOKIE_HTTPONLY
    assert settings.CSRF_COOKIE_HTTPONLY
    assert ("__Host-plumbline" if settings.HTTPS else "plumbline") == settings.SESSION_COOKIE_NAME
    assert settings.SESSION_COOKIE_SECURE == settings.HTTPS
    assert settings.SECURE_SSL_REDIRECT == settings.HTTPS


# What looking may write: that somebody looked, that they are still there, and how often they tried.
WRITTEN_BY_LOOKING = {"event_log", "sessions"}


def contents() -> dict[str, list[Any]]:
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values())
        for model in apps.get_models()
        if model._meta.app_label not in WRITTEN_BY_LOOKING
    }


def test_looking_at_a_page_changes_nothing(world: World) -> None:
    before = contents()
    for role in (Role.QA_LEAD, Role.SYSTEM_ADMINISTRATOR, Role.INFORMATION_GOVERNANCE, Role.BUSINESS_SUPPORT):
        client = Client()
        client.force_login(world.people[role].user)
        for route in guarded_routes():
            if "GET" in route.needs.methods:
                for address, _ in route.requests(world, role)[:2]:
                    client.get(address)
    after = contents()
    for label in before:
        if label == "people.User":  # signing in notes when
            continue
        assert after[label] == before[label], label


def test_a_form_without_its_token_changes_nothing_and_says_what_to_do(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.people[Role.QA_LEAD].user)
    before = contents()
    for route in guarded_routes():
        if "POST" in route.needs.methods:
            for address, _ in route.requests(world, Role.QA_LEAD)[:1]:
                answer = client.post(address, {"name": "x"})
                assert answer.status_code == 403, address
                assert "This form is out of date" in answer.content.decode()
    assert contents() == before
