"""What the program may do to each table, made equal to the table of what the record keeps.

Its role owns nothing: it can neither empty nor alter a table, nor switch a trigger off.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from psycopg2 import sql

from yuetan.database.owner import owns_tables
from yuetan.database.statements import execute
from yuetan.models.record.sealed_tables import SEALED_TABLES, SealedTable, model_of

READ, WRITE, CHANGE, DELETE = "SELECT", "INSERT", "UPDATE", "DELETE"
EVERYTHING = frozenset({READ, WRITE, CHANGE, DELETE})
SIGHTS = "yuetan_sight"
# What stands beside the record: the seals themselves, and what only a migration writes.
OTHERS = {
    **dict.fromkeys(("yuetan_seal", "yuetan_anchor", "yuetan_anchoredhead"), frozenset({READ, WRITE})),
    **dict.fromkeys(("yuetan_recordverification", SIGHTS), frozenset({READ, WRITE})),
    "yuetan_changedrow": frozenset({READ, WRITE, DELETE}),
    **dict.fromkeys(
        ("django_migrations", "django_content_type", "auth_permission", "yuetan_eventverb", "yuetan_destroying"),
        frozenset({READ}),
    ),
}
# Granted to the role itself, to one it is a member of, or to everybody.
_HELD = """
    SELECT c.relname, array_remove(array_agg(DISTINCT a.privilege_type), NULL) FROM pg_class AS c
    JOIN pg_namespace AS n ON n.oid = c.relnamespace AND n.nspname = 'public'
    LEFT JOIN LATERAL aclexplode(c.relacl) AS a ON a.grantee = 0 OR pg_has_role(%s, a.grantee, 'MEMBER')
    WHERE c.relkind IN ('r', 'p') GROUP BY c.relname ORDER BY c.relname
"""
_OF_ALL = (
    "REVOKE CREATE ON SCHEMA public FROM PUBLIC, {role}",
    "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC",
    "GRANT USAGE ON SCHEMA public TO {role}",
    "GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA public TO {role}",
    # The table of a further month of 查阅记录 is made while the site runs; pg_dump reads each by its own name.
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO {role}",
)
_ROLE = "SELECT rolname = current_user FROM pg_roles WHERE rolname = %s"
NO_ROLE = (
    "数据库里没有 DATABASE_URL 所用的账户 {role}：请先由数据库管理员建立（createuser {role}），"
    "它不能是表的所有者，也不能是超级用户；内置数据库请停止本系统后重新启动。"
)
OWNS = (
    "本系统连接数据库的账户是所有者，或者是超级用户、能建账户，数据库拦不住对已定记录的改动：请另建一个普通账户写进 "
    "DATABASE_URL，以 YUETAN_OWNER_DATABASE_URL 写明所有者，再运行 manage.py migrate（见 deploy/README.md）。"
)


def allowed(table: str) -> frozenset[str]:
    """What the program may do to the rows of a table of the database; a month's it writes only through the whole."""
    if table.startswith(f"{SIGHTS}_"):
        return frozenset({READ})
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
    """Grant and revoke until the program's role holds exactly what is allowed; nothing where it is the owner itself.

    Raises ImproperlyConfigured if the database has no such role.
    """
    role = settings.APPLICATION_ROLE
    with connection.cursor() as cursor:
        cursor.execute(_ROLE, [role])
        row = cursor.fetchone()
    if not row:
        raise ImproperlyConfigured(NO_ROLE.format(role=role))
    if row[0]:
        return
    name = sql.Identifier(role)
    for statement in _OF_ALL:
        execute(statement, role=name)
    for table, held in held_privileges(role).items():
        _each("GRANT {each} ON {table} TO {role}", table, allowed(table) - held, name)
        _each("REVOKE {each} ON {table} FROM {role}", table, held - allowed(table), name)


def _each(statement: str, table: str, privileges: frozenset[str], role: sql.Identifier) -> None:
    for privilege in sorted(privileges):
        execute(statement, each=sql.SQL(privilege), table=sql.Identifier(table), role=role)


def privilege_warnings() -> Iterator[str]:
    """What keeps the database from keeping what was decided, in words; nothing where all is as it should be."""
    if owns_tables():
        yield OWNS
        return
    unequal = [table for table, held in held_privileges(settings.APPLICATION_ROLE).items() if held != allowed(table)]
    if unequal:
        yield f"数据库权限与本版本不一致（{'、'.join(unequal)}）：请以所有者的身份运行 manage.py migrate。"
