"""Whom a decree would leave without cover, and what they lose: to be answered before it is frozen."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from functools import lru_cache

from django.utils import timezone

from payung.law import cover
from payung.office.months import pasts
from payung.office.months.models import Cover, Past
from payung.office.months.states import SEGMENT_OF, SEGMENTS, Protection
from payung.office.programme.models import Decree
from payung.office.programme.queries.people import lapsing
from payung.text import Text

NAMED = 3


def lost(*, decree: Decree) -> list[Text]:
    """Return what people who are covered today lose by ``decree``, one sentence; nothing where nobody does.

    A constant number of queries. Whoever died, goes on in another row, or was never paid for loses nothing.
    """
    rows = lapsing(decree)
    names = {(one.person_id, SEGMENTS[str(one.segment)]): one.name for one in rows}
    if not names:
        return []
    covers = Cover.objects.filter(
        person__in=rows.order_by().values("person"), segment__in=sorted(SEGMENTS.values())
    )
    found = [
        (key, past)
        for person, segment, past in covers.values_list("person", "segment", "past")
        if (key := (person, segment)) in names
    ]
    texts = dict(Past.objects.filter(pk__in={past for _, past in found}).values_list("pk", "text"))
    today = timezone.localdate()
    losers, full = [], 0
    paid: Counter[int] = Counter()
    for key, past in found:
        state, many, jkm = _standing(key[1], texts.get(past, ""), today)
        if state in (Protection.AKTIF, Protection.TENGGANG):
            losers.append((-many, names[key]))
            paid[many] += 1
            full += jkm
    if not losers:
        return []
    most = max(paid)
    named = ", ".join(name for _, name in sorted(losers)[:NAMED])
    return [
        Text(
            f"{len(losers)} orang yang sedang terlindungi tidak diteruskan mulai {decree.from_month}: {full} orang "
            f"kehilangan hak JKM penuh, {paid[most]} orang kehilangan {most} bulan iuran ({named}).",
            f"{len(losers)} people who are covered now do not go on from {decree.from_month}: {full} lose full JKM, "
            f"{paid[most]} lose {most} paid months ({named}).",
        )
    ]


@lru_cache(maxsize=20_000)
def _standing(segment: int, text: str, on: dt.date) -> tuple[Protection, int, bool]:
    if not text:
        return Protection.NONAKTIF, 0, False
    found = cover(pasts.payments(text), on, SEGMENT_OF[segment].value)
    return Protection.member(found.state), found.paid_months, bool(found.jkm_full)
