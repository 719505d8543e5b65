"""Rows with sealed values have their keys before these are sealed, so that each value is bound to its row at once.

A database gives a row its key while it is put in; by then its values are sealed. So the keys of new rows are taken
first: from the sequence of the table on PostgreSQL, on SQLite from its counter, within the transaction that inserts
(it is the only writer). One query for any number of rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from django.db import connections, models, router, transaction

from payung.office.vault.sealed import BlindText, SealedText, bound

M = TypeVar("M", bound=models.Model)


def sealed_fields(model: type[models.Model]) -> list[SealedText]:
    """Return the sealed columns of a model."""
    return [field for field in model._meta.concrete_fields if isinstance(field, SealedText)]


def give_keys(rows: Iterable[models.Model], using: str) -> None:
    """Give rows of one table that are about to be put in, and have no key, the next ones of their table.

    Has to be called in the transaction that puts them in.
    """
    without = [row for row in rows if row.pk is None]
    if not without or without[0]._meta.auto_field is None:
        return
    meta, connection = without[0]._meta, connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
                [connection.ops.quote_name(meta.db_table), str(meta.pk.column), len(without)],
            )
            keys = sorted(int(key) for (key,) in cursor.fetchall())
        else:
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [meta.db_table])
            last = int((cursor.fetchone() or (0,))[0])
            keys = list(range(last + 1, last + 1 + len(without)))
    for row, key in zip(without, keys, strict=True):
        row.pk = key


class SealedRows(models.QuerySet[M]):
    """Rows of a table with sealed columns."""

    def bulk_create(self, objs: Iterable[M], *args: Any, **kwargs: Any) -> list[M]:
        """Put rows in whose values are bound to them."""
        rows = list(objs)
        using = self._db or router.db_for_write(self.model, **self._hints)  # type: ignore[attr-defined]
        with transaction.atomic(using=using, savepoint=False):
            give_keys(rows, using)
            return super().bulk_create(rows, *args, **kwargs)

    def bulk_update(self, objs: Iterable[M], fields: Iterable[str], *args: Any, **kwargs: Any) -> int:
        """Change rows; their sealed values stay bound to them, and what finds these values follows them."""
        rows, names = list(objs), list(fields)
        for field in self.model._meta.concrete_fields:
            if isinstance(field, BlindText) and field.of in names:
                names.append(field.attname)
                for row in rows:
                    field.pre_save(row, False)
        sealed = [field.attname for field in sealed_fields(self.model) if field.name in names]
        before = [(row, name, getattr(row, name)) for row in rows for name in sealed]
        try:
            for row, name, value in before:
                setattr(row, name, bound(value, row.pk))
            return super().bulk_update(rows, names, *args, **kwargs)
        finally:
            for row, name, value in before:
                setattr(row, name, value)


class SealedManager(models.Manager[M]):
    """The way to rows of a table with sealed columns."""

    def get_queryset(self) -> SealedRows[M]:
        """Return the rows."""
        return SealedRows(self.model, using=self._db, hints=self._hints)  # type: ignore[attr-defined]


class SealedModel(models.Model):
    """A table with sealed columns: what the base of each of them is."""

    objects = SealedManager()

    class Meta:
        abstract = True

    def _do_insert(
        self,
        manager: Any,
        using: str,
        fields: Sequence[models.Field[Any, Any]],
        returning_fields: Any,
        raw: bool,
    ) -> Any:
        """Put this row in, its key first."""
        own = self._meta.auto_field
        if raw or own is None or self.pk is not None:
            return super()._do_insert(manager, using, fields, returning_fields, raw)  # type: ignore[misc]
        with transaction.atomic(using=using, savepoint=False):
            give_keys([self], using)
            return super()._do_insert(manager, using, [own, *fields], returning_fields, raw)  # type: ignore[misc]
