"""All of Plumbline's settings. What a council sets is an environment variable, listed in docs/reference/settings.md."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from plumbline.config import environment

BASE_DIR = Path(__file__).resolve().parent.parent.parent
DEFINITIONS_DIR = BASE_DIR / "definitions"

VAR = Path(environment.text("PLUMBLINE_VAR", str(BASE_DIR / "var"))).resolve()
DEMO = environment.flag("PLUMBLINE_DEMO")
DEBUG = environment.flag("PLUMBLINE_DEBUG")
HTTPS = environment.flag("PLUMBLINE_HTTPS", default=not DEMO)
SECRET_KEY = environment.secret_key(environment.text("PLUMBLINE_SECRET_KEY"), VAR, demo=DEMO)
ALLOWED_HOSTS = environment.words("PLUMBLINE_HOSTS", "127.0.0.1,localhost,[::1]" if DEMO else "")
# Links in e-mails and calendar feeds begin with this, never with what a request claims its host is.
BASE_URL = environment.text(
    "PLUMBLINE_BASE_URL", f"http://127.0.0.1:{environment.text('PORT', '8000')}"
).rstrip("/")
COUNCIL_NAME = environment.text("PLUMBLINE_COUNCIL", "Fernshire Council" if DEMO else "")
# Which of the published authorities this is, as an ONS code; the demo's council is invented and is none of them.
AUTHORITY = environment.text("PLUMBLINE_AUTHORITY")
# Whether forums and posts keep the words in which they were imported, such as LSCB, instead of today's.
WORDS_AS_PRINTED = environment.flag("PLUMBLINE_WORDS_AS_PRINTED")
ACCESSIBILITY_CONTACT = environment.text("PLUMBLINE_ACCESSIBILITY_CONTACT")

INSTALLED_APPS = [
    "plumbline.config",
    "plumbline.work",
    "plumbline.event_log",
    "plumbline.keeping",
    "plumbline.indicators",
    "plumbline.audits",
    "plumbline.improvement",
    "plumbline.framework",
    "plumbline.branding",
    "plumbline.people",
    "plumbline.govuk",
    "django.forms",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "django_tasks",
    "django_tasks_db",
]

if DEMO:
    INSTALLED_APPS.insert(0, "plumbline.demo")

MIDDLEWARE = [
    "plumbline.config.middleware.RequestIdMiddleware",
    "plumbline.config.middleware.HeadersMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "plumbline.people.sessions.SessionLimitMiddleware",
    "plumbline.people.access.ViewerMiddleware",
]

ROOT_URLCONF = "plumbline.config.urls"
WSGI_APPLICATION = "plumbline.config.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "plumbline" / "config" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "plumbline.config.page.page_frame",
                "plumbline.config.sign_in.sign_in_page",
            ],
            "builtins": ["plumbline.govuk.templatetags.govuk", "plumbline.govuk.templatetags.words_here"],
        },
    }
]
FORM_RENDERER = "plumbline.govuk.rendering.GovukRenderer"

DATABASES = {"default": environment.database(environment.text("DATABASE_URL"), VAR)}
# Commands that compare or move databases open a second one; its address is read as the first one's is.
DATABASE_OF_URL = lambda url: environment.database(url, VAR)  # noqa: E731
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    # Sign-in limits must hold across processes, so they are counted in the database.
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"},
}

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True
DATE_FORMAT = "j F Y"
FORMAT_MODULE_PATH = ["plumbline.config.formats"]

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR / "uploads"},
    },
    "staticfiles": {"BACKEND": "plumbline.config.static.HashedStaticFiles"},
}
WHITENOISE_MAX_AGE = 60
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
# The Standard Safeguarding Dataset is a file a table.
DATA_UPLOAD_MAX_NUMBER_FILES = 200
# Large files are written down while they arrive: not where other users of the machine keep theirs.
FILE_UPLOAD_TEMP_DIR = VAR / "incoming"
FILE_UPLOAD_TEMP_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)

# Sign-in
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email"]},
    },
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "plumbline.config.sign_in.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "plumbline.config.sign_in.SocialAccountAdapter"
ACCOUNT_FORMS = {
    "login": "plumbline.config.sign_in.LoginForm",
    "reauthenticate": "plumbline.config.sign_in.ReauthenticateForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "reset_password": "20/m/ip,5/m/key",
}
ALLAUTH_TRUSTED_PROXY_COUNT = environment.number("PLUMBLINE_TRUSTED_PROXIES", 0)
MFA_TOTP_ISSUER = "Plumbline"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
SSO_ONLY = environment.flag("PLUMBLINE_SSO_ONLY")
OIDC_SERVER_URL = environment.text("PLUMBLINE_OIDC_SERVER_URL")
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = (
    {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": "sso",
                    "name": environment.text("PLUMBLINE_OIDC_NAME", "your council account"),
                    "client_id": environment.text("PLUMBLINE_OIDC_CLIENT_ID"),
                    "secret": environment.text("PLUMBLINE_OIDC_CLIENT_SECRET"),
                    "settings": {"server_url": OIDC_SERVER_URL},
                }
            ],
        }
    }
    if OIDC_SERVER_URL
    else {}
)

# Sessions: the person is warned five minutes before either limit.
SESSION_IDLE_MINUTES = environment.number("PLUMBLINE_SESSION_IDLE_MINUTES", 60, least=10)
SESSION_ABSOLUTE_HOURS = environment.number("PLUMBLINE_SESSION_HOURS", 12, least=1)
SESSION_WARNING_MINUTES = 5
SESSION_COOKIE_AGE = SESSION_ABSOLUTE_HOURS * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-plumbline" if HTTPS else "plumbline"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "plumbline.config.errors.stale_form"

MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Headers
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ALLAUTH_TRUSTED_PROXY_COUNT else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
_oidc = urlsplit(OIDC_SERVER_URL)
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        # Browsers apply form-action to redirects too, so a configured sign-in server has to be named.
        "form-action": ["'self'", *([f"{_oidc.scheme}://{_oidc.netloc}"] if OIDC_SERVER_URL else [])],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
    }
}

# Messages and background work
vars().update(environment.email(environment.text("PLUMBLINE_EMAIL_URL"), VAR))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = environment.text("PLUMBLINE_EMAIL_FROM", "plumbline@localhost")
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# Immediate concerns: hours of the clock until somebody has to answer, and until there has to be a plan.
CONCERN_ACKNOWLEDGE_HOURS = environment.number("PLUMBLINE_CONCERN_ACKNOWLEDGE_HOURS", 24, least=1)
CONCERN_PLAN_HOURS = environment.number("PLUMBLINE_CONCERN_PLAN_HOURS", 48, least=1)

# Each area is plugged in here by one line; nothing else has to know of it.
AREAS: list[str] = [
    "plumbline.people.area",
    "plumbline.work.area",
    "plumbline.branding.area",
    "plumbline.framework.area",
    "plumbline.improvement.area",
    "plumbline.audits.area",
    "plumbline.indicators.area",
    "plumbline.keeping.area",
]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"no_personal_data": {"()": "plumbline.config.logs.WithoutPersonalData"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["no_personal_data"]},
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "INFO", "propagate": False},
        "django.server": {"handlers": ["console"], "level": "WARNING", "propagate": False},
    },
}
