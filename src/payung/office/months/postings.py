"""Postings written set-based: the same few statements for one person and for a million, on both engines.

Within one transaction: rows that are to be written (``lines``, a SELECT) → which of them can be → months → the pasts
they lead to (the distinct ones pass through Python) → cover, counts. Everything happens under the lock of the
history's head, so that a posting's key is the number of its event.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import OperationalError, connection
from django.db.backends.utils import CursorWrapper

from payung.office.history import heads
from payung.office.months import pasts, rolls

SPAN = 60  # months that one posting may reach over: a bit each
CHUNK = 5000


@dataclass(frozen=True, slots=True)
class Lines:
    """Rows that are to be posted: a SELECT of ``month, segment, person, place, jkk, jkm``, and its values."""

    sql: str
    values: Sequence[Any] = ()


@dataclass(frozen=True, slots=True)
class Left:
    """A row that could not be posted, because of the row that is there: somebody has paid it, or nobody has."""

    month: int
    segment: int
    person: int
    amount: int


def next_number() -> int:
    """Return the number of the next event, and keep everybody else from writing one until the commit."""
    return heads.locked().number + 1


def touch(cursor: CursorWrapper, lines: Lines, *, back: bool) -> list[Left]:
    """Put ``lines`` in order into ``months_touched``; return (and leave out) those that cannot be posted."""
    _temporary(cursor)
    cursor.execute(
        f"INSERT INTO months_touched SELECT l.month, l.segment, l.person, l.place, l.jkk, l.jkm, 1 + COALESCE(("
        "SELECT MAX(m.seq) FROM months_month m WHERE m.month = l.month AND m.segment = l.segment"
        f" AND m.person = l.person), 0) FROM ({lines.sql}) l ORDER BY l.month, l.segment, l.person",
        lines.values,
    )
    parity = 1 if back else 0
    cursor.execute(
        "SELECT month, segment, person, jkk + jkm FROM months_touched WHERE (seq & 1) = %s"
        " ORDER BY month, segment, person",
        [parity],
    )
    left = [Left(*map(int, row)) for row in cursor.fetchall()]
    if left:
        cursor.execute("DELETE FROM months_touched WHERE (seq & 1) = %s", [parity])
    return left


def write_months(cursor: CursorWrapper, number: int, line: int) -> tuple[tuple[int, int, str], list[int]]:
    """Write the rows of ``months_touched`` under posting ``number``; return rows, rupiah and their digest, and which
    months they are of, rising."""
    cursor.execute(
        "INSERT INTO months_month (month, segment, person, seq, posting, line, jkk, jkm)"
        " SELECT month, segment, person, seq, %s, %s, jkk, jkm FROM months_touched"
        " ORDER BY month, segment, person",
        [number, line],
    )
    cursor.execute(
        f"SELECT {written(*HASHED)}, jkk + jkm, month, segment, person, place FROM months_touched"
        " ORDER BY month, segment, person",
        [],
    )
    found, roll = Digest(), rolls.Roll()
    for block in blocks(cursor):
        texts, amounts, *who = zip(*block, strict=True)
        found.add(texts, amounts)
        roll.add(*who)
    return found.told, roll.write(cursor, number)


HASHED = ("month", "segment", "person", "seq", "jkk", "jkm")  # what the digest of a posting is over


def written(*columns: str) -> str:
    """Return the expression of a row as it is hashed: its numbers with bars between, written by the database.

    A statement with it is always executed with values, be it none (``[]``): a sign of SQLite's is doubled for that.
    """
    if connection.vendor == "sqlite":
        return f"printf('{'|'.join(['%d'] * len(columns))}', {', '.join(columns)})".replace("%", "%%")
    return f"concat_ws('|', {', '.join(columns)})"


class Digest:
    """Rows so far, their rupiah, and SHA-256 over them, a line each (:func:`written`)."""

    def __init__(self) -> None:
        self.rows, self.amount, self._hashed = 0, 0, hashlib.sha256()

    def add(self, texts: Sequence[str], amounts: Sequence[int]) -> None:
        """Add rows in their order: each as it is written, and its rupiah."""
        if not texts:
            return
        self.rows += len(texts)
        self.amount += sum(amounts)
        self._hashed.update(("\n".join(texts) + "\n").encode())

    @property
    def told(self) -> tuple[int, int, str]:
        """Rows, rupiah, digest."""
        return self.rows, self.amount, self._hashed.hexdigest()


def digest(rows: Iterable[Sequence[Sequence[Any]]]) -> tuple[int, int, str]:
    """Return :attr:`Digest.told` of rows that come in blocks of (:func:`written`, rupiah)."""
    found = Digest()
    for block in rows:
        found.add(*zip(*block, strict=True))
    return found.told


def blocks(cursor: CursorWrapper) -> Iterable[Sequence[Sequence[Any]]]:
    """Yield the rows of ``cursor`` some thousand at a time."""
    while found := cursor.fetchmany(CHUNK):
        yield found


def chunks(cursor: CursorWrapper, size: int = CHUNK) -> Iterable[Sequence[Any]]:
    """Yield the rows of ``cursor``, ``size`` of them in memory at a time."""
    while found := cursor.fetchmany(size):
        yield from found


def follow(
    cursor: CursorWrapper, *, listed: Sequence[int], line: int, paid_on: dt.date | None, on: dt.date
) -> None:
    """Bring pasts, cover and counts up to date with ``months_touched`` (whose months are ``listed``, rising); verdicts
    are those of the day ``on``."""
    first, last = listed[0], listed[-1]
    if last - first >= SPAN:
        raise ValueError(f"a posting may reach over {SPAN} months at most")
    bit = "SUM(CAST(1 AS bigint) << (t.month - %s))"
    mask = bit if connection.vendor == "sqlite" else f"CAST({bit} AS bigint)"
    who, values = (f"MAX(t.place), {mask}, COALESCE(MAX(c.past), 0), COALESCE(MAX(c.place), 0)", [first])
    if first == last:  # everybody once: nothing to gather
        who, values = ("t.place, 1, COALESCE(c.past, 0), COALESCE(c.place, 0)", [])
    cursor.execute(
        f"INSERT INTO months_folk SELECT t.segment, t.person, {who} FROM months_touched t LEFT JOIN months_cover c"
        " ON c.segment = t.segment AND c.person = t.person"
        + ("" if first == last else " GROUP BY t.segment, t.person"),
        values,
    )
    if connection.vendor == "postgresql":
        cursor.execute("ANALYZE months_folk")
    _steps(cursor, first, paid_on, on)
    _count(cursor, "f.old_place", "f.old", "months_folk f", "-")
    _count(cursor, "f.place", "s.new", f"months_folk f {_TO_STEP}", "")
    cursor.execute(
        "INSERT INTO months_cover (person, place, past, segment) SELECT f.person, f.place, s.new, f.segment"
        f" FROM months_folk f {_TO_STEP} WHERE TRUE ORDER BY f.segment, f.person"
        " ON CONFLICT (segment, person) DO UPDATE SET place = excluded.place, past = excluded.past"
    )
    cursor.execute(
        "INSERT INTO months_monthsum (month, line, place, segment, people, jkk, jkm)"
        " SELECT month, %s, place, segment, SUM(CASE WHEN (seq & 1) = 1 THEN 1 ELSE -1 END), SUM(jkk), SUM(jkm)"
        " FROM months_touched WHERE TRUE GROUP BY month, place, segment ORDER BY month, place, segment"
        " ON CONFLICT (month, line, place, segment) DO UPDATE SET people = months_monthsum.people + excluded.people,"
        " jkk = months_monthsum.jkk + excluded.jkk, jkm = months_monthsum.jkm + excluded.jkm",
        [line],
    )


_TO_STEP = "JOIN months_step s ON s.segment = f.segment AND s.old = f.old AND s.mask = f.mask"


def _count(cursor: CursorWrapper, place: str, past: str, folk: str, sign: str) -> None:
    """Add (or take away) the people of ``folk`` to the counts of their place and verdict."""
    cursor.execute(
        "INSERT INTO months_statesum (place, segment, verdict, people)"
        f" SELECT f.place, f.segment, p.verdict, {sign}SUM(f.many) FROM (SELECT {place} AS place, f.segment,"
        f" {past} AS past, COUNT(*) AS many FROM {folk} WHERE {past} > 0 GROUP BY 1, 2, 3) f"
        " JOIN months_past p ON p.id = f.past GROUP BY f.place, f.segment, p.verdict ORDER BY 1, 2, 3"
        " ON CONFLICT (place, segment, verdict) DO UPDATE"
        " SET people = months_statesum.people + excluded.people"
    )


def _steps(cursor: CursorWrapper, first: int, paid_on: dt.date | None, on: dt.date) -> None:
    """Work out, once for everybody who has the same, which past leads to which; into ``months_step``."""
    cursor.execute(
        "SELECT g.segment, g.old, g.mask, COALESCE(p.text, '') FROM (SELECT DISTINCT segment, old, mask"
        " FROM months_folk) g LEFT JOIN months_past p ON p.id = g.old"
    )
    steps = [
        (segment, old, mask, pasts.step(text, pasts.months_of(first, int(mask)), paid_on))
        for segment, old, mask, text in cursor.fetchall()
    ]
    digests = {(segment, text): pasts.digest(segment, text) for segment, _, _, text in steps}
    known = keys_of(cursor, digests.values())
    new = [(segment, text) for (segment, text), key in digests.items() if key not in known]
    if new:
        judged = zip(new, pasts.judged(new, on), strict=True)
        known |= _add_pasts(cursor, [[*past, digests[past], said] for past, said in judged])
    found = [[segment, old, int(mask), known[digests[segment, text]]] for segment, old, mask, text in steps]
    cursor.execute(
        "INSERT INTO months_step (segment, old, mask, new) "
        f"SELECT {each(0)}, {each(1)}, {each(2)}, {each(3)} FROM {rows()}",
        [json.dumps(found)],
    )


def _add_pasts(cursor: CursorWrapper, made: list[list[Any]]) -> dict[str, int]:
    cursor.execute(
        "INSERT INTO months_past (segment, text, digest, verdict) "
        f"SELECT {each(0)}, {each(1, 'text')}, {each(2, 'text')}, {each(3)} FROM {rows()} RETURNING digest, id",
        [json.dumps(made)],
    )
    return {str(key): int(number) for key, number in cursor.fetchall()}


def keys_of(cursor: CursorWrapper, digests: Iterable[str]) -> dict[str, int]:
    """Return digest → key of the pasts that are there."""
    wanted = f"SELECT {each(0, 'text')} FROM {rows()}"
    cursor.execute(
        f"SELECT digest, id FROM months_past WHERE digest IN ({wanted})",
        [json.dumps([[key] for key in digests])],
    )
    return {str(key): int(number) for key, number in cursor.fetchall()}


def rows() -> str:
    """Return what reads one JSON value (a list of lists) as rows; see :func:`each`."""
    return "json_each(%s)" if connection.vendor == "sqlite" else "jsonb_array_elements(%s::jsonb) AS value"


def each(place: int, kind: str = "bigint") -> str:
    """Return the cell at ``place`` of a row of :func:`rows`."""
    if connection.vendor == "sqlite":
        return f"json_extract(value, '$[{place}]')"
    return f"(value ->> {place})::{kind}"


def _temporary(cursor: CursorWrapper) -> None:
    """Have the tables of one posting there and empty."""
    kinds = "integer NOT NULL"
    columns = {
        "months_touched": f"month {kinds}, segment {kinds}, person {kinds}, place {kinds}, jkk {kinds},"
        f" jkm {kinds}, seq {kinds}",
        "months_folk": f"segment {kinds}, person {kinds}, place {kinds}, mask bigint NOT NULL, old {kinds},"
        f" old_place {kinds}",
        "months_step": f"segment {kinds}, old {kinds}, mask bigint NOT NULL, new {kinds}",
    }
    made = [f"CREATE TEMPORARY TABLE IF NOT EXISTS {name} ({listed})" for name, listed in columns.items()]
    if connection.vendor == "postgresql":
        cursor.execute("; ".join([*made, f"TRUNCATE {', '.join(columns)}"]))
        return
    try:
        for name in columns:
            cursor.execute(f"DELETE FROM {name}")
    except (
        OperationalError
    ):  # the first posting of this connection, or the first after one that was rolled back
        for statement in made:
            cursor.execute(statement)
