"""manage.py migrate."""

from collections.abc import Iterator
from contextlib import contextmanager

import django_fsm
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.db.models.signals import ModelSignal

from yuetan import tallies
from yuetan.database.owner import as_owner, owns_tables
from yuetan.loading import destruction_function
from yuetan.loading.privileges import follow_privileges, privilege_warnings
from yuetan.loading.sealed_triggers import follow_sealed_tables, follow_verbs, last_changed_row, unknown_verbs
from yuetan.models.record.sealed_tables import SEALED_TABLES
from yuetan.sealing import sealing_put_off

BEFORE_FIRST_RELEASE = ("yuetan", "0001_initial")


NEEDS_OWNER = "本版本要改动数据库的表，而现在的账户不是所有者：请以 YUETAN_OWNER_DATABASE_URL 写明所有者，再运行一次。"


class Command(migrate.Command):
    """Django's own, as the owner of the tables; afterwards what the database holds of the record equals the code."""

    def handle(self, *args: object, **options: object) -> None:
        """Migrate; raises CommandError, which says what to do, where that cannot be."""
        sealed: dict[str, int] = {}
        with as_owner():
            _refuse_before_first_release(str(options["database"]))
            if not _is_for_another():
                sealed = self._migrate(*args, **options)
        for warning in privilege_warnings():
            self.stderr.write(self.style.WARNING(f"！！ {warning}"))
        if any(sealed.values()):
            kept = "、".join(f"{SEALED_TABLES[table].label} {number} 行" for table, number in sealed.items() if number)
            self.stdout.write(f"已有记录从现在起封存（此前的改动无从查验）：{kept}")

    def _migrate(self, *args: object, **options: object) -> dict[str, int]:
        changed_before = last_changed_row()
        with sealing_put_off(), _no_transitions_collected():
            super().handle(*args, **options)
            sealed = follow_sealed_tables(changed_before)
        tallies.write_function()
        destruction_function.write_function()
        follow_verbs()
        try:
            follow_privileges()
        except ImproperlyConfigured as problem:
            raise CommandError(str(problem)) from problem
        return sealed


@contextmanager
def _no_transitions_collected() -> Iterator[None]:
    """No model of a past state has transitions, yet each of its fields would look for some in every later model.

    They were four fifths of the time of a long upgrade.
    """
    prepared = django_fsm.class_prepared
    django_fsm.class_prepared = ModelSignal()
    try:
        yield
    finally:
        django_fsm.class_prepared = prepared


def _is_for_another() -> bool:
    """Whether only the owner could change anything, and nothing need be; raises CommandError if something must."""
    if owns_tables() or not connection.introspection.table_names():
        return False
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()) or unknown_verbs() or any(privilege_warnings()):
        raise CommandError(NEEDS_OWNER)
    return True


def _refuse_before_first_release(database: str) -> None:
    if BEFORE_FIRST_RELEASE in MigrationRecorder(connections[database]).applied_migrations():
        raise CommandError(
            "这个数据库是首次发布之前的版本建立的，本版本不能接收其中的数据：请先停止网站，"
            f"移走 {settings.VAR / 'postgres'}（或让 DATABASE_URL 指向一个空的数据库），再重新运行。"
        )
