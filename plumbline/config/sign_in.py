"""How Plumbline uses allauth: no sign-up, every try logged."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Local sign-in."""

    def is_open_for_signup(self, request: object) -> bool:
        return False


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Single sign-on: only for people who already have an account."""

    def is_open_for_signup(self, request: object, sociallogin: object) -> bool:
        return False
