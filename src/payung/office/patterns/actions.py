"""The writes of patterns: drawing a sample, and looking at a case of it once more."""

from __future__ import annotations

import datetime as dt
import secrets

from django.db import transaction
from django.utils import timezone

from payung.errors import InputError
from payung.office.access.scope import Scope
from payung.office.history.actions import Entry, record
from payung.office.history.again import looks_again
from payung.office.patterns import queries
from payung.office.patterns.models import Drawn, Sample
from payung.office.patterns.rules import drawn
from payung.office.patterns.states import Verdict
from payung.text import Text

MOST = 200  # cases of a sample


@looks_again
@transaction.atomic
def draw(*, by: str, scope: Scope, since: dt.date, until: dt.date, size: int, seed: str = "") -> Sample:
    """Draw ``size`` of the cases within ``scope`` that were approved from ``since`` to ``until``.

    Without a ``seed`` one is made. The same seed, days and size are the same sample. Raises :class:`InputError` where
    there are fewer cases, or the days are in the wrong order.
    """
    if until < since:
        raise InputError(Text("Berakhir sebelum mulai.", "It ends before it starts."), at="until")
    if not 0 < size <= MOST:
        raise InputError(Text(f"Pilih 1 sampai {MOST} klaim.", f"Choose 1 to {MOST} cases."), at="size")
    code, word = scope.places[0], seed.strip()[:40] or f"{secrets.randbelow(10**12):012d}"
    known = Sample.objects.filter(region_code=code, seed=word, since=since, until=until, size=size).first()
    if known is not None:
        return known
    cases = queries.approved(scope, since, until)
    if len(cases) < size:
        raise InputError(
            Text(
                f"Hanya {len(cases)} klaim disetujui dalam masa itu.",
                f"Only {len(cases)} cases were approved in that time.",
            ),
            at="size",
        )
    sample = Sample.objects.create(
        region_code=code, seed=word, since=since, until=until, among=len(cases), size=size, by=by
    )
    rows = [
        Drawn(sample=sample, number=number, case_id=cases[name])
        for number, name in enumerate(drawn(cases, word, size), 1)
    ]
    Drawn.objects.bulk_create(rows)
    after = {"seed": word, "since": since, "until": until, "size": size, "among": len(cases)}
    record(by=by, entries=[Entry("pattern.draw", sample.subject, region_code=code, after=after)])
    return sample


@transaction.atomic
def look(*, by: str, row: Drawn, verdict: Verdict, note: str = "") -> Drawn:
    """Write what a second look at a case of a sample came to; a later look replaces it, the history keeps both.

    Raises :class:`InputError` for a doubt without a word of why.
    """
    if verdict is not Verdict.SOUND and not note.strip():
        raise InputError(Text("Tulis apa yang diragukan.", "Write what is in doubt."), at="note")
    held = Drawn.objects.select_for_update(of=("self",)).select_related("sample").get(pk=row.pk)
    before = {"verdict": str(held.verdict)}
    held.verdict, held.note = verdict, note.strip()[:500]
    held.looked_by, held.looked_at = by, timezone.now()
    held.save(update_fields=["verdict", "note", "looked_by", "looked_at"])
    # About the sample, not the person or the case: the village reads the history of those.
    entry = Entry(
        "pattern.look",
        held.sample.subject,
        region_code=held.sample.region_code,
        before=before,
        after={"number": held.number, "verdict": str(verdict)},
    )
    record(by=by, entries=[entry])
    return held
