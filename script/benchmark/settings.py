"""Our settings with Django's admin beside our pages, for it is one of those we are compared with."""

from yuetan.settings import *  # noqa: F403
from yuetan.settings import INSTALLED_APPS as OURS

INSTALLED_APPS = [*OURS, "django.contrib.admin.apps.SimpleAdminConfig"]
ROOT_URLCONF = "benchmark.urls"
ALLOWED_HOSTS = ["testserver"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_ROOT = BASE_DIR / "static"  # noqa: F405 - WhiteNoise warns of a folder that is not there
