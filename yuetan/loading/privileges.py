"""What the program may do to each table, made equal to the table of what the record keeps.

Its role owns nothing: it can neither empty nor alter a table, nor switch a trigger off.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.db import connection
from psycopg2 import sql

from yuetan.models.record.sealed_tables import SEALED_TABLES, SealedTable, model_of

READ, WRITE, CHANGE, DELETE = "SELECT", "INSERT", "UPDATE", "DELETE"
EVERYTHING = frozenset({READ, WRITE, CHANGE, DELETE})
# What stands beside the record: the seals themselves, and what only a migration writes.
OTHERS = {
    **dict.fromkeys(("yuetan_seal", "yuetan_anchor", "yuetan_anchoredhead"), frozenset({READ, WRITE})),
    "yuetan_recordverification": frozenset({READ, WRITE}),
    "yuetan_changedrow": frozenset({READ, WRITE, DELETE}),
    **dict.fromkeys(
        ("django_migrations", "django_content_type", "auth_permission", "yuetan_eventverb"), frozenset({READ})
    ),
}
_HELD = """
    SELECT c.relname, array_remove(array_agg(a.privilege_type), NULL) FROM pg_class AS c
    JOIN pg_namespace AS n ON n.oid = c.relnamespace AND n.nspname = 'public'
    LEFT JOIN LATERAL aclexplode(c.relacl) AS a ON a.grantee = (SELECT oid FROM pg_roles WHERE rolname = %s)
    WHERE c.relkind IN ('r', 'p') GROUP BY c.relname ORDER BY c.relname
"""
_ROLE = "SELECT 1 FROM pg_roles WHERE rolname = %s"
_OWNS = """
    SELECT EXISTS (SELECT FROM pg_tables WHERE schemaname = 'public' AND tableowner = current_user)
        OR (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)
"""


def allowed(table: str) -> frozenset[str]:
    """What the program may do to the rows of a table of the database."""
    if table in OTHERS:
        return OTHERS[table]
    sealed = _sealed_by_table().get(table)
    if sealed is None:
        return EVERYTHING
    more = {CHANGE: not sealed.final, DELETE: sealed.goes}
    return frozenset({READ, WRITE, *(each for each, is_allowed in more.items() if is_allowed)})


def _sealed_by_table() -> dict[str, SealedTable]:
    return {model_of(name)._meta.db_table: sealed for name, sealed in SEALED_TABLES.items()}


def held_privileges(role: str) -> dict[str, frozenset[str]]:
    """What a role is granted on each table."""
    with connection.cursor() as cursor:
        cursor.execute(_HELD, [role])
        return {table: frozenset(held) for table, held in cursor.fetchall()}


def follow_privileges() -> None:
    """Grant and revoke until the role holds exactly what is allowed; called as who owns the tables."""
    role = settings.APPLICATION_ROLE
    if not role:
        return
    name = sql.Identifier(role)
    with connection.cursor() as cursor:
        cursor.execute(_ROLE, [role])
        if not cursor.fetchone():
            _execute_composed("CREATE ROLE {role} LOGIN", role=name)
    _execute_composed("REVOKE CREATE ON SCHEMA public FROM PUBLIC, {role}", role=name)
    _execute_composed("GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA public TO {role}", role=name)
    for table, held in held_privileges(role).items():
        _each("GRANT {each} ON {table} TO {role}", table, allowed(table) - held, name)
        _each("REVOKE {each} ON {table} FROM {role}", table, held - allowed(table), name)


def _each(statement: str, table: str, privileges: frozenset[str], role: sql.Identifier) -> None:
    for privilege in sorted(privileges):
        _execute_composed(statement, each=sql.SQL(privilege), table=sql.Identifier(table), role=role)


def _execute_composed(statement: str, **parts: sql.Composable) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(statement).format(**parts).as_string(cursor.connection))


def privilege_warnings() -> Iterator[str]:
    """What keeps the database from keeping what was decided, in words; nothing where all is as it should be."""
    with connection.cursor() as cursor:
        cursor.execute(_OWNS)
        row = cursor.fetchone()
    if row and row[0]:
        yield (
            "本系统以表的所有者身份连接数据库，数据库拦不住对已定记录的改动："
            "请以 YUETAN_OWNER_DATABASE_URL 指定所有者，DATABASE_URL 换成另一个普通账户，再运行 manage.py migrate。"
        )
        return
    unequal = [table for table, held in held_privileges(settings.APPLICATION_ROLE).items() if held != allowed(table)]
    if unequal:
        yield f"数据库权限与本版本不一致（{'、'.join(unequal)}）：请运行 manage.py migrate。"
