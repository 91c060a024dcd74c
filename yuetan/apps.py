"""The one app."""

from django.apps import AppConfig


class YuetanConfig(AppConfig):
    """约谈."""

    name = "yuetan"
    verbose_name = "约谈"
