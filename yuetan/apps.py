"""The one app."""

from django.apps import AppConfig

from yuetan.database.base import DatabaseWrapper


class YuetanConfig(AppConfig):
    """约谈."""

    name = "yuetan"
    verbose_name = "约谈"

    def ready(self) -> None:
        """From now on whatever commits is sealed; before there are no models to seal rows of."""
        from yuetan.sealing import seal_before_commit  # noqa: PLC0415 - models cannot be imported any earlier

        DatabaseWrapper.before_commit = staticmethod(seal_before_commit)
