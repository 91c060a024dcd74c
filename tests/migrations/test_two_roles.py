"""A server of the office's own: `migrate` works as the owner of the tables, everything else as the program's role."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg2
import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection

from tests.past_triggers import past_triggers
from tests.scratch_database import lead_to
from tests.web import Visitor
from yuetan import embedded_database
from yuetan.actions.backup.backup import folder_at, make_backup
from yuetan.actions.backup.restore import refuse_if_in_use
from yuetan.errors import BackupFailed
from yuetan.loading.privileges import OWNS, allowed, follow_privileges, held_privileges, privilege_warnings
from yuetan.models import OfficeSetting

OWNER, PROGRAM, DATABASE = "test_two_roles_owner", "test_two_roles_program", "test_two_roles"


def execute(*statements: str) -> None:
    """As the superuser of the test server, whoever the connection of the program logs in as."""
    where = {"host": connection.settings_dict["HOST"], "port": connection.settings_dict["PORT"]}
    server = psycopg2.connect(**where, dbname="postgres", user=embedded_database.NAME)
    server.autocommit = True  # as CREATE DATABASE asks for
    with closing(server), server.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@contextmanager
def own_server() -> Iterator[None]:
    """An empty database of two plain roles, to which the program logs in as DATABASE_URL would have it."""
    usual = {key: connection.settings_dict[key] for key in ("NAME", "USER", "OPTIONS")}
    connection.close()
    gone = (f"DROP DATABASE IF EXISTS {DATABASE}", f"DROP ROLE IF EXISTS {PROGRAM}", f"DROP ROLE IF EXISTS {OWNER}")
    execute(*gone, f"CREATE ROLE {OWNER} LOGIN", f"CREATE DATABASE {DATABASE} OWNER {OWNER}")
    try:
        connection.settings_dict["USER"] = PROGRAM
        connection.settings_dict["OPTIONS"] = {key: usual["OPTIONS"][key] for key in ("connection_factory",)}
        lead_to(DATABASE)
        yield
    finally:
        connection.settings_dict["USER"], connection.settings_dict["OPTIONS"] = usual["USER"], usual["OPTIONS"]
        lead_to(usual["NAME"])
        execute(*gone)


def migrated() -> None:
    call_command("migrate", verbosity=0)


# Conditions are left out: those of a dump are read from another text, and are written with other brackets.
STRUCTURE = """
    WITH ours AS (SELECT * FROM pg_class WHERE relnamespace = 'public'::regnamespace AND NOT relispartition)
    SELECT 'column', ours.relname, attname, format_type(atttypid, atttypmod), attnotnull::text, attgenerated::text
    FROM ours JOIN pg_attribute ON attrelid = ours.oid AND attnum > 0 AND NOT attisdropped AND relkind IN ('r', 'p')
    UNION ALL SELECT 'index', ours.relname, indrelid::regclass::text, indisunique::text, (indpred IS NULL)::text, ''
    FROM ours JOIN pg_index ON indexrelid = ours.oid
    UNION ALL SELECT 'constraint', ours.relname, conname, contype::text, condeferrable::text, confdeltype::text
    FROM ours JOIN pg_constraint ON conrelid = ours.oid
    UNION ALL SELECT 'trigger', ours.relname, tgname, tgfoid::regproc::text, tgtype::text, tgenabled::text
    FROM ours JOIN pg_trigger ON tgrelid = ours.oid AND NOT tgisinternal
    UNION ALL SELECT 'function', proname, prosrc, prosecdef::text, proconfig::text, ''
    FROM pg_proc WHERE pronamespace = 'public'::regnamespace
"""


def structure() -> set[tuple[str, ...]]:
    """Every column, index, constraint, trigger and function, but for partitions, of which there is one a month."""
    with connection.cursor() as cursor:
        cursor.execute(STRUCTURE)
        return set(cursor.fetchall())


@pytest.mark.django_db(transaction=True)
def test_a_server_of_ones_own_from_its_first_migration_on(office, monkeypatch, tmp_path):
    monkeypatch.setattr(settings, "DATABASE_OWNER", {"USER": OWNER})
    monkeypatch.setattr(settings, "APPLICATION_ROLE", PROGRAM)
    usual = structure()  # of the tables that every test has
    with own_server():
        with pytest.raises(CommandError, match=f"没有 DATABASE_URL 所用的账户 {PROGRAM}"):
            migrated()
        execute(f"CREATE ROLE {PROGRAM} LOGIN")
        migrated()
        assert connection.settings_dict["USER"] == PROGRAM
        call_command("load", verbosity=0)
        assert held_privileges(PROGRAM) == {table: allowed(table) for table in held_privileges(PROGRAM)}
        assert list(privilege_warnings()) == []
        assert structure() ^ usual == set()
        with pytest.raises(ProgrammingError), connection.cursor() as cursor:
            cursor.execute("TRUNCATE yuetan_alert")

        # The program backs up by its own role, with the months of 查阅记录 that begin after the last upgrade.
        with connection.cursor() as cursor:
            cursor.execute("SELECT yuetan_make_sight_month('2031-05-01')")
        assert held_privileges(PROGRAM)["yuetan_sight_2031_05"] == allowed("yuetan_sight_2031_05")
        assert make_backup(folder_at(str(tmp_path))).sums_sha256

        # Without the owner's word nothing is changed: neither by an upgrade nor by emptying.
        monkeypatch.setattr(settings, "DATABASE_OWNER", {})
        migrated()
        with pytest.raises(BackupFailed, match="现在的账户不是所有者"):
            refuse_if_in_use()
        as_owner_of_tables(f"GRANT TRUNCATE ON yuetan_alert TO {PROGRAM}")
        assert "yuetan_alert" in next(privilege_warnings())
        with pytest.raises(CommandError, match="YUETAN_OWNER_DATABASE_URL"):
            migrated()
        monkeypatch.setattr(settings, "DATABASE_OWNER", {"USER": OWNER})
        migrated()
        assert list(privilege_warnings()) == []

        # Who may become the owner keeps nothing either.
        execute(f"GRANT {OWNER} TO {PROGRAM}")
        assert list(privilege_warnings()) == [OWNS]
        assert OfficeSetting.objects.exists()


def as_owner_of_tables(statement: str) -> None:
    connection.settings_dict["USER"], usual = OWNER, connection.settings_dict["USER"]
    connection.close()
    with connection.cursor() as cursor:
        cursor.execute(statement)
    connection.settings_dict["USER"] = usual
    connection.close()


def test_with_one_role_those_who_watch_over_the_record_are_warned(sysadmin, auditor, officer):
    for person in (sysadmin, auditor):
        assert "YUETAN_OWNER_DATABASE_URL" not in Visitor(person).open("/")
    with past_triggers():
        for person in (sysadmin, auditor):
            assert "数据库拦不住对已定记录的改动" in Visitor(person).open("/")
        assert "YUETAN_OWNER_DATABASE_URL" not in Visitor(officer).open("/")


def test_a_role_that_is_not_there_is_named(db, monkeypatch):
    monkeypatch.setattr(settings, "APPLICATION_ROLE", "nobody_of_this_name")
    with pytest.raises(ImproperlyConfigured, match="createuser nobody_of_this_name"):
        follow_privileges()


def test_whoever_finds_a_server_whose_program_role_is_not_yet_made_makes_it():
    """It answers some moments before: so a site was once refused by its own database at its very first start."""
    where = {"host": connection.settings_dict["HOST"], "port": connection.settings_dict["PORT"]}
    server = psycopg2.connect(**where, dbname="postgres", user=embedded_database.NAME)
    with closing(server), server.cursor() as cursor:
        cursor.execute("SHOW data_directory")
        made = Path(cursor.fetchone()[0]) / f"{embedded_database.APPLICATION}.made"
    assert made.exists()
    made.unlink()
    embedded_database.ensure_running()
    assert made.exists()
