"""The same tables on Spark, for what is too large for one machine. Optional: needs pyspark and Java."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from payung.engine.statements import COLUMNS, faults, refuse, rows_statement
from payung.law import Book
from payung.law.dialects import SPARK

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession


def price(
    session: SparkSession,
    people: DataFrame,
    months: Sequence[str],
    source: str | None,
    *,
    book: Book | None = None,
    keep: Sequence[str] = ("person",),
) -> DataFrame:
    """Return what is owed for every person and month, as :func:`payung.engine.statements.rows_statement` says.

    ``people`` has the columns of that function; ``source`` is one funding source, or ``None`` where ``people`` has
    a column of that name. Raises :class:`InputError` where a row cannot be priced. The rows have no order.
    """
    view = "payung_people"
    people.createOrReplaceTempView(view)
    wrong = session.sql(faults(view, with_source=source is None)).first()
    refuse(None if wrong is None else [wrong[name] for name in COLUMNS])
    return session.sql(rows_statement(view, months, source, book=book, dialect=SPARK, keep=keep))
