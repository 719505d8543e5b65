"""Guards that the database itself holds: rows that are only added, checks that fire on insert, and whether they are
still there.

Every function returns statements for one kind of database (``sqlite`` or ``postgresql``). A migration that remakes a
table on SQLite loses its triggers: it must put them back, and ``payung check`` looks (:func:`missing`).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

FUNCTION = "payung_refuse"  # PostgreSQL: refuses with the sentence that the trigger carries


def refusing(vendor: str) -> list[str]:
    """Return what a database needs once before it can have guards."""
    if vendor == "sqlite":
        return []
    return [
        (
            f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'check_violation'; END $$"
        )
    ]


def append_only(vendor: str, table: str, verbs: Iterable[str] = ("update", "delete")) -> list[str]:
    """Return the guards that refuse ``verbs`` on ``table``; on PostgreSQL TRUNCATE too, where delete is refused."""
    said = f"{table} is append-only"
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{said}'); END"
            for verb in verbs
        ]
    listed = [verb.upper() for verb in verbs]
    if "DELETE" in listed:
        listed.append("TRUNCATE")
    return [
        (
            f"CREATE TRIGGER {table}_append_only BEFORE {' OR '.join(listed)} ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {FUNCTION}('{said}')"
        )
    ]


def refuse_when(
    vendor: str, name: str, table: str, event: str, condition: str, said: str, *, only: str = "TRUE"
) -> list[str]:
    """Return a guard that refuses a row where ``condition`` holds (over ``NEW`` and ``OLD``; sub-queries allowed).

    ``event`` is ``INSERT``, ``DELETE`` or ``UPDATE``; ``only`` is a condition without sub-queries that is looked at
    first, so that ordinary rows pay nothing.
    """
    if vendor == "sqlite":
        when = "" if only == "TRUE" else f"({only}) AND "
        return [
            (
                f"CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN {when}({condition}) "
                f"BEGIN SELECT RAISE(ABORT, '{said}'); END"
            )
        ]
    when = "" if only == "TRUE" else f"WHEN ({only}) "
    gives = "OLD" if event == "DELETE" else "NEW"
    return [
        (
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {condition} THEN "
            f"RAISE EXCEPTION '{said}' USING ERRCODE = 'check_violation'; END IF; RETURN {gives}; END $$"
        ),
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW {when}EXECUTE FUNCTION {name}()",
    ]


def names(statements: Iterable[str]) -> list[str]:
    """Return the names of the triggers that ``statements`` make."""
    return [found[1] for one in statements if (found := re.match(r"CREATE TRIGGER (\w+)", one))]


def missing(wanted: Iterable[str]) -> list[str]:
    """Return those of the triggers ``wanted`` that the database does not have, or has switched off."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'")
        there = {str(name) for (name,) in cursor.fetchall()}
    return [name for name in wanted if name not in there]


def refuse_emptying(vendor: str, table: str) -> list[str]:
    """Return the guard that refuses TRUNCATE on ``table``; SQLite has no such statement."""
    if vendor == "sqlite":
        return []
    return [
        (
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {FUNCTION}('{table} is append-only')"
        )
    ]


def prints() -> dict[str, str]:
    """Return every trigger of the database, ``table.name``, with a short hash of all that it does."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute(
                "SELECT c.relname, t.tgname, pg_get_triggerdef(t.oid) || t.tgenabled::text || p.prosrc "
                "FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid "
                "WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace"
            )
        rows = cursor.fetchall()
    return {
        f"{table}.{name}": hashlib.sha256(str(does).encode()).hexdigest()[:16]
        for table, name, does in sorted(rows)
    }


def set_aside(schema_editor: Any, tables: Sequence[str]) -> list[str]:
    """Drop every trigger of SQLite that stands on or speaks of ``tables`` and return how to make them again.

    SQLite remakes a table for most changes: its triggers go with the old one, and those of other tables that speak of
    it keep the new one from its name. PostgreSQL keeps its own: nothing is done there.
    """
    if schema_editor.connection.vendor != "sqlite":
        return []
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name")
        rows = [(str(name), str(table), str(sql)) for name, table, sql in cursor.fetchall()]
    found = [(name, sql) for name, on, sql in rows if on in tables or any(table in sql for table in tables)]
    for name, _ in found:
        schema_editor.execute(f'DROP TRIGGER "{name}"')
    return [sql for _, sql in found]


def put_back(schema_editor: Any, statements: Sequence[str]) -> None:
    """Make the triggers again that :func:`set_aside` dropped."""
    for statement in statements:
        schema_editor.execute(statement)


def allow(schema_editor: Any, model: Any, name: str) -> None:
    """Let the column ``name`` of ``model`` (as a migration has it) hold the values that its field has now.

    For PostgreSQL, whose check of a column stays as it was made; SQLite remakes the table with it.
    """
    if schema_editor.connection.vendor != "postgresql":
        return
    field, table = model._meta.get_field(name), model._meta.db_table
    column, wanted = field.column, field.db_check(schema_editor.connection)
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.conname FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid"
            " AND a.attnum = ANY (c.conkey) WHERE c.conrelid = %s::regclass AND c.contype = 'c'"
            " AND array_length(c.conkey, 1) = 1 AND a.attname = %s AND c.conname LIKE %s",
            [table, column, f"{table}_{column}%check"],
        )
        found = [str(one) for (one,) in cursor.fetchall()]
    for constraint in found:
        schema_editor.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT "{constraint}"')
    schema_editor.execute(
        f'ALTER TABLE "{table}" ADD CONSTRAINT "{table}_{column}_check" CHECK ({wanted})'.replace("%", "%%")
    )
