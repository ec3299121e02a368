"""Headers and cookies on answers that the walk does not come to, and no change by a forged form."""

from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.test import Client

from plumbline.event_log.actions import record
from plumbline.event_log.models import Kind
from plumbline.people.rules.roles import Role
from tests.proof.answers import writes_noted, wrong_headers
from tests.proof.conftest import Walker
from tests.proof.routes import guarded_routes, open_routes
from tests.proof.world import World

pytestmark = pytest.mark.django_db


def every_answer(world: World) -> Any:
    """An answer of each open route, and the answers that no view gives; the walk looks at those of all other routes."""
    stranger, lead = Walker(None), Walker(world.people[Role.QA_LEAD])
    for address in open_routes():
        if "<" not in address:
            yield f"GET /{address}", stranger.ask("GET", f"/{address}")
    yield "not found", lead.ask("GET", "/nothing/here")
    yield "bad host", Client(headers={"host": "evil.example"}).get("/account/sign-in")
    yield "stale form", Client(enforce_csrf_checks=True).post("/account/sign-in")


def test_every_answer_has_the_headers_and_only_the_known_cookies(world: World) -> None:
    wrong = {name: faults for name, response in every_answer(world) if (faults := wrong_headers(response))}
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


def contents() -> dict[str, list[Any]]:
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values())
        for model in apps.get_models()
        # A refusal is logged, and who was refused is still there.
        if model._meta.app_label not in ("event_log", "sessions")
    }


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


def test_what_looking_writes_would_be_noticed(world: World) -> None:
    with writes_noted() as written:
        world.people[Role.QA_LEAD].save(update_fields=["name"])
        record(by=None, kind=Kind.READ, action="unit.view")
    assert written == {"people_person"}
