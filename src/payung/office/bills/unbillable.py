"""Who is not billed any more, said once: for drawing up, for sending, and for a bill that was sent meanwhile."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import connection

from payung.codes import Life
from payung.office.bills.models import Bill
from payung.office.changes.states import ChangeKind
from payung.office.exchange.queries import rejected_rows
from payung.office.months.states import SEGMENTS
from payung.text import Text

# Why a person of the decree is not billed, in the order in which it is asked.
WHY: dict[str, Text] = {
    "merged": Text("digabung dengan orang lain", "merged into another person"),
    "stopped": Text("keluar", "left"),
    "dead": Text("meninggal", "dead"),
    "moved": Text("pindah menurut Dukcapil", "moved away by the civil registry"),
    "rejected": Text("ditolak BPJS, belum diterima", "rejected by the insurer, not accepted since"),
    "no_wage": Text("upah belum diisi", "no wage"),
    "paid": Text("sudah dibayar", "paid already"),
    "billed": Text("sudah ditagih", "billed already"),
}
GONE = ("merged", "stopped", "dead", "moved", "rejected")  # not billed by anybody; the rest may be elsewhere


def joins(
    segment: str, lines: Collection[int], *, person: str, month: str, line: str
) -> tuple[str, list[Any]]:
    """Return what :func:`whens` reads, as joins to ``person``, ``month`` and ``line`` (expressions): changes ``c``,
    rejections ``e`` of people of ``lines`` (keys)."""
    changes = (
        "LEFT JOIN (SELECT person_id, MIN(stops_from) AS stops,"
        f" {_has(ChangeKind.MENINGGAL)} AS death, {_has(ChangeKind.PINDAH)} AS move"
        f" FROM changes_change WHERE state = 'approved' AND segment IN ('', '{segment}')"
        f" GROUP BY person_id) c ON c.person_id = {person}"
    )
    rejected, values = rejections(segment, lines, person=person, month=month, line=line)
    return f"{changes} {rejected}", values


def rejections(
    segment: str, lines: Collection[int], *, person: str, month: str, line: str
) -> tuple[str, list[Any]]:
    """Return the join to ``e``: a row where the insurer rejected the ``person`` in the decree whose ``line`` pays the
    ``month``."""
    rows = rejected_rows().filter(line__in=list(lines), segment=segment)
    sql, values = rows.values_list("line_id", "person_id", "from_month", "last_month").query.sql_with_params()
    return (
        f"LEFT JOIN (SELECT r.line_id, r.person_id, {_index('r.from_month')} AS first,"
        f" {_index('r.last_month')} AS last FROM ({sql}) r) e ON e.person_id = {person} AND e.line_id = {line}"
        f" AND {month} BETWEEN e.first AND e.last"
    ), list(values)


def whens(*, month: str) -> str:
    """Return the branches of a CASE that give the code of :data:`GONE` of a person ``p`` in a month; see joins."""
    return (
        "WHEN p.merged_into_id IS NOT NULL THEN 'merged'"
        f" WHEN c.stops <= {month} THEN 'stopped'"
        f" WHEN p.life_status = '{Life.DEAD.value}' AND COALESCE(c.death, 0) = 0 THEN 'dead'"
        f" WHEN p.life_status = '{Life.MOVED.value}' AND COALESCE(c.move, 0) = 0 THEN 'moved'"
        " WHEN e.person_id IS NOT NULL THEN 'rejected'"
    )


@dataclass(frozen=True, slots=True)
class Excused:
    """A person-month of a bill that was sent and not paid, which is not to be paid any more: who, when, rupiah, why."""

    bill: int
    month: int
    person: int
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
                f"SELECT * FROM (SELECT l.bill, l.month, l.person, l.jkk + l.jkm, CASE {whens(month='l.month')}"
                " ELSE '' END AS why FROM bills_line l JOIN bills_bill b ON b.id = l.bill"
                f" JOIN people_person p ON p.id = l.person {joined}"
                f" WHERE l.bill IN ({', '.join(str(bill.pk) for bill in mine)})"
                " AND (COALESCE((SELECT MAX(m.seq) FROM months_month m WHERE m.month = l.month"
                f" AND m.segment = {number} AND m.person = l.person), 0) & 1) = 0) x"
                " WHERE x.why <> '' ORDER BY 1, 2, 3",
                values,
            )
            found += [
                Excused(int(bill), int(month), int(person), int(amount), str(why))
                for bill, month, person, amount, why in cursor.fetchall()
            ]
    return found


def _has(kind: ChangeKind) -> str:
    return f"MAX(CASE WHEN kind = '{kind.value}' THEN 1 ELSE 0 END)"


def _index(month: str) -> str:
    """Return the number of a month (year x 12 + month - 1) out of its text."""
    return f"(CAST(substr({month}, 1, 4) AS integer) * 12 + CAST(substr({month}, 6, 2) AS integer) - 1)"
