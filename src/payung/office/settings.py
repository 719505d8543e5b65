"""Django settings of the office. What differs between installations comes from ``service.environment``."""

from __future__ import annotations

from pathlib import Path

from payung.office.service import environment, logs

ENVIRONMENT = environment.read()
HOME = ENVIRONMENT.home
HERE = Path(__file__).parent

SECRET_KEY = ENVIRONMENT.key("django").hex()
FIELD_KEY = ENVIRONMENT.key("fields")
INDEX_KEY = ENVIRONMENT.key("blind index")
DEBUG = ENVIRONMENT.debug
ALLOWED_HOSTS = list(ENVIRONMENT.hosts)
SECOND_FACTOR_REQUIRED = ENVIRONMENT.second_factor
# A page of a fault never shows settings or what variables held, debugging or not.
DEFAULT_EXCEPTION_REPORTER_FILTER = "payung.office.service.faults.ShowsNoValues"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "payung.office.desk",
    "payung.office.history",
    "payung.office.regions",
    "payung.office.accounts",
    "payung.office.jobs",
    "payung.office.exports",
    "payung.office.people",
    "payung.office.posts",
    "payung.office.cards",
    "payung.office.submissions",
    "payung.office.suggestions",
    "payung.office.answers",
    "payung.office.duplicates",
    "payung.office.letters",
    "payung.office.programme",
    "payung.office.exchange",
    "payung.office.months",
    "payung.office.scenarios",
    "payung.office.changes",
    "payung.office.bills",
    "payung.office.arrears",
    "payung.office.reconciliation",
    "payung.office.clinics",
    "payung.office.cases",
    "payung.office.deaths",
    "payung.office.scholarships",
    "payung.office.patterns",
    "payung.office.insight",
    "payung.office.policies",
    "payung.office.donors",
    "payung.office.reports",
    "payung.office.mortality",
    "payung.office.api",
    "payung.office.check",
    "payung.office.notices",
    "payung.office.handbook",
    "payung.office.front",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
]

MIDDLEWARE = [
    "payung.office.service.requests.Numbered",
    "payung.office.desk.middleware.SecurityHeaders",
    "payung.office.service.requests.Answers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "payung.office.desk.middleware.Compressed",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "payung.office.accounts.middleware.SignedIn",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "payung.office.accounts.middleware.ChosenLanguage",
    "payung.office.accounts.middleware.RulesOfPages",
    "payung.office.access.facts.AskedOnce",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "payung.office.urls"
WSGI_APPLICATION = "payung.office.wsgi.application"
DATABASES = {"default": ENVIRONMENT.database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "desk" / "templates"],  # first, so that ours stand before those of allauth
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "payung.office.accounts.context.person_at_the_keyboard",
            ],
            "builtins": ["payung.office.desk.templatetags.desk"],
        },
    }
]

# Accounts

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "payung.office.accounts.hashers.FewAtATime",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"payung.office.accounts.passwords.{rule}"}
    for rule in ("Long", "Unlike", "Uncommon", "NotANumber", "Another")
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "payung.office.accounts.adapter.OfficeAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_RATE_LIMITS = False  # django-axes counts, in the database and for all processes
ACCOUNT_SESSION_REMEMBER = False
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Payung"
ACCOUNT_FORMS = {"change_password": "payung.office.accounts.codes.ChangePassword"}
MFA_FORMS = {
    "authenticate": "payung.office.accounts.codes.Authenticate",
    "reauthenticate": "payung.office.accounts.codes.Reauthenticate",
}
MFA_TOTP_TOLERANCE = 1  # steps of 30 seconds that the clocks of phone and server may differ
MFA_ADAPTER = "payung.office.accounts.adapter.SecondFactorAdapter"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "payung.office.accounts.adapter.who_tries"
AXES_LOCKOUT_TEMPLATE = "account/locked.html"
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # a lock ends when it said that it would
AXES_CLIENT_IP_CALLABLE = "payung.office.service.requests.address_of"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_IDLE = ENVIRONMENT.idle * 60  # seconds without a page, for whoever sees names
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENVIRONMENT.https
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.https else None
SECURE_HSTS_SECONDS = 31_536_000 if ENVIRONMENT.https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = ENVIRONMENT.https
# Set by this host over HTTPS for all of its paths: no neighbour under the same domain can set or read them.
_HOST = "__Host-" if ENVIRONMENT.https else ""
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{_HOST}sessionid", f"{_HOST}csrftoken"
SECURE_REFERRER_POLICY = "same-origin"
CSRF_FAILURE_VIEW = "payung.office.front.faults.csrf_failure"
SILENCED_SYSTEM_CHECKS = [
    "security.W004",  # HSTS and
    "security.W012",  # secure cookies and
    "security.W016",  # are switched on by PAYUNG_HTTPS=1
    "security.W008",  # the proxy in front redirects to HTTPS
]

# Language: Indonesian unless the person chose English; what the browser prefers is not asked.

LANGUAGE_CODE = "id"  # that of Django's own formats; the language of a page is chosen by the person
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "bahasa"
USE_I18N = True
USE_TZ = True
TIME_ZONE = ENVIRONMENT.timezone

# Files

STATIC_URL = "static/"
STATIC_ROOT = HERE / "served"  # made by `payung assets`, the same for every installation on this machine
WHITENOISE_USE_FINDERS = not (STATIC_ROOT / "staticfiles.json").exists()
# Installed by one user, served by another: styles hold no secret.
READABLE = {"file_permissions_mode": 0o644, "directory_permissions_mode": 0o755}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if WHITENOISE_USE_FINDERS
        else "whitenoise.storage.CompressedManifestStaticFilesStorage",
        "OPTIONS": READABLE,
    },
}
CHAIN_FILE = HOME / "riwayat" / "rantai.txt"  # links of the history, to be printed and kept elsewhere
MEDIA_ROOT = HOME / "uploads"  # never served: a file is handed out by a page that has a rule
UPLOAD_LIMIT = 30 * 1024 * 1024  # bytes a file
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600

LOGGING = logs.settings(ENVIRONMENT.log)

# What workers of this machine must know of each other: a code of the second factor counts once.

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": HOME / "cache",
        "OPTIONS": {"MAX_ENTRIES": 5000},
    }
}

KEEP_FIGURES = True  # until the next deed of the office (payung.office.insight.kept)
FIGURES_COUNTED_APART = (
    10_000  # people from which on a job counts the figures (payung.office.insight.tallies)
)

# Mail, for notices to the administrator.

if ENVIRONMENT.mail is None:
    EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
else:
    EMAIL_HOST, EMAIL_PORT = ENVIRONMENT.mail.host, ENVIRONMENT.mail.port
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = ENVIRONMENT.mail.user, ENVIRONMENT.mail.password
    EMAIL_USE_TLS = ENVIRONMENT.mail.encryption == "starttls"
    EMAIL_USE_SSL = ENVIRONMENT.mail.encryption == "smtps"
    EMAIL_TIMEOUT = 20  # seconds
    DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENVIRONMENT.mail.sender
