"""The last landed state is upgraded as an installation would be: its tables and rows, by `migrate` and `load`.

`script/dump_schema` writes `last_landed.sql.xz`; docs/architecture.md says when.
"""

import lzma
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from tests import consistency
from tests.office_database import owner_cursor, take_role
from tests.past_triggers import past_triggers
from yuetan import grants, permissions
from yuetan.actions.record.verify_record import Counts, record_faults
from yuetan.embedded_database import APPLICATION
from yuetan.models import Case, Document, Event, Letter
from yuetan.models.letter.letter import LetterGroupPermission
from yuetan.models.people.user import role_group_name
from yuetan.vocabulary import CaseState, Role

LAST_LANDED = Path(__file__).parent / "last_landed.sql.xz"


@contextmanager
def scratch_database() -> Iterator[None]:
    """Lead the default connection to an empty database for a while."""
    usual, name = connection.settings_dict["NAME"], connection.settings_dict["NAME"] + "_upgraded"
    lead_to(usual)
    take_role("none")
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


@pytest.fixture
def last_landed(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    """The default connection leads to the last landed state, as yet untouched by this version."""
    with django_db_blocker.unblock(), scratch_database():
        with connection.cursor() as cursor:
            cursor.execute(text_of_dump())
        connection.close()  # pg_dump leaves the search path empty
        yield


def text_of_dump() -> str:
    return lzma.decompress(LAST_LANDED.read_bytes()).decode()


def test_the_last_landed_state_is_upgraded(last_landed):
    def written() -> tuple[list[object], ...]:
        return tuple(list(rows.order_by("pk").values_list()) for rows in (Event.objects, Document.objects))

    call_command("migrate", verbosity=0)
    before = written()
    with time_machine.travel(Event.objects.latest("created_at").created_at):
        call_command("load")
        assert consistency.check_all() == Case.objects.count() > len(CaseState)
        assert_roles_as_the_table_wants()
        assert_letters_as_the_table_wants()
    assert written() == before
    assert all(before)
    assert_all_is_sealed()


def assert_all_is_sealed() -> None:
    """What was there before there were seals is sealed as it was found; what `load` wrote, when it was committed."""
    counts = Counts()
    assert [str(fault) for fault in record_faults(counts)] == []
    assert counts.rows > Event.objects.count()


def assert_roles_as_the_table_wants() -> None:
    for role in Role:
        held = Group.objects.get(name=role_group_name(role)).permissions.values_list("codename", flat=True)
        assert set(held) == {p.codename for p in permissions.PERMISSIONS if role in p.roles}


def assert_letters_as_the_table_wants() -> None:
    granted = set(LetterGroupPermission.objects.values_list("pk", flat=True))
    for letter in Letter.objects.all():
        grants.follow_letter(letter)
    assert set(LetterGroupPermission.objects.values_list("pk", flat=True)) == granted != set()


def test_the_dump_opens_no_account():
    assert not re.search("pbkdf2|md5\\$|argon2|bcrypt|scrypt", text_of_dump())


def test_a_database_from_before_the_first_release_is_refused_in_one_sentence(db):
    with past_triggers():
        MigrationRecorder(connection).record_applied("yuetan", "0001_initial")
    applied = MigrationRecorder(connection).applied_migrations()
    with pytest.raises(CommandError) as error:
        call_command("migrate", verbosity=0)
    assert str(error.value) == (
        "这个数据库是首次发布之前的版本建立的，本版本不能接收其中的数据：请先停止网站，"
        f"移走 {settings.VAR / 'postgres'}（或让 DATABASE_URL 指向一个空的数据库），再重新运行。"
    )
    assert MigrationRecorder(connection).applied_migrations().keys() == applied.keys()
