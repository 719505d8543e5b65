"""Every row of an office from one database to another, as it is kept: sealed values stay sealed, keys stay keys.

Works from and to SQLite and PostgreSQL. The target has the same tables and no rows; what Django makes anew by
itself, and sessions, are not taken along.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import DatabaseError, connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from payung.errors import InputError
from payung.text import Text

LEFT_OUT = frozenset({"contenttypes.contenttype", "auth.permission", "sessions.session"})
CHUNK = 2000  # rows at a time

Says = Callable[[str, int], None]
Row = tuple[Any, ...]


def connect(alias: str, database: dict[str, object]) -> None:
    """Let ``alias`` be the connection to ``database`` (as :mod:`.addresses` gives it), in this process."""
    if alias in connections.databases:
        connections[alias].close()
        del connections[alias]
    options = {name: value for name, value in dict(database["OPTIONS"]).items() if name != "pool"}  # type: ignore[call-overload]
    given = {"default": {"ENGINE": "django.db.backends.dummy"}, alias: {**database, "OPTIONS": options}}
    connections.databases[alias] = connections.configure_settings(given)[alias]


def all_models() -> list[type[models.Model]]:
    """Return the models whose rows are an office: those between two others too, and those of tables that Django does
    not make (the register of months, the lines of bills)."""
    found = apps.get_models(include_auto_created=True)
    return [model for model in found if not model._meta.proxy and model._meta.label_lower not in LEFT_OUT]


def counts(alias: str) -> dict[str, int]:
    """Return how many rows each table has."""
    return {model._meta.db_table: model._base_manager.using(alias).count() for model in all_models()}


def is_empty(alias: str) -> bool:
    """Tell whether the database holds no office: no tables, or none with an event or a person."""
    return "history_event" not in connections[alias].introspection.table_names()


@contextlib.contextmanager
def one_moment(alias: str = "default") -> Iterator[None]:
    """Read a database as it is at one moment, and write nothing there.

    Within a transaction that has begun it is as that one sees it: what a transaction sees is said at its beginning.
    """
    connection = connections[alias]
    begun = connection.in_atomic_block
    with transaction.atomic(using=alias):
        if connection.vendor == "postgresql" and not begun:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


def copy(source: str, target: str, says: Says = lambda table, many: None) -> dict[str, int]:
    """Copy every row, in one transaction on each side; return how many of each table.

    ``says`` is told each table with its number of rows. Raises :class:`InputError` where a value does not fit.
    """
    there, here = connections[target], connections[source]
    with one_moment(source), transaction.atomic(using=target):
        with without_triggers(there):
            copied = _copied(here, there, says)
        statements = there.ops.sequence_reset_sql(no_style(), all_models())
        with there.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
    return copied


@contextlib.contextmanager
def without_triggers(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Let rows be put in as they were, within a transaction: no guard refuses them, no ledger counts them again.

    The triggers are there again afterwards; on PostgreSQL they are switched off and on, on SQLite taken out and put
    back as they were written.
    """
    names = [model._meta.db_table for model in all_models()]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for name in names:
                cursor.execute(f"ALTER TABLE {connection.ops.quote_name(name)} DISABLE TRIGGER USER")
            yield
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table with open checks cannot be altered
            for name in names:
                cursor.execute(f"ALTER TABLE {connection.ops.quote_name(name)} ENABLE TRIGGER USER")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name")
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f"DROP TRIGGER {connection.ops.quote_name(name)}")
        yield
        for _, statement in triggers:
            cursor.execute(statement)


def fill(connection: BaseDatabaseWrapper, table: str, columns: list[str], rows: Iterable[Row]) -> int:
    """Put ``rows`` into a table in place of what migrations put there; return how many."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")
    return _write(connection, table, columns, rows)


def _copied(here: BaseDatabaseWrapper, there: BaseDatabaseWrapper, says: Says) -> dict[str, int]:
    copied = {}
    for model in all_models():
        table = model._meta.db_table
        columns = [str(field.column) for field in model._meta.concrete_fields]
        try:
            copied[table] = fill(there, table, columns, _read(here, table, columns))
        except DatabaseError as error:
            why = str(error).splitlines()[0]
            raise InputError(
                Text(
                    f"Tabel {table} tidak dapat disalin ({why}). Tidak ada yang berubah.",
                    f"The table {table} cannot be copied ({why}). Nothing was changed.",
                )
            ) from None
        says(table, copied[table])
    return copied


def _read(connection: BaseDatabaseWrapper, table: str, columns: list[str]) -> Iterator[Row]:
    """Yield the rows of a table with values as both databases take them: moments with their zone, text for JSON."""
    quote = connection.ops.quote_name
    query = f"SELECT {', '.join(map(quote, columns))} FROM {quote(table)}"
    if connection.vendor == "postgresql":
        # A cursor on the server: a table of millions does not come at once.
        with connection.connection.cursor(name=f"copy_{table}"[:60]) as cursor:
            cursor.itersize = CHUNK
            cursor.execute(query)
            for row in cursor:
                yield tuple(map(_plain, row))
        return
    with connection.cursor() as cursor:
        cursor.execute(query)
        while rows := cursor.fetchmany(CHUNK):
            for row in rows:
                yield tuple(map(_plain, row))


def _plain(value: Any) -> Any:
    if isinstance(value, memoryview):
        return bytes(value)
    if isinstance(value, dt.datetime) and value.tzinfo is None:
        return value.replace(tzinfo=dt.UTC)  # how Django keeps moments in SQLite
    return value


def _write(connection: BaseDatabaseWrapper, table: str, columns: list[str], rows: Iterable[Row]) -> int:
    quote, many = connection.ops.quote_name, 0
    named = ", ".join(map(quote, columns))
    if connection.vendor == "postgresql":
        with (
            connection.cursor() as cursor,
            cursor.cursor.copy(f"COPY {quote(table)} ({named}) FROM STDIN") as into,
        ):
            for row in rows:
                into.write_row(row)
                many += 1
        return many
    insert = f"INSERT INTO {quote(table)} ({named}) VALUES ({', '.join(['%s'] * len(columns))})"
    with connection.cursor() as cursor:
        for chunk in _chunks(rows):
            cursor.executemany(insert, [tuple(_for_sqlite(value) for value in row) for row in chunk])
            many += len(chunk)
    return many


def _for_sqlite(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return str(value.astimezone(dt.UTC).replace(tzinfo=None))
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return value


def _chunks(rows: Iterable[Row]) -> Iterator[list[Row]]:
    chunk: list[Row] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
