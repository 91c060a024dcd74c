"""Who owns the tables: another role than the program's, for `migrate` and for what empties or fills a database."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress

from django.conf import settings
from django.db import DatabaseError, connection


@contextmanager
def as_owner() -> Iterator[None]:
    """Inside, the connection is the owner's; where no owner is named it stays who it is."""
    usual = {key: connection.settings_dict[key] for key in settings.DATABASE_OWNER}
    if usual == settings.DATABASE_OWNER:
        with _as_who_logged_in():
            yield
        return
    _reconnect(settings.DATABASE_OWNER)
    try:
        yield
    finally:
        _reconnect(usual)


def _reconnect(login: Mapping[str, str]) -> None:
    connection.close()
    for key, value in login.items():
        connection.settings_dict[key] = value


@contextmanager
def _as_who_logged_in() -> Iterator[None]:
    """As the role that logged in, whatever role it took since."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        row = cursor.fetchone()
        cursor.execute("SET ROLE NONE")
    try:
        yield
    finally:
        with suppress(DatabaseError), connection.cursor() as cursor:  # a transaction that failed takes it back itself
            cursor.execute("SELECT set_config('role', %s, false)", [row[0] if row else "none"])
