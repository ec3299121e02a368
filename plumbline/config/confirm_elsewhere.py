"""Confirming that it is you at the council's own sign-in, for people who have no password here."""

import time
from typing import Any, NoReturn

from allauth.account.internal.flows.login import record_authentication
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import get_adapter
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from plumbline.event_log.actions import record
from plumbline.event_log.models import Kind
from plumbline.people.access import access
from plumbline.people.confirming import confirm_address, confirms_elsewhere

# Clocks of two machines may differ by this much.
LEEWAY_SECONDS = 60
# Kept in the state of the round trip, where nothing that a browser sends can put it.
ASKED_AT = "confirm_asked_at"


def _then(request: Any) -> str:
    asked = request.GET.get("next", "/")
    return asked if url_has_allowed_host_and_scheme(asked, allowed_hosts=None) else "/"


@access("account.view", methods=("GET", "POST"))
def confirm_elsewhere(request: Any) -> HttpResponse:
    """The page that leads to the council's own sign-in, which is told to ask for the password again."""
    then = _then(request)
    if not confirms_elsewhere(request.user):
        return redirect(confirm_address(request.user, then))
    provider = get_adapter().get_provider(request, "sso")
    if request.method == "POST":
        answer: HttpResponse = provider.redirect(
            request,
            process="confirm",
            next_url=then,
            auth_params={"prompt": "login", "max_age": "0"},
            **{ASKED_AT: int(time.time())},
        )
        return answer
    page = {"title": "Confirm that it is you", "provider": provider.name}
    return render(request, "account/confirm_elsewhere.html", page)


def confirm(request: Any, sociallogin: Any) -> None:
    """Returns for an ordinary sign-in. One that was begun to confirm is taken as that and nothing else.

    Raises: ImmediateHttpResponse, to go on or to say that somebody else came back.
    """
    asked_at = sociallogin.state.get(ASKED_AT)
    if asked_at is None:
        return
    if not request.user.is_authenticated or sociallogin.user != request.user:
        _refuse(request, "sign_in.confirmed_by_another")
    # A provider that was asked for a fresh sign-in says when it took place. One that does not say was still asked.
    claims = sociallogin.account.extra_data.get("id_token") or {}
    signed_in_at = claims.get("auth_time")
    if signed_in_at is not None and int(signed_in_at) < asked_at - LEEWAY_SECONDS:
        _refuse(request, "sign_in.confirmed_too_long_ago")
    record_authentication(request, request.user, method="socialaccount", reauthenticated=True)
    record(by=request.viewer, kind=Kind.SIGN_IN, action="sign_in.confirmed")
    raise ImmediateHttpResponse(redirect(sociallogin.get_redirect_url(request) or "/"))


def _refuse(request: Any, action: str) -> NoReturn:
    record(by=request.viewer, kind=Kind.SIGN_IN, action=action)
    title = "We could not confirm that it is you"
    page = render(request, "account/not_confirmed.html", {"title": title}, status=403)
    raise ImmediateHttpResponse(page)
