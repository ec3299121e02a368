"""Single sign-on against a small provider of our own on this machine."""

import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from plumbline.event_log.models import Event, Kind
from plumbline.people.models import User
from tests.factories.cast import Cast

CLIENT = "plumbline-client"
KEY = "a key of the provider's own, long enough to sign with"


@dataclass
class Provider:
    """What the provider will say next."""

    address: str = ""
    email: str = ""
    subject: str = "abc"
    verified: bool = True
    claims: dict[str, Any] = field(default_factory=dict)
    codes_used: list[str] = field(default_factory=list)

    def id_token(self) -> str:
        now = int(time.time())
        claims = {
            "iss": self.address,
            "aud": CLIENT,
            "sub": self.subject,
            "iat": now,
            "exp": now + 60,
        } | self.claims
        return jwt.encode(claims, KEY, algorithm="HS256")


@pytest.fixture
def provider(settings: Any, db: None) -> Iterator[Provider]:
    """A provider on loopback, configured as the council's own."""
    cache.clear()
    told = Provider()

    class Handler(BaseHTTPRequestHandler):
        def _say(self, content: dict[str, Any], status: int = 200) -> None:
            body = json.dumps(content).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_GET(self) -> None:
            if "well-known" in self.path:
                names = ("authorization", "token", "userinfo")
                self._say(
                    {f"{name}_endpoint": f"{told.address}/{name}" for name in names}
                    | {"issuer": told.address, "jwks_uri": f"{told.address}/keys"}
                )
            else:
                self._say({"sub": told.subject, "email": told.email, "email_verified": told.verified})

        def do_POST(self) -> None:
            sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            code = sent["code"][0]
            if code in told.codes_used or "code_verifier" not in sent:
                self._say({"error": "invalid_grant"}, 400)
                return
            told.codes_used.append(code)
            self._say({"access_token": "t", "token_type": "Bearer", "id_token": told.id_token()})

        def log_message(self, *args: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    told.address = f"http://127.0.0.1:{server.server_port}"
    settings.OIDC_SERVER_URL = told.address
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": "sso",
                    "name": "Fernshire account",
                    "client_id": CLIENT,
                    "secret": "s",
                    "settings": {"server_url": told.address},
                }
            ],
        }
    }
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield told
    server.shutdown()
    server.server_close()
    thread.join()


def begin(client: Client) -> str:
    """The state that the sign-in page sends to the provider."""
    answer = client.post("/account/sso/sso")
    assert answer.status_code == 302
    asked = parse_qs(urlsplit(answer["Location"]).query)
    assert asked["code_challenge_method"] == ["S256"]
    return asked["state"][0]


def come_back(client: Client, state: str, code: str = "one") -> Any:
    return client.get(f"/account/sso/sso/back?state={state}&code={code}")


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


@pytest.fixture
def ben(cast: Cast, provider: Provider) -> Any:
    cast.ben.user = User.objects.create_user("ben.lapwing@fernshire.example")
    cast.ben.save()
    provider.email = cast.ben.user.email
    return cast.ben


def test_a_person_with_an_account_is_signed_in_by_their_address(ben: Any, client: Client) -> None:
    assert "Sign in with Fernshire account" in client.get("/account/sign-in").content.decode()
    come_back(client, begin(client))
    assert client.session["_auth_user_id"] == str(ben.user.pk)
    assert (
        Event.objects.as_system("verify-event-log")
        .filter(kind=Kind.SIGN_IN, action="sign_in.done", actor=ben.public_id)
        .exists()
    )


def test_somebody_without_an_account_is_refused_and_none_is_made(
    ben: Any, provider: Provider, client: Client
) -> None:
    provider.email = "stranger@cast.example"
    before = User.objects.count()
    come_back(client, begin(client))
    assert not is_signed_in(client)
    assert User.objects.count() == before


def test_an_address_that_the_provider_has_not_verified_is_refused(
    ben: Any, provider: Provider, client: Client
) -> None:
    provider.verified = False
    come_back(client, begin(client))
    assert not is_signed_in(client)


def test_a_closed_account_is_refused(ben: Any, client: Client) -> None:
    User.objects.filter(pk=ben.user.pk).update(is_active=False)
    come_back(client, begin(client))
    assert not is_signed_in(client)


def test_a_state_that_was_not_given_out_is_refused_and_logged(ben: Any, client: Client) -> None:
    begin(client)
    answer = come_back(client, "forged")
    assert not is_signed_in(client)
    assert "You could not be signed in" in answer.content.decode()
    assert Event.objects.as_system("verify-event-log").filter(action="sign_in.sso_failed").exists()


def test_a_code_used_twice_is_refused(ben: Any, client: Client) -> None:
    come_back(client, begin(client))
    other = Client()
    come_back(other, begin(other))
    assert not is_signed_in(other)


@pytest.mark.parametrize(
    "claims",
    [{"aud": "another-client"}, {"iss": "http://127.0.0.1:1/other"}, {"exp": int(time.time()) - 600}],
    ids=["audience", "issuer", "expired"],
)
def test_a_token_for_somebody_else_or_past_its_time_is_refused(
    ben: Any, provider: Provider, client: Client, claims: dict[str, Any]
) -> None:
    provider.claims = claims
    come_back(client, begin(client))
    assert not is_signed_in(client)


EXPORT = "/planner/export"


@pytest.fixture
def lead(cast: Cast, provider: Provider, client: Client) -> Client:
    """The quality lead, who has no password here, signed in from elsewhere."""
    cast.qa_lead.user = User.objects.create_user("lin.heron@fernshire.example")
    cast.qa_lead.save()
    provider.email = cast.qa_lead.user.email
    come_back(client, begin(client))
    assert is_signed_in(client)
    return client


def begin_to_confirm(client: Client) -> str:
    """The state of the round trip that an export sends a person of single sign-on on."""
    asked = client.get(EXPORT)
    assert asked["Location"].startswith("/account/confirm/elsewhere?next=")
    answer = client.post(asked["Location"])
    sent = parse_qs(urlsplit(answer["Location"]).query)
    assert (sent["prompt"], sent["max_age"]) == (["login"], ["0"])
    return sent["state"][0]


def test_a_person_of_single_sign_on_only_is_asked_again_before_an_export(lead: Client) -> None:
    assert b"sign in again with Fernshire account" in lead.get("/account/confirm/elsewhere").content
    back = come_back(lead, begin_to_confirm(lead), "two")
    assert back["Location"] == EXPORT
    assert lead.get(EXPORT).status_code == 200
    with time_machine.travel(time.time() + 16 * 60, tick=False):
        assert lead.get(EXPORT).status_code == 302


def test_signing_in_again_in_the_ordinary_way_confirms_nothing(lead: Client) -> None:
    come_back(lead, begin(lead), "two")
    assert lead.get(EXPORT).status_code == 302
    state = parse_qs(urlsplit(lead.post("/account/sso/sso?process=confirm")["Location"]).query)["state"][0]
    come_back(lead, state, "three")
    assert lead.get(EXPORT).status_code == 302


def test_a_sign_in_that_the_provider_says_was_long_ago_confirms_nothing(
    lead: Client, provider: Provider
) -> None:
    provider.claims = {"auth_time": int(time.time()) - 3600}
    answer = come_back(lead, begin_to_confirm(lead), "two")
    assert answer.status_code == 403
    assert b"We could not confirm that it is you" in answer.content
    assert lead.get(EXPORT).status_code == 302
    provider.claims = {"auth_time": int(time.time())}
    come_back(lead, begin_to_confirm(lead), "three")
    assert lead.get(EXPORT).status_code == 200


def test_somebody_else_coming_back_confirms_nothing_and_is_not_signed_in(
    cast: Cast, lead: Client, provider: Provider
) -> None:
    state = begin_to_confirm(lead)
    cast.ben.user = User.objects.create_user("ben.lapwing@fernshire.example")
    cast.ben.save()
    provider.email, provider.subject = cast.ben.user.email, "def"
    assert come_back(lead, state, "two").status_code == 403
    assert lead.session["_auth_user_id"] == str(cast.qa_lead.user.pk)
    assert lead.get(EXPORT).status_code == 302


def test_where_single_sign_on_is_the_only_way_a_password_kept_here_confirms_nothing(
    cast: Cast, lead: Client, settings: Any
) -> None:
    cast.qa_lead.user.set_password("correct horse battery")
    cast.qa_lead.user.save()
    come_back(lead, begin(lead), "two")
    assert lead.get(EXPORT)["Location"].startswith("/account/confirm?")
    settings.SSO_ONLY = True
    assert lead.get(EXPORT)["Location"].startswith("/account/confirm/elsewhere?")
