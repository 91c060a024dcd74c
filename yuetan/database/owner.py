"""Who owns the tables: another role than the program's, used by `manage.py migrate` alone."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection


@contextmanager
def as_owner() -> Iterator[None]:
    """Inside, the connection is the owner's; where it is so anyway, or no owner is named, nothing changes."""
    usual = {key: connection.settings_dict[key] for key in settings.DATABASE_OWNER}
    if usual == settings.DATABASE_OWNER:
        yield
        return
    _reconnect(settings.DATABASE_OWNER)
    try:
        yield
    finally:
        _reconnect(usual)


def _reconnect(login: dict[str, str]) -> None:
    connection.close()
    for key, value in login.items():
        connection.settings_dict[key] = value
