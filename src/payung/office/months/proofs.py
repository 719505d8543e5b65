"""Whether what is kept is what the rows say, and whether the rows are what was written. Names the row and the fault."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable
from operator import itemgetter
from typing import Any

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from payung.law import months
from payung.office.face import Finding
from payung.office.guards import standing
from payung.office.history.models import Event
from payung.office.months import ddl, pasts, postings, rolls
from payung.office.months.models import Day, Past, Posting
from payung.text import Text

MOST = 20  # findings of one kind that are named one by one


guards = standing("months.guard", ddl.guards)


def digests() -> Iterable[Finding]:
    """The rows of every posting are those that were written: their digest stands in the posting and in the history."""
    rows = (
        f"SELECT posting, {postings.written(*postings.HASHED)}, jkk + jkm FROM months_month"
        " ORDER BY month, segment, person, seq"  # as the table lies: nothing is sorted
    )
    hashed: defaultdict[int, postings.Digest] = defaultdict(postings.Digest)
    with connection.cursor() as cursor:
        cursor.execute(rows, [])
        for block in postings.blocks(cursor):
            if len({number for number, _, _ in block}) > 1:  # in each posting still in the order of the table
                block = sorted(block, key=itemgetter(0))
            for number, group in itertools.groupby(block, key=itemgetter(0)):
                _, texts, amounts = zip(*group, strict=True)
                hashed[int(number)].add(texts, amounts)
    found = {number: one.told for number, one in hashed.items()}
    told = _told()
    for posting in Posting.objects.order_by("pk").iterator(chunk_size=postings.CHUNK):
        now = found.pop(posting.pk, (0, 0, ""))
        if now != (posting.people, posting.amount, posting.digest):
            yield _changed(posting.pk, posting.bill)
        elif told.get(posting.pk) != posting.digest:
            yield Finding(
                "months.history",
                f"posting:{posting.pk}",
                Text(
                    f"Pembukuan {posting.pk} berbeda dari catatannya dalam riwayat: pulihkan dari cadangan.",
                    f"Posting {posting.pk} is not what the history says of it: restore it from a backup.",
                ),
            )
    for number in sorted(found):
        yield _changed(number, 0)


def _told() -> dict[int, str]:
    events = Event.objects.filter(action__in=("months.post", "months.take_back")).order_by()
    return {
        number: (after or {}).get("digest", "") for number, after in events.values_list("number", "after")
    }


def _changed(number: int, bill: int) -> Finding:
    return Finding(
        "months.rows",
        f"posting:{number}",
        Text(
            f"Baris bulan dari pembukuan {number} (tagihan {bill}) bukan yang dulu ditulis: bandingkan dengan "
            "salinan tagihan, lalu pulihkan dari cadangan.",
            f"The month rows of posting {number} (bill {bill}) are not those that were written: compare them with "
            "the bill's own copy and restore them from a backup.",
        ),
    )


def rolls_hold() -> Iterable[Finding]:
    """The roll of every posting names exactly the people of its rows."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT month FROM months_month UNION SELECT month FROM months_roll ORDER BY month")
        listed = [int(month) for (month,) in cursor.fetchall()]
        for month in listed:
            cursor.execute(
                "SELECT posting, segment, packed FROM months_roll WHERE month = %s ORDER BY posting, segment",
                [month],
            )
            kept = {
                (int(number), int(segment)): rolls.unpack(bytes(packed))[0]
                for number, segment, packed in postings.chunks(cursor, 50)
            }
            cursor.execute("SELECT posting, segment, person FROM months_month WHERE month = %s", [month])
            rows = [np.array(block, dtype=np.int32) for block in postings.blocks(cursor)]
            for number, segment in sorted(_unlike(kept, np.concatenate(rows) if rows else None)):
                yield Finding(
                    "months.roll",
                    f"posting:{number}",
                    Text(
                        f"Daftar orang pembukuan {number} ({months.from_index(month)}, segmen {segment}) tidak sama "
                        "dengan baris bulannya.",
                        f"The roll of posting {number} ({months.from_index(month)}, segment {segment}) does not name "
                        "the people of its rows.",
                    ),
                )


def _unlike(
    kept: dict[tuple[int, int], rolls.Keys], rows: NDArray[np.int32] | None
) -> Iterable[tuple[int, int]]:
    """Return the postings and segments whose roll is not what ``rows`` (posting, segment, person) say."""
    found = dict(kept)
    if rows is not None:
        rows = rows[np.lexsort((rows[:, 2], rows[:, 1], rows[:, 0]))]
        bounds = np.flatnonzero(np.any(np.diff(rows[:, :2], axis=0) != 0, axis=1)) + 1
        for part in np.split(rows, bounds):
            key = (int(part[0, 0]), int(part[0, 1]))
            if np.array_equal(found.get(key, ()), part[:, 2]):
                del found[key]
            else:
                yield key
                found.pop(key, None)
    yield from found


def chains() -> Iterable[Finding]:
    """Each correction follows the row that it corrects, and takes back exactly that."""
    yield from _each(
        "months.chain",
        "SELECT n.month, n.segment, n.person, n.seq FROM months_month n LEFT JOIN months_month p"
        " ON p.month = n.month AND p.segment = n.segment AND p.person = n.person AND p.seq = n.seq - 1"
        " WHERE n.seq > 1 AND (p.seq IS NULL OR p.posting >= n.posting"
        " OR ((n.seq & 1) = 0 AND (p.line <> n.line OR p.jkk <> -n.jkk OR p.jkm <> -n.jkm)))",
        Text("rantai koreksi putus", "the chain of corrections is broken"),
    )


def pasts_hold() -> Iterable[Finding]:
    """Every person's kept past is what their rows say, and every kept verdict is the law's."""
    digests = dict(Past.objects.values_list("pk", "digest"))
    kept: dict[tuple[int, int], int] = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT segment, person, past FROM months_cover ORDER BY segment, person")
        for segment, person, past in postings.chunks(cursor):
            kept[int(segment), int(person)] = int(past)
        days = dict(Posting.objects.values_list("pk", "paid_on"))
        cursor.execute(
            "SELECT segment, person, month, seq, posting FROM months_month ORDER BY segment, person, month, seq"
        )
        wrong = list(_wrong(postings.chunks(cursor), kept, digests, days))
    for segment, person in wrong[:MOST]:
        yield Finding(
            "months.cover",
            f"person:{person}",
            Text(
                f"Keadaan orang {person} (segmen {segment}) tidak sama dengan baris bulannya.",
                f"The kept state of person {person} (segment {segment}) is not what the rows say.",
            ),
        )
    day = Day.objects.values_list("on", flat=True).first()
    pasts_kept = list(Past.objects.order_by("pk").values_list("pk", "segment", "text", "verdict"))
    judged = pasts.judged([(segment, text) for _, segment, text, _ in pasts_kept], day) if day else []
    for (key, _, _, number), found in zip(pasts_kept, judged, strict=False):
        if found != number:
            yield Finding(
                "months.verdict",
                f"past:{key}",
                Text(
                    f"Putusan yang tersimpan untuk {day} bukan jawaban aturan: jalankan giliran harian.",
                    f"The verdict kept for {day} is not what the law says: let the daily turn run.",
                ),
            )
            return


def _wrong(
    rows: Iterable[Any], kept: dict[tuple[int, int], int], digests: dict[int, str], days: dict[int, Any]
) -> Iterable[tuple[int, int]]:
    last: tuple[int, int] | None = None
    paid: dict[int, int] = {}

    def judged() -> bool:
        assert last is not None
        text = pasts.write(paid)
        return digests.get(kept.pop(last, 0)) == pasts.digest(last[0], text)

    for segment, person, month, seq, posting in rows:
        if (segment, person) != last:
            if last is not None and not judged():
                yield last
            last, paid = (segment, person), {}
        if seq % 2:
            paid[month] = days[posting].toordinal() if posting in days else 0
        else:
            paid.pop(month, None)
    if last is not None and not judged():
        yield last
    yield from sorted(kept)


def sums() -> Iterable[Finding]:
    """The counts by place are what cover and pasts say; the money by month is what the rows say."""
    yield from _each(
        "months.states",
        "SELECT place, segment, verdict, SUM(people) FROM (SELECT place, segment, verdict, people FROM months_statesum"
        " UNION ALL SELECT c.place, c.segment, p.verdict, -1 FROM months_cover c JOIN months_past p ON p.id = c.past)"
        " x GROUP BY place, segment, verdict HAVING SUM(people) <> 0",
        Text("jumlah orang per desa salah", "the count of people of a village is wrong"),
    )
    yield from _each(
        "months.money",
        "SELECT month, line, segment, SUM(people) FROM (SELECT month, line, segment, people, jkk, jkm"
        " FROM months_monthsum UNION ALL SELECT month, line, segment,"
        " CASE WHEN (seq & 1) = 1 THEN -1 ELSE 1 END, -jkk, -jkm FROM months_month) x"
        " GROUP BY month, line, segment HAVING SUM(people) <> 0 OR SUM(jkk) <> 0 OR SUM(jkm) <> 0",
        Text("jumlah uang per bulan salah", "the sum of a month's money is wrong"),
    )


def _each(code: str, sql: str, what: Text) -> Iterable[Finding]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        for row in cursor.fetchmany(MOST):
            where = ":".join(str(int(value)) for value in row)
            yield Finding(code, where, Text(f"{what.id}: {where}.", f"{what.en}: {where}."))


CHECKS = (guards, digests, rolls_hold, chains, pasts_hold, sums)
