"""Whether somebody has lately shown again that it is them, which exports and changes of rights ask for."""

import time
from typing import Any
from urllib.parse import urlencode

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from django.conf import settings
from django.urls import reverse


def confirms_elsewhere(user: Any) -> bool:
    """Whether the person confirms at the council's own sign-in: they have no password or second step here, or none counts."""
    return bool(settings.OIDC_SERVER_URL) and (settings.SSO_ONLY or not get_reauthentication_flows(user))


def has_confirmed(request: Any) -> bool:
    """Whether the person has confirmed that it is them within the last minutes; signing in is not enough."""
    moments = [
        one["at"] for one in get_authentication_records(request, request.user) if one.get("reauthenticated")
    ]
    return bool(moments) and time.time() - moments[-1] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def confirm_address(user: Any, then: str) -> str:
    """Where the person confirms that it is them, and from there goes on to `then`."""
    page = reverse("account_confirm_elsewhere" if confirms_elsewhere(user) else "account_reauthenticate")
    return f"{page}?{urlencode({'next': then})}"
