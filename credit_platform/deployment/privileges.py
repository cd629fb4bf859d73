"""What the role of the running platform may do in each table, and what it has beyond that.

Which tables are append-only is asked of their triggers, so that a new one (`AppendOnly` in a migration) needs no line here. Of the
history the column `old` may be written, for a change of keys seals it anew; its trigger lets nothing but tokens change.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import connection

OPEN, ONCE = "append_only", "once"
MIGRATIONS = "django_migrations"
_TABLES = """
SELECT c.relname,
       coalesce(bool_or(t.tgname = c.relname || '_append_only'), false),
       coalesce(max(CASE WHEN t.tgname = c.relname || '_once' THEN encode(t.tgargs, 'escape')
                         WHEN t.tgname = c.relname || '_resealed' THEN 'old' END), '')
FROM pg_class c LEFT JOIN pg_trigger t ON t.tgrelid = c.oid AND NOT t.tgisinternal
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') GROUP BY c.relname ORDER BY c.relname
"""
_BEYOND = """
SELECT 'superuser' FROM pg_roles WHERE rolname = current_user AND (rolsuper OR rolbypassrls OR rolreplication)
UNION ALL SELECT 'createrole' FROM pg_roles WHERE rolname = current_user AND (rolcreaterole OR rolcreatedb)
UNION ALL SELECT 'owner' WHERE EXISTS (
    SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'S') AND pg_has_role(relowner, 'MEMBER'))
UNION ALL SELECT 'database' FROM pg_database WHERE datname = current_database() AND pg_has_role(datdba, 'MEMBER')
UNION ALL SELECT 'schema' WHERE has_schema_privilege('public', 'CREATE')
UNION ALL SELECT 'function' WHERE EXISTS (
    SELECT FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND proname LIKE 'audit%%' AND pg_has_role(proowner, 'MEMBER'))
UNION ALL SELECT 'append-only' WHERE EXISTS (
    SELECT FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    WHERE t.tgname = c.relname || '_append_only' AND has_table_privilege(c.oid, 'DELETE, TRUNCATE'))
UNION ALL SELECT 'truncate' WHERE EXISTS (
    SELECT FROM pg_class c WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND has_table_privilege(c.oid, 'TRUNCATE, TRIGGER'))
UNION ALL SELECT 'path' WHERE current_schema() IS DISTINCT FROM 'public'
UNION ALL SELECT 'shadow' WHERE EXISTS (
    SELECT FROM pg_class own JOIN pg_class ours USING (relname)
    WHERE own.relnamespace = to_regnamespace(quote_ident(current_user)) AND ours.relnamespace = 'public'::regnamespace)
"""
BEYOND = {
    "superuser": "是超级用户（可关闭触发器、改写审计链）",
    "createrole": "可建角色或建库",
    "owner": "拥有业务表（可改表结构、关闭触发器）",
    "database": "拥有数据库",
    "schema": "可在 public 模式中建对象",
    "function": "拥有审计触发器函数",
    "append-only": "可删改只增不改的表",
    "truncate": "可清空表或挂触发器",
    "path": '查找表时不是先找 public 模式（ALTER ROLE … SET search_path = public, "$user"）',
    "shadow": "自有模式中有与业务表同名的表",
}


def beyond() -> list[str]:
    """What the present role may do beyond reading and writing rows, in words; [] for a run-time role as it should be."""
    with connection.cursor() as cursor:
        cursor.execute(_BEYOND.replace("%%", "%"))
        return [BEYOND[name] for (name,) in cursor.fetchall()]


def grant_runtime(role: str) -> int:
    """Give a role what the running platform needs, and take everything else; how many tables there are. The owner of the tables asks.

    Safe to run twice. Tables of later migrations get the ordinary rights by default, and lose what is too much with the next call.
    """
    with connection.cursor() as cursor:
        cursor.execute(_TABLES)
        tables = cursor.fetchall()
        cursor.execute("SELECT quote_ident(%s), quote_ident(current_database()), quote_ident(current_user)", [role])
        name, database, owner = cursor.fetchone()
        for statement in (*_general(name, database, owner), *_append_only(name, tables)):
            cursor.execute(statement)
    return len(tables)


def _general(role: str, database: str, owner: str) -> Iterator[str]:
    rows = "SELECT, INSERT, UPDATE, DELETE"
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}"
    yield f"REVOKE CREATE ON SCHEMA public FROM PUBLIC, {role}"
    yield f"GRANT USAGE ON SCHEMA public TO {role}"
    yield f"GRANT {rows} ON ALL TABLES IN SCHEMA public TO {role}"
    yield f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}"
    yield f"GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {role}"
    for kind, what in (("TABLES", rows), ("SEQUENCES", "USAGE, SELECT")):
        yield f"ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public GRANT {what} ON {kind} TO {role}"
    yield f"GRANT CONNECT, TEMPORARY ON DATABASE {database} TO {role}"
    yield f"REVOKE INSERT, UPDATE, DELETE ON {MIGRATIONS} FROM {role}"


def _append_only(role: str, tables: list[tuple[Any, ...]]) -> Iterator[str]:
    for table, refuses, once in tables:
        if not refuses:
            continue
        yield f'REVOKE UPDATE, DELETE ON "{table}" FROM {role}'
        columns = once.replace("\\000", "").strip("{}")
        if columns:
            quoted = ", ".join(f'"{column}"' for column in columns.split(","))  # a column may bear a word of SQL
            yield f'GRANT UPDATE ({quoted}) ON "{table}" TO {role}'
