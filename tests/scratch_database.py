"""An empty database for a while: to be upgraded, or restored into."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection

from tests.office_database import owner_cursor, take_role
from yuetan.embedded_database import APPLICATION


@contextmanager
def scratch_database() -> Iterator[None]:
    """Lead the default connection to an empty database for a while."""
    usual, name = connection.settings_dict["NAME"], connection.settings_dict["NAME"] + "_upgraded"
    lead_to(usual)
    take_role("none")  # whoever owns the tables
    with owner_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        cursor.execute(f'CREATE DATABASE "{name}"')
        try:
            lead_to(name)
            yield
        finally:
            lead_to(usual)
            take_role(APPLICATION)
            cursor.execute(f'DROP DATABASE "{name}"')


def lead_to(name: str) -> None:
    connection.close()
    ContentType.objects.clear_cache()  # another database, other keys
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name
