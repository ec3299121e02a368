"""How Plumbline uses allauth: nobody signs up, every try is logged, and answers are the same for every address."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import LoginForm as AllauthLoginForm
from allauth.account.forms import ReauthenticateForm as AllauthReauthenticateForm
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from plumbline.config.confirm_elsewhere import confirm
from plumbline.demo.accounts import DEMO_PASSWORD, demo_accounts
from plumbline.event_log.actions import record
from plumbline.event_log.models import Kind
from plumbline.people.models import Person, User
from plumbline.people.sessions import touch
from plumbline.work.actions import queue_message


def person_of(user: User) -> Person | None:
    """The person the account belongs to."""
    return Person.objects.as_system("sign-in").filter(user=user).first()


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Local sign-in. Closed altogether where single sign-on is the only way in."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "Enter the address and password of an account. One of them is not right.",
        "too_many_login_attempts": "Too many tries. Wait five minutes and try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        if settings.SSO_ONLY:
            record(by=None, kind=Kind.SIGN_IN, action="sign_in.closed_way")
            raise PermissionDenied
        super().pre_authenticate(request, **credentials)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        record(by=None, kind=Kind.SIGN_IN, action="sign_in.failed")
        super().authentication_failed(request, **credentials)

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        record(by=person_of(user), kind=Kind.SIGN_IN, action="sign_in.done")
        touch(request)
        response: HttpResponse = super().post_login(request, user, **kwargs)
        return response

    def logout(self, request: HttpRequest) -> None:
        record(by=person_of(request.user), kind=Kind.SIGN_IN, action="sign_in.ended")  # type: ignore[arg-type]
        super().logout(request)

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Nothing: the page after signing in says enough."""

    def get_reset_password_from_key_url(self, key: str) -> str:
        # From settings, never from the host the request claims.
        uid, _, token = key.partition("-")
        return settings.BASE_URL + reverse(
            "account_reset_password_from_key", kwargs={"uidb36": uid, "key": token}
        )

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queues the one message that sign-in needs. For an address without an account the page says the same."""
        if settings.SSO_ONLY or not template_prefix.endswith("password_reset_key"):
            return
        person = person_of(context["user"])
        if person is not None:
            queue_message(person=person, kind="password-reset")


class LoginForm(AllauthLoginForm):  # type: ignore[misc]
    """Address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = "E-mail address"
        self.fields["login"].error_messages["required"] = "Enter your e-mail address"
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        self.fields["password"].help_text = ""
        self.fields["password"].error_messages["required"] = "Enter your password"
        self.fields.pop("remember", None)


class ReauthenticateForm(AllauthReauthenticateForm):  # type: ignore[misc]
    """The password again."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""
        self.fields["password"].error_messages["required"] = "Enter your password"


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Single sign-on: only for people who already have an account here, found by verified address."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        confirm(request, sociallogin)

    def on_authentication_error(self, request: HttpRequest, provider: Any, **kwargs: Any) -> None:
        record(by=None, kind=Kind.SIGN_IN, action="sign_in.sso_failed")


def sign_in_page(request: HttpRequest) -> dict[str, Any]:
    """What the sign-in page shows besides its form."""
    if request.resolver_match is None or request.resolver_match.url_name != "account_login":
        return {}
    sso = bool(settings.OIDC_SERVER_URL)
    name = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["name"] if sso else ""
    return {
        "sso_only": settings.SSO_ONLY,
        "sso_url": reverse("openid_connect_login", args=["sso"]) if sso else "",
        "sso_label": f"Sign in with {name}",
        "demo_accounts": demo_accounts() if settings.DEMO else [],
        "demo_password": DEMO_PASSWORD,
    }
