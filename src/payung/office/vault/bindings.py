"""Sealed values of earlier versions are bound to their rows, and all are looked through for those that were moved."""

from __future__ import annotations

import logging
from collections.abc import Iterator

from django.apps import apps
from django.db import DatabaseError, connection, models, transaction

from payung.errors import MissingDataError
from payung.office.vault.sealed import COLUMN, SealedText, blind, refuse_another, seal, unseal

CHUNK = 500
INDEXED = frozenset({"nik", "kk", "kpj", "phone"})  # columns with a blind index of the same value beside them
WHOLE = frozenset({"people", "cards"})  # apps where that index is always of the value itself
LOG = logging.getLogger("payung.vault")


def sealed_models() -> Iterator[tuple[type[models.Model], list[SealedText]]]:
    """Yield every model with sealed columns, and these."""
    for model in apps.get_models():
        fields = [field for field in model._meta.concrete_fields if isinstance(field, SealedText)]
        if fields and model._meta.managed and not model._meta.proxy:
            yield model, fields


def bind() -> int:
    """Bind every value that is bound to its column only to its row as well; return how many rows.

    In short transactions, and safe beside people at work: a value that was changed meanwhile is left for the next
    time. Rows that the database refuses to change (a batch that was sent) stay as they are: nobody else can change
    them either.
    """
    return sum(_bind(model, fields) for model, fields in sealed_models())


def _bind(model: type[models.Model], fields: list[SealedText]) -> int:
    quote, many, last = connection.ops.quote_name, 0, 0
    table, key = quote(model._meta.db_table), quote_of(model)
    columns = [quote(str(field.column)) for field in fields]
    first = " OR ".join(f"substr({column}, 1, 1) = %s" for column in columns)
    look = f"SELECT {key}, {', '.join(columns)} FROM {table} WHERE {key} > %s AND ({first}) ORDER BY 1 LIMIT {CHUNK}"
    while True:
        with connection.cursor() as cursor:
            cursor.execute(look, [last, *[COLUMN] * len(columns)])
            rows = cursor.fetchall()
        if not rows:
            return many
        last = rows[-1][0]
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                for at, (field, column) in enumerate(zip(fields, columns, strict=True), 1):
                    values = [
                        (
                            seal(unseal(bytes(row[at]), field.place), field.place, row[0]),
                            row[0],
                            bytes(row[at]),
                        )
                        for row in rows
                        if row[at] is not None and bytes(row[at])[:1] == COLUMN
                    ]
                    cursor.executemany(
                        f"UPDATE {table} SET {column} = %s WHERE {key} = %s AND {column} = %s", values
                    )
            many += len(rows)
        except (DatabaseError, MissingDataError):
            LOG.info("rows of %s up to %s stay bound to their column", table, last, exc_info=True)


def unbound() -> int:
    """Return how many rows hold a value of an earlier version, which is bound to its column only."""
    quote, many = connection.ops.quote_name, 0
    for model, fields in sealed_models():
        first = " OR ".join(f"substr({quote(str(field.column))}, 1, 1) = %s" for field in fields)
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT count(*) FROM {quote(model._meta.db_table)} WHERE {first}", [COLUMN] * len(fields)
            )
            many += int(cursor.fetchone()[0])
    return many


def moved() -> Iterator[tuple[str, MissingDataError | None]]:
    """Walk every sealed value; yield ``table:key`` where it does not open there, or is not what its index says."""
    for model, fields in sealed_models():
        names = {str(field.column) for field in model._meta.concrete_fields}
        for field in fields:
            index = f"{field.name}_index"
            indexed = field.name in INDEXED and index in names and model._meta.app_label in WHOLE
            for key, data, expected in _values(model, field, index if indexed else ""):
                try:
                    opened = unseal(data, field.place)
                    refuse_another(opened, key, f"{model._meta.db_table}.{field.column}")
                except MissingDataError as error:
                    yield f"{model._meta.db_table}:{key}", error
                    continue
                if expected and blind(opened, field.name) != expected:
                    yield f"{model._meta.db_table}:{key}", None


def _values(model: type[models.Model], field: SealedText, index: str) -> Iterator[tuple[int, bytes, str]]:
    """Yield key, sealed value and blind index (empty where there is none) of every row that has the value."""
    quote, pk = connection.ops.quote_name, quote_of(model)
    column, beside = quote(str(field.column)), quote(index) if index else "''"
    table = quote(model._meta.db_table)
    query = f"SELECT {pk}, {column}, {beside} FROM {table} WHERE {pk} > %s AND {column} IS NOT NULL"
    last = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(f"{query} ORDER BY 1 LIMIT {CHUNK}", [last])
            rows = cursor.fetchall()
        if not rows:
            return
        last = rows[-1][0]
        yield from ((int(key), bytes(data), str(expected or "")) for key, data, expected in rows)


def quote_of(model: type[models.Model]) -> str:
    """Return the column of the key of ``model`` as a query names it."""
    return connection.ops.quote_name(str(model._meta.pk.column))
