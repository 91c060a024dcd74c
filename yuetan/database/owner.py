"""Who owns the tables: another role than the program's, for `migrate` and for what empties or fills a database."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress

from django.conf import settings
from django.db import DatabaseError, connection

# Who can make himself the owner, or is one of the database, of a table or of what numbers its rows.
_OWNS = """
    SELECT rolsuper OR rolcreaterole
        OR EXISTS (SELECT FROM pg_database AS d
            WHERE d.datname = current_database() AND pg_has_role(r.oid, d.datdba, 'MEMBER'))
        OR EXISTS (SELECT FROM pg_class AS c
            WHERE c.relnamespace = 'public'::regnamespace AND pg_has_role(r.oid, c.relowner, 'MEMBER'))
    FROM pg_roles AS r WHERE rolname = current_user
"""


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


def owns_tables() -> bool:
    """Whether whoever is connected owns the database or a table, or could make himself the owner."""
    with connection.cursor() as cursor:
        cursor.execute(_OWNS)
        row = cursor.fetchone()
    return bool(row and row[0])


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
