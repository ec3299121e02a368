"""All addresses. Each area brings its own; sign-in takes only the parts of allauth that Plumbline uses."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.socialaccount import views as social
from allauth.socialaccount.providers.openid_connect import views as oidc
from csp.decorators import csp_update
from django.urls import URLPattern, URLResolver, include, path

from plumbline.config import pages
from plumbline.config.confirm_elsewhere import confirm_elsewhere

sign_in: list[URLPattern | URLResolver] = [
    path("sign-in", account.login, name="account_login"),
    path("sign-out", account.logout, name="account_logout"),
    path("closed", account.account_inactive, name="account_inactive"),
    path("confirm", account.reauthenticate, name="account_reauthenticate"),
    path("confirm/elsewhere", confirm_elsewhere, name="account_confirm_elsewhere"),
    path("password", account.password_change, name="account_change_password"),
    path("password/forgotten", account.password_reset, name="account_reset_password"),
    path("password/sent", account.password_reset_done, name="account_reset_password_done"),
    path(
        "password/new/<str:uidb36>-<str:key>",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/changed", account.password_reset_from_key_done, name="account_reset_password_from_key_done"
    ),
    path("second-step", mfa.index, name="mfa_index"),
    path("second-step/code", mfa.authenticate, name="mfa_authenticate"),
    path("second-step/confirm", mfa.reauthenticate, name="mfa_reauthenticate"),
    # The picture with the secret is drawn into the page as data, which no other page may do.
    path(
        "second-step/start", csp_update({"img-src": ["data:"]})(totp.activate_totp), name="mfa_activate_totp"
    ),
    path("second-step/stop", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("second-step/recovery", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("second-step/recovery/new", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("sso/failed", social.login_error, name="socialaccount_login_error"),
    path("sso/cancelled", social.login_cancelled, name="socialaccount_login_cancelled"),
    path("sso/<str:provider_id>", oidc.login, name="openid_connect_login"),
    path("sso/<str:provider_id>/back", oidc.callback, name="openid_connect_callback"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("plumbline.work.urls")),
    path("account/", include(sign_in)),
    path("", include("plumbline.people.urls")),
    path("", include("plumbline.branding.urls")),
    path("", include("plumbline.framework.urls")),
    path("", include("plumbline.improvement.urls")),
    path("", include("plumbline.audits.urls")),
    path("", include("plumbline.indicators.urls")),
    path("", include("plumbline.keeping.urls")),
    path("account", pages.account, name="account"),
    path("session", pages.session_ending, name="session_ending"),
    path("help", pages.help_page, name="help"),
    path("accessibility", pages.accessibility, name="accessibility"),
    path("privacy", pages.privacy, name="privacy"),
    path("permissions", pages.permissions, name="permissions"),
    path(".well-known/security.txt", pages.security_txt, name="security_txt"),
]

handler400 = "plumbline.config.errors.bad_request"
handler403 = "plumbline.config.errors.forbidden"
handler404 = "plumbline.config.errors.not_found"
handler500 = "plumbline.config.errors.broken"
