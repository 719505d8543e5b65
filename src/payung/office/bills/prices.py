"""The law written into a statement: what each person of the decree costs in each month, and who is left out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.models import Max, Min, Q

from payung.codes import Segment
from payung.engine.statements import stretches
from payung.law import Reading, default_income, load, months
from payung.law.dialects import Sql
from payung.law.operations import Code
from payung.law.rules import contribution
from payung.office.bills import unbillable
from payung.office.bills.states import OPEN, BillState
from payung.office.months.states import SEGMENTS
from payung.office.programme.models import DecreePerson
from payung.office.programme.queries import people_in

COLUMNS = ("person_id", "segment", "category", "village_code", "income", "sector", "risk")
DIALECT = Sql("sql", "/")  # whole numbers are divided alike by SQLite and PostgreSQL
LEFT_OUT = tuple(unbillable.WHY)


def people(line_id: int, listed: Sequence[str]) -> tuple[str, list[Any]]:
    """Return the people of the decree in the months ``listed`` as a statement, one row a person and month."""
    parts: list[str] = []
    values: list[Any] = []
    for month in listed:
        rows = people_in(line_id, month).order_by().values_list(*COLUMNS)
        sql, given = rows.query.sql_with_params()
        named = ", ".join(f"q.{name} AS {name}" for name in COLUMNS)
        parts.append(f"SELECT {months.index(month)} AS month, {named} FROM ({sql}) q")
        values += given
    return " UNION ALL ".join(parts), values


def segments(line_id: int) -> dict[Segment, tuple[int, int]]:
    """Return the segments that a line has people in, each with the lowest and the highest key of a person."""
    rows = DecreePerson.objects.filter(line=line_id).order_by()
    asked = {
        f"{edge}_{segment.value}": over("person", filter=Q(segment=segment))
        for segment in Segment
        for edge, over in (("low", Min), ("high", Max))
    }
    found = rows.aggregate(**asked)
    return {
        segment: (found[f"low_{segment.value}"], found[f"high_{segment.value}"])
        for segment in (Segment.BPU, Segment.PU)
        if found[f"low_{segment.value}"] is not None
    }


def gather(
    cursor: CursorWrapper, line_id: int, segment: Segment, listed: Sequence[str], between: tuple[int, int]
) -> dict[str, int]:
    """Put everybody of the decree into ``bills_judged``; return how many are left out, by reason. ``between``: the
    lowest and the highest key of a person (:func:`segments`)."""
    text = "text NOT NULL"
    made = (
        "CREATE TEMPORARY TABLE IF NOT EXISTS bills_judged (month integer NOT NULL, person integer NOT NULL,"
        f" category {text}, village_code {text}, income bigint NOT NULL, sector {text}, risk integer NOT NULL,"
        f" why {text})"
    )
    if is_postgresql():
        cursor.execute(f"{made}; TRUNCATE bills_judged")
    else:
        cursor.execute(made)
        cursor.execute("DELETE FROM bills_judged")
    rows, values = judged(line_id, segment, listed, between)
    cursor.execute(f"INSERT INTO bills_judged {rows}", values)
    many = cursor.rowcount
    cursor.execute("SELECT why, COUNT(*) FROM bills_judged WHERE why <> '' GROUP BY why")
    left_out = {str(why): int(people) for why, people in cursor.fetchall()}
    return {**left_out, "": many - sum(left_out.values())}


def gathered_places(cursor: CursorWrapper) -> set[tuple[str, str]]:
    """Return village and category of everybody in ``bills_judged`` who is to be billed."""
    cursor.execute("SELECT DISTINCT village_code, category FROM bills_judged WHERE why = ''")
    return {(str(code), str(category)) for code, category in cursor.fetchall()}


def priced(segment: Segment, listed: Sequence[str], source: str) -> str:
    """Return ``month, person, place, jkk, jkm`` of everybody in ``bills_judged`` who is to be billed: a statement."""
    return (
        f"SELECT j.month, j.person, pl.id AS place, {_price('jkk', segment, listed, source)} AS jkk,"
        f" {_price('jkm', segment, listed, source)} AS jkm FROM bills_judged j JOIN months_place pl"
        " ON pl.village_code = j.village_code AND pl.category = j.category WHERE j.why = ''"
    )


def judged(
    line_id: int, segment: Segment, listed: Sequence[str], between: tuple[int, int]
) -> tuple[str, list[Any]]:
    """Return everybody of the decree with why they are not billed (``why``, empty: they are), as a statement."""
    sql, values = people(line_id, listed)
    number = SEGMENTS[segment.value]
    default = int(default_income(months.first_day(listed[0])).value)
    income = f"COALESCE(d.income, {default})" if segment == Segment.BPU else "COALESCE(d.income, 0)"
    live = (
        f"(SELECT MAX(m.seq) FROM months_month m WHERE m.month = d.month AND m.segment = {number}"
        " AND m.person = d.person_id)"
    )
    others = unbillable.elsewhere(
        segment.value,
        listed,
        (BillState.DRAFT, *OPEN),
        between,
        person="d.person_id",
        month="d.month",
    )
    gone, given = unbillable.joins(
        segment.value,
        [line_id],
        person="d.person_id",
        month="d.month",
        line=str(int(line_id)),
        unsent=True,
    )
    why = (
        f"CASE {unbillable.whens(month='d.month', unsent=True)}"
        + ("" if segment == Segment.BPU else " WHEN d.income IS NULL THEN 'no_wage'")
        + f" WHEN (COALESCE({live}, 0) & 1) = 1 THEN 'paid' WHEN {others} THEN 'billed' ELSE '' END"
    )
    return (
        (
            f"SELECT d.month, d.person_id AS person, d.category, d.village_code, {income} AS income, d.sector, d.risk,"
            f" {why} AS why FROM ({sql}) d JOIN people_person p ON p.id = d.person_id {gone}"
            f" WHERE d.segment = '{segment.value}'"
        ),
        [*values, *given],
    )


def _price(programme: str, segment: Segment, listed: Sequence[str], source: str) -> str:
    """Return the expression for one programme: by stretches of unchanged law, the law's own rules."""
    book = load()
    income, sector, risk = (Code(f"j.{name}") for name in ("income", "sector", "risk"))
    found = []
    for first, run in stretches(listed, book):
        reading = Reading(book.on(months.first_day(first)), DIALECT)
        if programme == "jkk":
            text = reading.write(contribution.jkk, segment.value, income, sector, source, risk)
        else:
            text = reading.write(contribution.jkm, segment.value, income, sector, source)
        found.append((months.index(run[-1]), text))
    if len(found) == 1:
        return found[0][1]
    cases = " ".join(f"WHEN j.month <= {last} THEN {text}" for last, text in found[:-1])
    return f"CASE {cases} ELSE {found[-1][1]} END"


def law_version(month: str) -> str:
    """Return the version of the law that prices ``month``."""
    return load().on(months.first_day(month)).version


def is_postgresql() -> bool:
    """Whether statements are for PostgreSQL (ANALYZE after many rows)."""
    return connection.vendor == "postgresql"
