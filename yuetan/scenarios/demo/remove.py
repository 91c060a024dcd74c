"""清除演示: a database that was never more than a demonstration becomes empty again, with its files."""

from __future__ import annotations

import shutil
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from psycopg2 import sql

from yuetan.actions.people.demo_accounts import MARK, demo_accounts
from yuetan.database.owner import as_owner, owns_tables
from yuetan.database.statements import execute
from yuetan.errors import Reason, Refused
from yuetan.loading.fixtures import load_fixtures
from yuetan.models import Event, User

NOT_THE_OWNER = "清除要清空数据库的表，而现在的账户不是所有者：请以 YUETAN_OWNER_DATABASE_URL 写明所有者。没有清除。"


def remove_demo() -> None:
    """Empty every table, load what the site stands on again, and delete the files.

    Raises Refused, with nothing changed, in a database that is no demonstration, in which anybody has an account
    that the demonstration did not open, or whose tables belong to somebody else.
    """
    _refuse_if_own()
    with as_owner():
        if not owns_tables():
            raise Refused(Reason(NOT_THE_OWNER))
    tables = [model._meta.db_table for model in apps.get_app_config("yuetan").get_models(include_auto_created=True)]
    with as_owner(), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        execute("TRUNCATE {tables} RESTART IDENTITY CASCADE", tables=sql.SQL(", ").join(map(sql.Identifier, tables)))
        load_fixtures()
    for folder in (settings.MEDIA_ROOT, settings.ANCHORS):
        shutil.rmtree(folder, ignore_errors=True)
    Path(settings.VAR, "demo_accounts.txt").unlink(missing_ok=True)


def _refuse_if_own() -> None:
    if not Event.objects.filter(verb=MARK).exists():
        raise Refused(Reason("本库没有装入过演示数据，没有可以清除的。"))
    own = User.objects.exclude(username=None).exclude(pk__in=demo_accounts())
    if own.exists():
        words = f"本库已有演示以外的账号 {own.count()} 个（如 {own.order_by('pk')[0].username}），"
        raise Refused(Reason(f"{words}清除会连同他们办的事项一起删去，没有清除。请另用一个空的数据库。"))
