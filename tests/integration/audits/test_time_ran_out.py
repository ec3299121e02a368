"""A form that arrives after the session ended, or with a stale token, gives back what was typed."""

from typing import Any

from django.test import Client
from django.utils import timezone

from plumbline.audits.models import Answer, AnswerDraft
from plumbline.people.sessions import SEEN
from tests.factories.audits import make_audit
from tests.factories.cast import Cast

WORDS = "She told her teacher <what> happens at home & was believed."
SHOWN = "She told her teacher &lt;what&gt; happens at home &amp; was believed."


def address_of(cast: Cast) -> str:
    return f"/audits/{make_audit(cast).public_id}/sections/life"


def sent(client: Client, address: str) -> Any:
    return client.post(address, {"heard-version": "0", "heard-rationale": WORDS, "key": "abcdefghjkmn"})


def test_a_press_after_the_time_limit_is_not_taken_and_gives_the_words_back(
    cast: Cast, client_of: Any, settings: Any
) -> None:
    address, client = address_of(cast), client_of(cast.amira)
    client.get(address)
    session = client.session
    session[SEEN] = int(timezone.now().timestamp()) - settings.SESSION_IDLE_MINUTES * 60 - 1
    session.save()
    answered = sent(client, address)
    page = answered.content.decode()
    assert answered.status_code == 403
    assert SHOWN in page
    assert f"/account/sign-in?next={address.replace('/', '%2F')}" in page
    assert "abcdefghjkmn" not in page
    assert not Answer.objects.exists()
    assert not AnswerDraft.objects.exists()


def test_a_press_by_somebody_who_was_signed_out_elsewhere_gives_the_words_back(cast: Cast) -> None:
    answered = sent(Client(), address_of(cast))
    assert SHOWN in answered.content.decode()
    assert not Answer.objects.exists()


def test_a_stale_form_gives_the_words_back_and_takes_nothing(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.amira.user)
    answered = sent(client, address_of(cast))
    page = answered.content.decode()
    assert answered.status_code == 403
    assert "This form is out of date" in page
    assert SHOWN in page
    assert not Answer.objects.exists()


def test_what_is_typed_at_sign_in_is_never_given_back(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    secret = "correct horse battery staple"
    answered = client.post("/account/sign-in", {"login": "somebody@cast.example", "password": secret})
    page = answered.content.decode()
    assert secret not in page
    assert "What you wrote" not in page


def test_an_empty_press_leads_to_sign_in_as_before(cast: Cast) -> None:
    address = address_of(cast)
    answered = Client().post(address, {"key": "abc"})
    assert answered.status_code == 302
    assert answered["Location"].startswith("/account/sign-in?next=")
