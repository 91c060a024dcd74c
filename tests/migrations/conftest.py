"""What the tests of migrations share."""

import pytest

from tests.migrations.schema import Schema, schema


@pytest.fixture(scope="module")
def made_anew(django_db_setup: None, django_db_blocker: object) -> Schema:
    """What every test stands on: tables that were made at once, of no earlier version."""
    with django_db_blocker.unblock():
        return schema()
