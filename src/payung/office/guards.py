"""Guards that the database itself holds: rows that are only added, checks that fire on insert, and whether they are
still there.

Every function returns statements for one kind of database (``sqlite`` or ``postgresql``), which a migration carries out
by :class:`PutGuards`. One that remakes a table on SQLite loses its triggers: it uses :class:`AddGuarded` and
:class:`AlterGuarded`, and ``payung check`` looks (:func:`missing`).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.migrations import AddField, AlterField, SeparateDatabaseAndState
from django.db.migrations.operations.base import Operation

from payung.office import columns
from payung.office.face import Finding
from payung.text import Text

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


@dataclass(frozen=True, slots=True)
class Guard:
    """A trigger: on which table, when, what it refuses, and what it does.

    Fields
        name, table: of the trigger. when: ``BEFORE UPDATE``, ``AFTER INSERT``, ...
        refuses: (condition over NEW and OLD, what is said) pairs; the first that is true stops the change.
        does: statements after that. lock: PostgreSQL only, before the conditions: what two sessions wait for.
    """

    name: str
    table: str
    when: str
    refuses: tuple[tuple[str, str], ...] = ()
    does: tuple[str, ...] = ()
    lock: str = ""


def statements(vendor: str, guard: Guard) -> list[str]:
    """Return what puts ``guard`` in place, anew where it is there already."""
    return _postgresql(guard) if vendor == "postgresql" else _sqlite(guard)


def _sqlite(guard: Guard) -> list[str]:
    refusals = [f"SELECT RAISE(ABORT, '{said}') WHERE {condition};" for condition, said in guard.refuses]
    body = "\n".join([*refusals, *(f"{statement};" for statement in guard.does)])
    body = body.replace("IS DISTINCT FROM", "IS NOT")  # the same, for versions before 3.39
    return [
        f"DROP TRIGGER IF EXISTS {guard.name}",
        f"CREATE TRIGGER {guard.name} {guard.when} ON {guard.table} FOR EACH ROW BEGIN\n{body}\nEND",
    ]


def _postgresql(guard: Guard) -> list[str]:
    refusals = [
        f"IF {condition} THEN RAISE EXCEPTION '{said}' USING ERRCODE = 'check_violation'; END IF;"
        for condition, said in guard.refuses
    ]
    gives = "OLD" if "DELETE" in guard.when else "NEW"
    body = "\n".join(
        [
            *([f"{guard.lock};"] if guard.lock else []),
            *refusals,
            *(f"{one};" for one in guard.does),
            f"RETURN {gives};",
        ]
    )
    return [
        f"CREATE OR REPLACE FUNCTION {guard.name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN\n{body}\nEND $$",
        f"DROP TRIGGER IF EXISTS {guard.name} ON {guard.table}",
        f"CREATE TRIGGER {guard.name} {guard.when} ON {guard.table} FOR EACH ROW EXECUTE FUNCTION {guard.name}()",
    ]


def names(made: Iterable[str]) -> list[str]:
    """Return the names of the triggers that the statements ``made`` put in place."""
    return [found[1] for one in made if (found := re.match(r"CREATE TRIGGER (\w+)", one))]


def missing(wanted: Iterable[str]) -> list[str]:
    """Return those of the triggers ``wanted`` that the database does not have, or has switched off."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'")
        there = {str(name) for (name,) in cursor.fetchall()}
    return [name for name in wanted if name not in there]


def standing(code: str, made: Callable[[str], Iterable[str]]) -> Callable[[], Iterator[Finding]]:
    """Return the check of `payung check` that every guard which ``made`` puts in place (given the kind of database) is
    there; one that is gone is the finding ``code``."""

    def check() -> Iterator[Finding]:
        """Yield every guard that the database lost."""
        for name in missing(names(made(connection.vendor))):
            yield Finding(
                code,
                name,
                Text(
                    f"Penjaga {name} hilang: jalankan migrasi yang memasangnya sebelum ada yang menulis.",
                    f"The guard {name} is gone: run the migration that puts it there before anybody writes.",
                ),
            )

    return check


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
        schema_editor.execute(f'DROP TRIGGER "{name}"', params=None)
    return [sql for _, sql in found]


def put_back(schema_editor: Any, statements: Sequence[str]) -> None:
    """Make the triggers again that :func:`set_aside` dropped."""
    for statement in statements:
        schema_editor.execute(statement, params=None)


class PutGuards(Operation):
    """Put in place what ``made`` returns for the kind of database; no model is worked out for it."""

    reversible = True

    def __init__(self, made: Callable[[str], Iterable[str]]) -> None:
        self.made = made

    def state_forwards(self, app_label: str, state: Any) -> None:
        """No model changes."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Carry out the statements."""
        for statement in self.made(schema_editor.connection.vendor):
            schema_editor.execute(statement, params=None)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Leave the guards where they are: going back takes their tables away."""

    def describe(self) -> str:
        """Return what `payung setup` says of it."""
        return "Put guards in place"


class GuardsAside(SeparateDatabaseAndState):
    """Operations that make ``tables`` anew on SQLite (constraints, several columns): guards stand again afterwards."""

    def __init__(self, tables: Sequence[str], operations: Sequence[Operation]) -> None:
        self.tables = tables
        super().__init__(database_operations=operations, state_operations=operations)

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Carry them out; every guard stands afterwards."""
        guards = set_aside(schema_editor, self.tables)
        super().database_forwards(app_label, schema_editor, from_state, to_state)
        put_back(schema_editor, guards)


class AddGuarded(AddField):
    """A new column in a table that has guards, or that guards of other tables name.

    SQLite makes such a table anew, which loses its own guards and is refused by those that name it: these are set aside
    for it and put back as they were.
    """

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Add the column; every guard stands afterwards."""
        table = to_state.apps.get_model(app_label, self.model_name)._meta.db_table
        guards = set_aside(schema_editor, [table])
        super().database_forwards(app_label, schema_editor, from_state, to_state)
        put_back(schema_editor, guards)


class AlterGuarded(AlterField):
    """A change of a column in such a table; a column of codes takes the values that it has now on PostgreSQL too."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Change the column; every guard stands afterwards."""
        model = to_state.apps.get_model(app_label, self.model_name)
        guards = set_aside(schema_editor, [model._meta.db_table])
        super().database_forwards(app_label, schema_editor, from_state, to_state)
        put_back(schema_editor, guards)
        if model._meta.get_field(self.name).db_check(schema_editor.connection):
            allow(schema_editor, model, self.name)


def first_district() -> str:
    """Return the first district of the office, for rows that were made before an office could have several.

    For migrations: the value of a new column, which needs no update that guards would refuse. Empty before
    `payung setup`.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT MIN(code) FROM regions_region WHERE level = 'regency'")
        found = cursor.fetchone()
    return str(found[0] or "") if found else ""


def allow(schema_editor: Any, model: Any, name: str) -> None:
    """Let the column ``name`` of ``model`` (as a migration has it) hold the values that its field has now.

    For PostgreSQL, whose check of a column stays as it was made (Django changes the checks of its own fields only);
    SQLite remakes the table with it.
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


def put_checks(apps: Any, schema_editor: Any) -> None:
    """Put the check of every column of ours in place that PostgreSQL does not have.

    Django makes the check of a field of our own with the table or the column, and none where a column becomes such a
    field later.
    """
    if schema_editor.connection.vendor != "postgresql":
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.conrelid::regclass::text, a.attname FROM pg_constraint c JOIN pg_attribute a"
            " ON a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey)"
            " WHERE c.contype = 'c' AND array_length(c.conkey, 1) = 1"
            " AND c.connamespace = current_schema()::regnamespace"
        )
        there = {(str(table), str(column)) for table, column in cursor.fetchall()}
    for model in apps.get_models():
        for field in model._meta.local_fields if model._meta.managed else ():
            ours = type(field).__module__ == columns.__name__ and field.db_check(schema_editor.connection)
            if ours and (model._meta.db_table, field.column) not in there:
                allow(schema_editor, model, field.name)
