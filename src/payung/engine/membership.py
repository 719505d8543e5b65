"""Who of many is covered on a day, and whose clocks are full, by the same rules as for one person.

The months paid are counted set-based (runs of months, gaps between them); the judgements on the counts are the rules
of :mod:`payung.law.rules.membership` written into the statement.
"""

from __future__ import annotations

import datetime as dt

import duckdb
import polars as pl

from payung.law import Book, Law, Reading, load, months
from payung.law.arrears import Payer, last_in_arrears
from payung.law.bill import parse_segment
from payung.law.dialects import DUCKDB, Dialect
from payung.law.operations import Code
from payung.law.rules import membership as rules


def cover_table(
    paid: pl.DataFrame,
    date: dt.date,
    segment: str,
    *,
    employer: str | None = None,
    book: Book | None = None,
) -> pl.DataFrame:
    """Return the membership of every person on ``date``, as :func:`payung.law.membership.cover` does for one.

    ``paid`` has one row for a paid month: ``person`` and ``month`` (``YYYY-MM``); each month counts as paid in time
    (where the day of payment matters, ask for the person alone). Doubles and months after ``date`` do not count.
    ``employer`` is that of all (``private`` or ``state``, for a PU only). The result has one row for each person, in
    order: ``person``, ``state``, ``standing``, ``paid_months``, ``jkm_full``, ``scholarship``, ``since`` (first month
    of the present membership), ``unpaid`` (months in arrears), ``not_due`` (unpaid months that are not due yet) and
    ``law``. Raises :class:`InputError` for a segment, an employer, a date or a month that cannot be used.
    """
    for month in paid["month"].unique().sort().to_list():
        months.parse_month(month)
    number = "CAST(left(month, 4) AS BIGINT) * 12 + CAST(right(month, 2) AS BIGINT) - 1"
    relation = f"(SELECT person, {number} AS number FROM paid)"
    query = cover_statement(relation, date, segment, employer=employer, book=book)
    with duckdb.connect(":memory:") as connection:
        connection.register("paid", paid.select("person", "month").to_arrow())
        return pl.DataFrame(connection.execute(f"{query} ORDER BY person").to_arrow_table())


def cover_statement(
    relation: str,
    date: dt.date,
    segment: str,
    *,
    employer: str | None = None,
    book: Book | None = None,
    dialect: Dialect = DUCKDB,
) -> str:
    """Return the query that tells the membership of every person of ``relation`` on ``date``, a row a person.

    ``relation`` is a table or sub-query with ``person`` and ``number``: a paid month as year x 12 + month - 1. The
    columns are those of :func:`cover_table`; the rows have no order. Raises :class:`InputError` as that does.
    """
    payer = Payer(parse_segment(segment), employer)
    base = book or load()
    now = months.month_of(months.check_date(date))
    overdue = last_in_arrears(date, payer, base)
    reach = months.index(overdue) if overdue else months.index(months.FIRST_MONTH) - 1
    return _statement(relation, base.on(date), date, now, payer, reach, dialect)


def _statement(
    relation: str, law: Law, date: dt.date, now: str, payer: Payer, overdue: int, dialect: Dialect
) -> str:
    segment = payer.segment
    reading = Reading(law, dialect)
    keeps = reading.write(rules.gap_keeps_membership, Code("gap"))
    now_facts = (segment, payer.kind, Code("unpaid"), Code("not_due"), Code("unsettled"))
    strict = tuple(Code(f"strict_{name}") for name in ("paid", "months", "days"))
    answers = {
        "standing": reading.write(rules.standing, *now_facts),
        "state": reading.write(rules.cover_state, *now_facts),
        "jkm": reading.write(rules.full_jkm, *now_facts, *strict),
        "scholarship": reading.write(rules.open_scholarship, *now_facts, Code("strict_paid")),
    }
    full = {
        reach: reading.write(
            rules.jkm_is_full, segment, *(Code(f"{reach}_{name}") for name in ("paid", "months", "days"))
        )
        for reach in ("strict", "lenient")
    }
    since = f"lpad(CAST({dialect.quotient('strict', '12')} AS STRING), 4, '0')"
    of_year = "lpad(CAST(strict % 12 + 1 AS STRING), 2, '0')"
    return f"""
WITH known AS (
    SELECT DISTINCT person, number FROM {relation} AS paid_months WHERE number <= {months.index(now)}
), gaps AS (
    SELECT person, number, number - lag(number) OVER (PARTITION BY person ORDER BY number) - 1 AS gap FROM known
), starts AS (
    SELECT person, number,
        max(CASE WHEN gap IS NULL OR {keeps} <> 'yes' THEN number END) OVER latest AS strict,
        max(CASE WHEN gap IS NULL OR {keeps} = 'no' THEN number END) OVER latest AS lenient
    FROM gaps WINDOW latest AS (PARTITION BY person)
), counted AS (
    SELECT person, strict, lenient, max(number) AS last,
        count(*) FILTER (WHERE number >= strict) AS strict_paid,
        count(*) FILTER (WHERE number >= lenient) AS lenient_paid
    FROM starts GROUP BY person, strict, lenient
), facts AS (
    SELECT person, strict, strict_paid, lenient_paid, greatest(0, {overdue} - last) AS unpaid,
        greatest(0, {months.index(now)} - greatest(last, {overdue})) AS not_due,
        {months.index(now)} - strict AS strict_months, {months.index(now)} - lenient AS lenient_months,
        {_days_since("strict", date, dialect)} AS strict_days,
        {_days_since("lenient", date, dialect)} AS lenient_days
    FROM counted
), judged AS (
    SELECT *, CASE WHEN unpaid = 0 AND {full["strict"]} <> {full["lenient"]} THEN 1 ELSE 0 END AS unsettled FROM facts
), said AS (
    SELECT *, {answers["state"]} AS state, {answers["standing"]} AS standing,
        {answers["jkm"]} = 1 AS jkm_full, {answers["scholarship"]} = 1 AS scholarship
    FROM judged
)
SELECT person, coalesce(state, 'nonaktif') AS state, coalesce(standing, 'never') AS standing,
    coalesce(strict_paid, 0) AS paid_months,
    coalesce(jkm_full, FALSE) AS jkm_full, coalesce(scholarship, FALSE) AS scholarship,
    {since} || '-' || {of_year} AS since,
    coalesce(unpaid, 0) AS unpaid, coalesce(not_due, 0) AS not_due, '{law.version}' AS law
FROM (SELECT DISTINCT person FROM {relation} AS everybody) AS everyone LEFT JOIN said USING (person)
"""


def _days_since(column: str, date: dt.date, dialect: Dialect) -> str:
    """Return the expression for the days from the first day of the month in ``column`` to ``date``."""
    first = f"make_date(CAST({dialect.quotient(column, '12')} AS INT), CAST({column} % 12 + 1 AS INT), 1)"
    return f"DATE '{date}' - {first}" if dialect is DUCKDB else f"datediff(DATE '{date}', {first})"
