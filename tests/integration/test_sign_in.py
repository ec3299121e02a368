"""Signing in, its limits, and how long it lasts."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from plumbline.demo.accounts import DEMO_PASSWORD
from plumbline.event_log.models import Event, Kind
from tests.factories.cast import Cast

ARGON2 = "django.contrib.auth.hashers.Argon2PasswordHasher"


@pytest.fixture(autouse=True)
def _fresh_limits(db: None) -> None:
    cache.clear()


@pytest.fixture
def ben(cast: Cast) -> Any:
    cast.ben.user.set_password("correct horse battery")
    cast.ben.user.save()
    return cast.ben


def sign_in(client: Client, person: Any, password: str = "correct horse battery", **more: Any) -> Any:
    return client.post("/account/sign-in", {"login": person.user.email, "password": password}, **more)


def without_token(answer: Any, address: str) -> str:
    page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", answer.content.decode())
    return page.replace(address, "").split("<main")[1]


def sign_in_events() -> list[str]:
    return list(
        Event.objects.as_system("verify-event-log").filter(kind=Kind.SIGN_IN).values_list("action", flat=True)
    )


def test_passwords_are_kept_with_argon2(cast: Cast, settings: Any) -> None:
    settings.PASSWORD_HASHERS = [ARGON2]
    from plumbline.config import settings as product

    assert product.PASSWORD_HASHERS == [ARGON2]
    cast.ben.user.set_password("correct horse battery")
    assert cast.ben.user.password.startswith("argon2$argon2id")


def test_the_right_password_signs_in_and_both_ends_are_logged(ben: Any, client: Client) -> None:
    assert sign_in(client, ben)["Location"] == "/"
    assert client.post("/account/sign-out").status_code == 302
    assert sign_in_events() == ["sign_in.done", "sign_in.ended"]


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(ben: Any, client: Client) -> None:
    wrong = sign_in(client, ben, "wrong")
    unknown = client.post("/account/sign-in", {"login": "nobody@cast.example", "password": "wrong"})
    assert wrong.status_code == unknown.status_code == 200
    assert b"One of them is not right" in wrong.content
    assert without_token(wrong, ben.user.email) == without_token(unknown, "nobody@cast.example")
    assert sign_in_events() == ["sign_in.failed", "sign_in.failed"]


def test_the_sixth_wrong_try_is_refused_and_so_is_the_right_password_then(ben: Any, client: Client) -> None:
    for _ in range(5):
        sign_in(client, ben, "wrong")
    refused = sign_in(client, ben)
    assert b"Too many tries" in refused.content
    assert "_auth_user_id" not in client.session


def test_a_session_gets_a_new_key_on_signing_in_and_the_old_cookie_is_dead_after_signing_out(
    ben: Any, client: Client
) -> None:
    client.get("/account/sign-in")
    before = client.session.session_key
    sign_in(client, ben)
    after = client.cookies["plumbline"].value
    assert before != after
    client.post("/account/sign-out")
    replay = Client()
    replay.cookies["plumbline"] = after
    assert replay.get("/").status_code == 302


def test_a_changed_password_ends_the_other_sessions(ben: Any, client: Client) -> None:
    other = Client()
    sign_in(other, ben)
    sign_in(client, ben)
    changed = client.post(
        "/account/password",
        {
            "oldpassword": "correct horse battery",
            "password1": "three random words",
            "password2": "three random words",
        },
    )
    assert changed.status_code == 302
    assert client.get("/").status_code == 200
    assert other.get("/").status_code == 302


def test_a_closed_account_is_refused_at_its_next_request(ben: Any, client: Client) -> None:
    sign_in(client, ben)
    ben.user.is_active = False
    ben.user.save()
    assert client.get("/")["Location"].startswith("/account/sign-in")


@pytest.mark.parametrize(
    "address",
    [
        "//evil.example",
        "https://evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "/%0d%0aSet-Cookie:x=1",
    ],
)
def test_after_signing_in_one_stays_on_the_site(ben: Any, client: Client, address: str) -> None:
    answer = sign_in(client, ben, QUERY_STRING=f"next={address}")
    answer2 = Client().post(
        "/account/sign-in", {"login": ben.user.email, "password": "correct horse battery", "next": address}
    )
    for location in (answer["Location"], answer2["Location"]):
        assert location.startswith("/")
        assert not location.startswith(("//", "/\\"))
        assert "evil" not in location or location.startswith("/%")


def test_an_idle_session_ends_and_says_so(ben: Any, client: Client, settings: Any) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        sign_in(client, ben)
        assert client.get("/").status_code == 200
        clock.shift(timedelta(minutes=settings.SESSION_IDLE_MINUTES + 1))
        ended = client.get("/", follow=True)
        assert "reached its time limit" in ended.content.decode()
        assert ended.request["PATH_INFO"] == "/account/sign-in"


def test_each_page_starts_the_idle_time_anew_but_not_the_daily_limit(
    ben: Any, client: Client, settings: Any
) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        sign_in(client, ben)
        for _ in range(settings.SESSION_ABSOLUTE_HOURS * 2 - 1):
            clock.shift(timedelta(minutes=30))
            assert client.get("/session").status_code == 200
        clock.shift(timedelta(minutes=31))
        assert client.get("/").status_code == 302


def test_a_page_warns_when_the_daily_limit_is_near(ben: Any, client: Client, settings: Any) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        sign_in(client, ben)
        assert "You will be signed out in" not in client.get("/").content.decode()
        for _ in range(settings.SESSION_ABSOLUTE_HOURS * 2 - 1):
            clock.shift(timedelta(minutes=30))
            page = client.get("/").content.decode()
        assert "You will be signed out in 30 minutes." in page


def test_the_password_is_asked_for_again_before_data_is_taken_out(ben: Any, client: Client) -> None:
    from plumbline.people.access import access

    sign_in(client, ben)
    from django.http import HttpResponse
    from django.test import RequestFactory

    view = access("work.view", step_up=True)(lambda request: HttpResponse("data"))
    request: Any = RequestFactory().get("/export")
    request.session, request.user = client.session, ben.user
    from plumbline.people.scope import viewer_of
    from plumbline.shared import dates

    request.viewer = viewer_of(ben.user, dates.today())
    assert view(request)["Location"] == "/account/confirm?next=%2Fexport"
    assert client.post("/account/confirm?next=/", {"password": "correct horse battery"}).status_code == 302
    request.session = client.session
    assert view(request).content == b"data"


def test_a_second_step_is_asked_for_once_it_is_set_up(ben: Any, client: Client) -> None:
    from allauth.mfa.models import Authenticator
    from allauth.mfa.totp.internal.auth import (
        TOTP,
        format_hotp_value,
        generate_totp_secret,
        hotp_value,
        yield_hotp_counters_from_time,
    )

    sign_in(client, ben)
    secret = generate_totp_secret()
    TOTP.activate(ben.user, secret)
    assert Authenticator.objects.filter(user=ben.user).exists()
    fresh = Client()
    assert sign_in(fresh, ben)["Location"] == "/account/second-step/code"
    assert fresh.get("/").status_code == 302
    wrong = fresh.post("/account/second-step/code", {"code": "000000"})
    assert wrong.status_code == 200
    code = format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))
    assert fresh.post("/account/second-step/code", {"code": code}).status_code == 302
    assert fresh.get("/").status_code == 200


def test_with_single_sign_on_only_every_other_way_in_is_closed(
    ben: Any, client: Client, settings: Any
) -> None:
    settings.SSO_ONLY = True
    assert sign_in(client, ben).status_code == 403
    assert 'name="password"' not in client.get("/account/sign-in").content.decode()
    client.post("/account/password/forgotten", {"email": ben.user.email})
    from plumbline.work.models import Message

    assert not Message.objects.as_system("background-work").exists()
    assert "_auth_user_id" not in client.session


def test_the_demo_accounts_are_listed_in_demo_mode_only(cast: Cast, client: Client, settings: Any) -> None:
    cast.qa_lead.user.email = "qa-lead@demo.example"
    cast.qa_lead.user.save()
    page = client.get("/account/sign-in").content.decode()
    assert "qa-lead@demo.example" in page
    assert DEMO_PASSWORD in page
    settings.DEMO = False
    page = client.get("/account/sign-in").content.decode()
    assert "demo.example" not in page
    assert DEMO_PASSWORD not in page


def test_sessions_hold_no_name_and_no_password(ben: Any, client: Client) -> None:
    sign_in(client, ben)
    decoded = str(Session.objects.get().get_decoded())
    assert "correct horse" not in decoded
    assert ben.name not in decoded
