"""Who is not billed any more, said once: for drawing up, for sending, and for a bill that was sent meanwhile."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from payung.codes import Life
from payung.law import months
from payung.office.bills.models import Bill
from payung.office.bills.states import BillState
from payung.office.changes.states import ChangeKind
from payung.office.exchange.queries import rejected_rows, unsent_rows
from payung.office.months.states import SEGMENTS
from payung.office.programme.models import DecreePerson
from payung.text import Text

# Why a person of the decree is not billed, in the order in which it is asked.
WHY: dict[str, Text] = {
    "merged": Text("digabung dengan orang lain", "merged into another person"),
    "stopped": Text("keluar", "left"),
    "dead": Text("meninggal", "dead"),
    "moved": Text("pindah menurut Dukcapil", "moved away by the civil registry"),
    "rejected": Text("ditolak BPJS, belum diterima", "rejected by the insurer, not accepted since"),
    "unsent": Text("belum didaftarkan ke BPJS", "not sent to the insurer yet"),
    "no_wage": Text("upah belum diisi", "no wage"),
    "paid": Text("sudah dibayar", "paid already"),
    "billed": Text("sudah ditagih", "billed already"),
}
GONE = ("merged", "stopped", "dead", "moved", "rejected")  # not billed by anybody; the rest may be elsewhere
LEFT = ("stopped",)  # of them, for whom earlier months may still be owed


def joins(
    segment: str, lines: Collection[int], *, person: str, month: str, line: str, unsent: bool = False
) -> tuple[str, list[Any]]:
    """Return what :func:`whens` reads, as joins to ``person``, ``month`` and ``line`` (expressions): changes ``c``,
    rejections ``e`` of people of ``lines`` (keys), and where it is asked for, who was never sent ``u``."""
    changes = (
        "LEFT JOIN (SELECT person_id, MIN(stops_from) AS stops,"
        f" {_has(ChangeKind.MENINGGAL)} AS death, {_has(ChangeKind.PINDAH)} AS move"
        f" FROM changes_change WHERE state = 'approved' AND segment IN ('', '{segment}')"
        f" GROUP BY person_id) c ON c.person_id = {person}"
    )
    rejected, values = rejections(segment, lines, person=person, month=month, line=line)
    if not unsent:
        return f"{changes} {rejected}", values
    forgotten, given = _of_rows("u", unsent_rows(), segment, lines, person, month, line)
    return f"{changes} {rejected} {forgotten}", [*values, *given]


def elsewhere(
    segment: str,
    listed: Sequence[str],
    states: Collection[BillState],
    within: tuple[int, int],
    *,
    but: int = 0,
    person: str,
    month: str,
) -> str:
    """Return the condition that a ``person`` stands for the ``month`` in a bill of ``states`` other than ``but``.

    Only bills that have anybody between the keys ``within`` are looked into: a probe a person and such bill, no pass
    over all of their lines.
    """
    given: list[Any] = [segment, *(state.value for state in states), but, listed[-1], listed[0]]
    listing = ", ".join(str(months.index(one)) for one in months.between(listed[0], listed[-1]))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT b.id FROM bills_bill b WHERE b.segment = %s AND b.state IN ({', '.join(['%s'] * len(states))})"
            " AND b.id <> %s AND b.from_month <= %s AND b.until_month >= %s AND EXISTS (SELECT 1 FROM bills_line o"
            f" WHERE o.bill = b.id AND o.month IN ({listing}) AND o.person BETWEEN %s AND %s) ORDER BY b.id",
            [*given, *within],
        )
        keys = ", ".join(str(int(key)) for (key,) in cursor.fetchall())
    if not keys:
        return "1 = 0"
    return f"EXISTS (SELECT 1 FROM bills_line o WHERE o.bill IN ({keys}) AND o.month = {month} AND o.person = {person})"


def rejections(
    segment: str, lines: Collection[int], *, person: str, month: str, line: str
) -> tuple[str, list[Any]]:
    """Return the join to ``e``: a row where the insurer rejected the ``person`` in the decree whose ``line`` pays the
    ``month``."""
    return _of_rows("e", rejected_rows(), segment, lines, person, month, line)


def _of_rows(
    name: str,
    rows: QuerySet[DecreePerson],
    segment: str,
    lines: Collection[int],
    person: str,
    month: str,
    line: str,
) -> tuple[str, list[Any]]:
    """Return the join to ``name``: a row where ``rows`` have the person, the line and the month."""
    mine = rows.filter(line__in=list(lines), segment=segment)
    sql, values = mine.values_list("line_id", "person_id", "from_month", "last_month").query.sql_with_params()
    return (
        f"LEFT JOIN (SELECT r.line_id, r.person_id, {_index('r.from_month')} AS first,"
        f" {_index('r.last_month')} AS last FROM ({sql}) r) {name} ON {name}.person_id = {person}"
        f" AND {name}.line_id = {line} AND {month} BETWEEN {name}.first AND {name}.last"
    ), list(values)


def whens(*, month: str, unsent: bool = False) -> str:
    """Return the branches of a CASE that give the code of :data:`GONE` (or ``unsent``) of a person ``p`` in a month;
    see joins."""
    return (
        "WHEN p.merged_into_id IS NOT NULL THEN 'merged'"
        f" WHEN c.stops <= {month} THEN 'stopped'"
        f" WHEN p.life_status = '{Life.DEAD.value}' AND COALESCE(c.death, 0) = 0 THEN 'dead'"
        f" WHEN p.life_status = '{Life.MOVED.value}' AND COALESCE(c.move, 0) = 0 THEN 'moved'"
        " WHEN e.person_id IS NOT NULL THEN 'rejected'"
        + (" WHEN u.person_id IS NOT NULL THEN 'unsent'" if unsent else "")
    )


@dataclass(frozen=True, slots=True)
class Excused:
    """A person-month of a bill that was sent and not paid, which is not to be paid any more: who, where (key of place
    and category), when, rupiah, why."""

    bill: int
    month: int
    person: int
    place: int
    amount: int
    why: str


def excused(bills: Collection[Bill]) -> list[Excused]:
    """Return the unpaid person-months of ``bills`` that are not to be paid any more; a statement for each segment."""
    found: list[Excused] = []
    for segment, number in sorted(SEGMENTS.items()):
        mine = [bill for bill in bills if str(bill.segment) == segment]
        if not mine:
            continue
        joined, values = joins(
            segment,
            {bill.line_id for bill in mine},
            person="l.person",
            month="l.month",
            line="b.line_id",
        )
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT * FROM (SELECT l.bill, l.month, l.person, l.place, l.jkk + l.jkm,"
                f" CASE {whens(month='l.month')} ELSE '' END AS why FROM bills_line l"
                f" JOIN bills_bill b ON b.id = l.bill JOIN people_person p ON p.id = l.person {joined}"
                f" WHERE l.bill IN ({', '.join(str(bill.pk) for bill in mine)})"
                " AND (COALESCE((SELECT MAX(m.seq) FROM months_month m WHERE m.month = l.month"
                f" AND m.segment = {number} AND m.person = l.person), 0) & 1) = 0) x"
                " WHERE x.why <> '' ORDER BY 1, 2, 3",
                values,
            )
            found += [
                Excused(int(bill), int(month), int(person), int(place), int(amount), str(why))
                for bill, month, person, place, amount, why in cursor.fetchall()
            ]
    return found


def not_asked_for(month: str) -> tuple[str, list[Any]]:
    """Return ``person, segment`` (number) of those in the decrees of ``month`` (``YYYY-MM``) whom the insurer rejected,
    as a statement: paying now would not help them."""
    rows = rejected_rows().filter(from_month__lte=month, last_month__gte=month)
    sql, values = rows.values_list("person_id", "segment").query.sql_with_params()
    numbers = " ".join(f"WHEN '{name}' THEN {number}" for name, number in sorted(SEGMENTS.items()))
    return f"SELECT r.person_id AS person, CASE r.segment {numbers} END AS segment FROM ({sql}) r", list(
        values
    )


def _has(kind: ChangeKind) -> str:
    return f"MAX(CASE WHEN kind = '{kind.value}' THEN 1 ELSE 0 END)"


def _index(month: str) -> str:
    """Return the number of a month (year x 12 + month - 1) out of its text."""
    return f"(CAST(substr({month}, 1, 4) AS integer) * 12 + CAST(substr({month}, 6, 2) AS integer) - 1)"
