"""Django's settings, all from the environment; every bad value is refused with what to write instead.

`ANSWERBACK_*` variables are listed in docs/settings.md. Secrets may come from a file: `ANSWERBACK_SECRET_FILE`,
`ANSWERBACK_OLD_SECRETS_FILE`.
"""

from pathlib import Path
from typing import Any

from answerback.server.environment import database, environment, secret, videos
from answerback.server.hosts import Hosts

ENV = environment()

SECRET_KEY = secret(ENV)
SECRET_KEY_FALLBACKS = list(ENV.old_secrets)
DEBUG = False
ALLOWED_HOSTS = Hosts(ENV.hosts)
OWN_HOSTS = ENV.hosts
PRIVATE_HOSTS = ENV.private_hosts
MAIL = ENV.mail
PUBLIC_URL = ENV.public_url
LOCAL_URL = ENV.local_url
TRUSTED_PROXY = ENV.trusted_proxy
PHONE_PAGE = ENV.phone_page
SECOND_STEP_DAYS = ENV.second_step_days
HOOK_BODY_LIMIT = 64 * 1024
VAR = ENV.var
LANGUAGE_MODEL = ENV.language_model
METRICS_TOKEN = ENV.metrics_token
METRICS_AT = ENV.metrics_at
SENTRY_DSN = ENV.sentry_dsn
TRACES_URL = ENV.traces_url

DATABASES: dict[str, dict[str, Any]] = {"default": database(ENV)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_htmx",
    "lucide",
    "procrastinate.contrib.django",
    "answerback.store.apps.StoreConfig",
]

MIDDLEWARE = [
    "answerback.server.hosts.LeadOn",  # before anything is computed for a host name that is nobody's any more
    "django.middleware.security.SecurityMiddleware",
    "answerback.server.headers.SecurityHeaders",
    "answerback.server.compression.Compression",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "answerback.server.nul.WithoutNul",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "answerback.console.accounts.tongue.Tongue",
    "answerback.server.failures.NoBlankPages",
]

ROOT_URLCONF = "answerback.server.urls"
WSGI_APPLICATION = "answerback.server.wsgi.application"

PACKAGE = Path(__file__).resolve().parent.parent
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / part / "templates" for part in ("console", "booking", "api", "watch")],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "answerback.console.brand.context",
            ],
            "builtins": [
                "answerback.server.icons",
                "answerback.console.addresses",
                "answerback.console.marks",
                "answerback.console.retold",
            ],
            "libraries": {
                "i18n": "answerback.console.sentences",
                "second_step": "answerback.console.accounts.over",
            },
            "loaders": [
                (
                    "answerback.server.drawing.Loader",
                    ["django.template.loaders.filesystem.Loader", "django.template.loaders.app_directories.Loader"],
                )
            ],
        },
    }
]

MESSAGE_STORAGE = "answerback.console.trail.Told"

AUTH_USER_MODEL = "store.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "name"]},
    },
]
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
ACCOUNT_ADAPTER = "answerback.console.accounts.door.Door"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_FORMS = {
    "change_password": "answerback.console.accounts.passwords.Change",
    "set_password": "answerback.console.accounts.passwords.First",
    "reset_password_from_key": "answerback.console.accounts.passwords.Anew",
    "reset_password": "answerback.console.accounts.passwords.Forgotten",
    "reauthenticate": "answerback.console.accounts.passwords.Again",
}
ACCOUNT_EMAIL_VERIFICATION = "none"  # A join link proves the address, or somebody in charge answers for it.
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = bool(MAIL)
MFA_ADAPTER = "answerback.console.accounts.door.SecondSteps"
MFA_FORMS = {
    "authenticate": "answerback.console.accounts.codes.SignIn",
    "reauthenticate": "answerback.console.accounts.codes.Again",
    "activate_totp": "answerback.console.accounts.codes.SetUp",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_TOLERANCE = 1  # A phone's clock half a minute off still lets its owner in.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PUBLIC_URL.startswith("https://")
SINGLE_SIGN_ON = ENV.single_sign_on
SOCIALACCOUNT_ADAPTER = "answerback.console.accounts.door.SingleSignOn"
SOCIALACCOUNT_LOGIN_ON_GET = True  # A link leads there: a form that is sent on elsewhere is what our CSP forbids.
SOCIALACCOUNT_EMAIL_AUTHENTICATION = SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "single",
                "name": SINGLE_SIGN_ON["name"],
                "client_id": SINGLE_SIGN_ON["client"],
                "secret": SINGLE_SIGN_ON["secret"],
                "settings": {"server_url": SINGLE_SIGN_ON["url"]},
            }
        ]
        if SINGLE_SIGN_ON
        else [],
    }
}
LOGIN_URL = "/sign-in"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/sign-in"

STATIC_URL = "/static/"
STATICFILES_DIRS = [PACKAGE / part / "static" for part in ("console", "booking", "api", "watch")]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "videos": videos(ENV),
}

CACHES = {"default": {"BACKEND": "answerback.store.shared_cache.SharedCache"}}

USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español")]
LOCALE_PATHS = [PACKAGE / "console" / "locale"]
FORMAT_MODULE_PATH = "answerback.console.formats"
CSRF_FAILURE_VIEW = "answerback.server.failures.not_from_here"
LANGUAGE_COOKIE_SAMESITE = "Lax"

HTTPS = PUBLIC_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0  # Browsers that came by TLS once come by nothing else.
SESSION_ENGINE = "answerback.store.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if PUBLIC_URL else []
if TRUSTED_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Join links and new passwords go out by the same mail server as invitations; without one nothing is mailed.
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if MAIL else 'dummy'}.EmailBackend"
EMAIL_HOST, EMAIL_PORT = MAIL.get("host", ""), int(MAIL.get("port", "25"))
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL.get("username", ""), MAIL.get("password", "")
EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL.get("security") == "starttls", MAIL.get("security") == "tls"
EMAIL_TIMEOUT = 15
DEFAULT_FROM_EMAIL = MAIL.get("sender", "answerback@localhost")

DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "text": {"()": "answerback.server.logs.Text"},
        "json": {"()": "answerback.server.logs.Json"},
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": ENV.log_format}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "answerback": {"level": ENV.log_level},
        "answerback.adapters.simulator": {"level": "WARNING"},
        "django.request": {"level": "ERROR"},
        "httpx": {"level": "WARNING"},
    },
}

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "tasks"
PROCRASTINATE_IMPORT_PATHS = ["answerback.workflow.tasks"]
