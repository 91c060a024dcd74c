"""Settings: everything an installation may vary comes from the environment."""

import os
import re
import shutil
from ipaddress import ip_network
from pathlib import Path
from typing import cast

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key

from yuetan import embedded_database

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

VAR = Path(env.str("YUETAN_VAR", default="") or BASE_DIR / "var")
os.environ.setdefault("FONTCONFIG_FILE", str(VAR / "fonts" / "fonts.conf"))
# Without one a new key is made for every process: nothing is signed with a key that anybody could know.
SECRET_KEY = env.str("YUETAN_SECRET_KEY", default="") or get_random_secret_key()
if not SECRET_KEY.isascii():
    raise ImproperlyConfigured("YUETAN_SECRET_KEY 还是样例里的文字：请换成自己的一串随机字符，只用字母、数字和 - _。")
DEBUG = env.bool("YUETAN_DEBUG", default=False)
# The machine itself may ask too, whatever the site is called outside: that is how /ready/ is watched.
ALLOWED_HOSTS = [*env.list("YUETAN_ALLOWED_HOSTS", default=[]), "127.0.0.1", "localhost", "[::1]"]
HTTPS = env.bool("YUETAN_HTTPS", default=False)
# Proxies that are believed from where a request came: addresses, networks, and `unix` for a socket of this machine.
_proxies = [name.strip() for name in env.list("YUETAN_TRUSTED_PROXIES", default=[]) if name.strip()]
TRUST_LOCAL_SOCKET = "unix" in _proxies
try:
    TRUSTED_PROXIES = [ip_network(name) for name in _proxies if name != "unix"]
except ValueError as error:
    raise ImproperlyConfigured(f"YUETAN_TRUSTED_PROXIES 应为地址或者网段，以逗号分隔：{error}。") from error

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "django_fsm",
    "guardian",
    "axes",
    "csp",
    "django_htmx",
    "django_filters",
    "yuetan",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "yuetan.views.frame.source_address.SourceAddressMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "yuetan.views.frame.compression.CompressionMiddleware",
    "yuetan.views.frame.caching.NoStoreMiddleware",
    "yuetan.views.frame.methods.MethodMiddleware",
    "yuetan.views.frame.uploads.UploadMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "yuetan.views.frame.sights.SightMiddleware",
    "yuetan.views.frame.body_limit.BodyLimitMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "yuetan.views.frame.sessions.SlidingSessionMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "yuetan.views.frame.account_gate.AccountGateMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "yuetan.views.frame.reading.ReadOnceMiddleware",
    "yuetan.views.frame.errors.RefusalMiddleware",
    "yuetan.views.frame.reauthentication.ReauthenticationMiddleware",
    "yuetan.views.frame.form_key.FormKeyMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "yuetan.views.frame.navigation.page",
                "yuetan.views.law.help.page_help",
            ],
            "builtins": ["yuetan.templatetags.official"],
        },
    }
]

ROOT_URLCONF = "yuetan.urls"
WSGI_APPLICATION = "yuetan.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"


def _database_address(name: str) -> dict[str, object]:
    """What an address of a database says; a password with a sign that addresses use otherwise makes another of it."""
    try:
        address = env.db(name)
    except ValueError:
        address = {}
    if "postgresql" not in address.get("ENGINE", "") or not address["NAME"] or set("/@") & set(address["NAME"]):
        raise ImproperlyConfigured(
            f"{name} 应写成 postgres://账户:口令@主机:端口/库名。口令里除字母、数字和 - . _ ~ 以外的字符，"
            "须写成百分号和编码，如 @ 写成 %40，/ 写成 %2F，# 写成 %23，% 写成 %25。"
        )
    return dict(address)


_is_own = bool(os.environ.get("DATABASE_URL"))
DATABASES = {"default": _database_address("DATABASE_URL") if _is_own else embedded_database.settings()}
# A server that does not answer is away after some seconds, not after the minutes of TCP.
_options = cast(dict[str, object], DATABASES["default"].setdefault("OPTIONS", {}))
_options |= {"connect_timeout": 5, "tcp_user_timeout": 15_000}
# Who owns the tables: `manage.py migrate` works as that role, everything else as one that can undo nothing decided.
DATABASE_OWNER, APPLICATION_ROLE = embedded_database.owner(), embedded_database.APPLICATION
_owner_url = os.environ.get("YUETAN_OWNER_DATABASE_URL")
if _is_own:
    _owner = _database_address("YUETAN_OWNER_DATABASE_URL") if _owner_url else {}
    if _owner and _owner["NAME"] != DATABASES["default"]["NAME"]:
        raise ImproperlyConfigured("YUETAN_OWNER_DATABASE_URL 应与 DATABASE_URL 是同一个数据库，只有账户不同。")
    DATABASE_OWNER = {key: str(_owner[key]) for key in ("USER", "PASSWORD", "HOST", "PORT") if _owner}
    APPLICATION_ROLE = str(DATABASES["default"]["USER"])
elif _owner_url:
    raise ImproperlyConfigured("设了 YUETAN_OWNER_DATABASE_URL，还须设 DATABASE_URL。")
DATABASES["default"]["ENGINE"] = "yuetan.database"
DATABASES["default"]["CONN_MAX_AGE"] = 60
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASES["default"]["ATOMIC_REQUESTS"] = False
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "yuetan.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "guardian.backends.ObjectPermissionBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "yuetan.models.people.password_rules.UnlikeTheName",
        "OPTIONS": {"user_attributes": ("username", "name", "email")},
    },
    {"NAME": "yuetan.models.people.password_rules.LongEnough"},
    {"NAME": "yuetan.models.people.password_rules.OfSeveralKinds"},
    {"NAME": "yuetan.models.people.password_rules.Uncommon"},
    {"NAME": "yuetan.models.people.password_rules.NoWordOfTheOffice"},
    {"NAME": "yuetan.models.people.password_rules.NotDigitsAlone"},
    {"NAME": "yuetan.models.people.password_rules.NotUsedOfLate"},
]
ANONYMOUS_USER_NAME = None
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "login"

AXES_CLIENT_IP_CALLABLE = "yuetan.views.frame.source_address.source_address"
AXES_LOCK_OUT_AT_FAILURE = False  # it keeps the log of log-ins; how often is tried, actions/people/login.py counts
AXES_ENABLE_ACCESS_FAILURE_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
SILENCED_SYSTEM_CHECKS = ["axes.W002", "axes.W003"]  # of the lock-out that is not used

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = VAR / "files"
ANCHORS = VAR / "anchors"
STORAGES = {
    "default": {"BACKEND": "yuetan.file_storage.DurableFiles"},
    "staticfiles": {
        "BACKEND": "yuetan.static_storage.HashedStaticFiles"
        if env.bool("YUETAN_HASHED_STATIC", default=False)
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not env.bool("YUETAN_HASHED_STATIC", default=False)
# Where clamd listens, unix:/run/clamav/clamd.ctl or host:port; without it nothing is scanned, and pages say so.
CLAMD = env.str("YUETAN_CLAMD", default="")
if CLAMD and not re.fullmatch(r"unix:/.+|[^/]+:\d+", CLAMD):
    raise ImproperlyConfigured(f"YUETAN_CLAMD 应为 unix:/路径 或者 主机:端口，现为“{CLAMD}”。")
# LibreOffice, to show Office files in the page; found by itself where it is installed, and "no" is without.
SOFFICE = env.str("YUETAN_SOFFICE", default="") or shutil.which("soffice") or ""
# The function that seals a PDF, yuetan.documents.pkcs12_seal.seal or a vendor's own; without it nothing is sealed.
SEAL = env.str("YUETAN_SEAL", default="")
SEAL_CERTIFICATE = env.str("YUETAN_SEAL_CERTIFICATE", default="")
SEAL_PASSWORD_FILE = env.str("YUETAN_SEAL_PASSWORD_FILE", default="")
SEAL_PICTURE = env.str("YUETAN_SEAL_PICTURE", default="")
# Where `manage.py backup` and the daily run back up to, for which age keys it is encrypted, and how many are kept.
BACKUP_FOLDER = env.str("YUETAN_BACKUP", default="")
BACKUP_KEYS = env.list("YUETAN_BACKUP_KEYS", default=[])
BACKUP_MOST = env.int("YUETAN_BACKUP_MOST", default=30)
FIXTURES = BASE_DIR / "fixtures"
# What is of one office: its names, the law it carries out, its units and settings; the one that comes with the product
# is 江门's.
OWN_PACK = FIXTURES
PACK = BASE_DIR / (env.str("YUETAN_PACK", default="") or OWN_PACK)
OWN_REGULATIONS = (
    VAR / "regulations"
)  # texts of the law that the office enters itself, in the form of those in FIXTURES
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
DATA_UPLOAD_MAX_NUMBER_FILES = 100  # also said on pages, and refused in the browser before anything is sent
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
MAX_REQUEST_MEGABYTES = env.int("YUETAN_MAX_REQUEST_MEGABYTES", default=300)  # of somebody who is logged in

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "object-src": [NONE],
        "style-src": [SELF],
        "script-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    feature: [] for feature in ("camera", "geolocation", "microphone", "payment", "usb")
}
X_FRAME_OPTIONS = "DENY"
SESSION_ENGINE = "yuetan.views.frame.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
# Under https a browser takes such a cookie from this host alone: no neighbour in its domain can set it.
_this_host = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{_this_host}sessionid", f"{_this_host}csrftoken"
MESSAGE_COOKIE_NAME, BROWSER_COOKIE_NAME = f"{_this_host}messages", f"{_this_host}yuetan_browser"
MESSAGE_STORAGE = "yuetan.views.frame.message_cookie.MessageStorage"
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^ready/$"]  # asked on the machine itself
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"one_line": {"()": "yuetan.rules.text.log_lines.LogLine"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "one_line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
# Ways out of the house for 站内消息, each off unless an installation names it. EMAIL_URL as django-environ writes it.
ALERT_MAIL = bool(env.str("YUETAN_EMAIL_URL", default=""))
_mail = env.email_url("YUETAN_EMAIL_URL") if ALERT_MAIL else {}
EMAIL_HOST, EMAIL_PORT = _mail.get("EMAIL_HOST", "localhost"), _mail.get("EMAIL_PORT", 25)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.get("EMAIL_HOST_USER", ""), _mail.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.get("EMAIL_USE_TLS", False), _mail.get("EMAIL_USE_SSL", False)
DEFAULT_FROM_EMAIL = env.str("YUETAN_EMAIL_FROM", default="yuetan@localhost")
EMAIL_TIMEOUT = 10
ALERT_WEBHOOK = env.str("YUETAN_WEBHOOK_URL", default="")
ALERT_WEBHOOK_SECRET = env.str("YUETAN_WEBHOOK_SECRET", default="")
# Logging in by an OpenID Connect provider (统一身份认证); off unless an installation names one.
OIDC_ISSUER = env.str("YUETAN_OIDC_ISSUER", default="").rstrip("/")
OIDC_CLIENT_ID = env.str("YUETAN_OIDC_CLIENT_ID", default="")
OIDC_CLIENT_SECRET = env.str("YUETAN_OIDC_CLIENT_SECRET", default="")
OIDC_CLAIM = env.str("YUETAN_OIDC_CLAIM", default="preferred_username")  # which claim is the account here
OIDC_NAME = env.str("YUETAN_OIDC_NAME", default="统一身份认证") if OIDC_ISSUER else ""
if OIDC_ISSUER and not (OIDC_CLIENT_ID and OIDC_CLIENT_SECRET):
    raise ImproperlyConfigured("设了 YUETAN_OIDC_ISSUER，还须设 YUETAN_OIDC_CLIENT_ID 和 YUETAN_OIDC_CLIENT_SECRET。")
# How the site is reached from outside, such as https://yuetan.example: it goes into the QR code of issued papers.
PUBLIC_URL = env.str("YUETAN_PUBLIC_URL", default="").rstrip("/")
CSRF_FAILURE_VIEW = "yuetan.views.frame.errors.csrf_failure"
