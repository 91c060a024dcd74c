"""manage.py migrate."""

from django.conf import settings
from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

from yuetan import tallies
from yuetan.loading.sealed_triggers import follow_sealed_tables, last_changed_row
from yuetan.models.record.sealed_tables import SEALED_TABLES
from yuetan.sealing import sealing_put_off

BEFORE_FIRST_RELEASE = ("yuetan", "0001_initial")


class Command(migrate.Command):
    """Django's own, which would stop with a traceback at a database from before the first release."""

    def handle(self, *args: object, **options: object) -> None:
        """Migrate; raises CommandError, which says what to do, if the tables are older than the first release."""
        if BEFORE_FIRST_RELEASE in MigrationRecorder(connections[str(options["database"])]).applied_migrations():
            raise CommandError(
                "这个数据库是首次发布之前的版本建立的，本版本不能接收其中的数据：请先停止网站，"
                f"移走 {settings.VAR / 'postgres'}（或让 DATABASE_URL 指向一个空的数据库），再重新运行。"
            )
        changed_before = last_changed_row()
        with sealing_put_off():
            super().handle(*args, **options)
            sealed = follow_sealed_tables(changed_before)
        tallies.write_function()
        if any(sealed.values()):
            kept = "、".join(f"{SEALED_TABLES[table].label} {number} 行" for table, number in sealed.items() if number)
            self.stdout.write(f"已有记录从现在起封存（此前的改动无从查验）：{kept}")
