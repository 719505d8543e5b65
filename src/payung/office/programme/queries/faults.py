"""What keeps a decree from being frozen, in words: who, what, and what to do. A constant number of queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from payung.codes import Category
from payung.law import source_refusal
from payung.law.months import between
from payung.office.face import asks
from payung.office.people.models import DEAD
from payung.office.programme.models import Decree, DecreePerson, Line
from payung.office.programme.queries.prices import law_source, priced
from payung.office.programme.rules import is_kelurahan
from payung.office.regions.tree import below
from payung.text import Text

SHOWN = 3  # names in a sentence


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a decree cannot be frozen: a short code, how many rows, the sentence."""

    code: str
    many: int
    what: Text


def faults_of(decree: Decree) -> list[Fault]:
    """Return everything that keeps ``decree`` from being frozen; nothing where it may be."""
    mine = DecreePerson.objects.filter(decree=decree.pk)
    lines = {line.pk: line for line in Line.objects.filter(pk__in=mine.values("line"))}
    return [
        *_empty(decree, mine),
        *(fault for line in lines.values() for fault in _beyond(line, mine.filter(line=line))),
        *_said(
            "MENINGGAL",
            mine.filter(person__life_status=DEAD),
            "sudah meninggal: keluarkan dari daftar",
            "have died: take them out of the list",
        ),
        *_said(
            "UPAH_KOSONG",
            mine.filter(income__isnull=True),
            "belum diketahui upahnya, jadi iurannya tidak dapat dihitung: isi penghasilannya",
            "have no known wage, so nothing can be reckoned: fill in their income",
        ),
        *_doubled(decree),
        *_dear(mine, lines),
    ]


def doubles(decree: Decree) -> QuerySet[DecreePerson]:
    """Return the rows whose person stands in another row of the same segment for one of the same months."""
    other = (
        DecreePerson.objects.filter(person=OuterRef("person"), segment=OuterRef("segment"))
        .filter(Q(held=True) | Q(decree=decree.pk))
        .exclude(pk=OuterRef("pk"))
        .exclude(removed_by=decree.pk)
        .filter(from_month__lte=OuterRef("last_month"), last_month__gte=OuterRef("from_month"))
    )
    return DecreePerson.objects.filter(Exists(other), decree=decree.pk)


def warnings_of(decree: Decree) -> list[Text]:
    """Return where the law warns of who pays for whom, by the months of the rows (the law's ``source_bans``)."""
    rows = (
        DecreePerson.objects.filter(decree=decree.pk)
        .order_by()
        .values_list("line__source", "category", "from_month", "until_month", "village_code")
        .distinct()
    )
    asked: dict[tuple[str, str, bool], set[str]] = {}
    for source, category, first, last, village in rows:
        key = (law_source(source), str(category), is_kelurahan(village))
        asked.setdefault(key, set()).update(between(first, last))
    found: dict[Text, None] = {}
    for (source, category, kelurahan), months in sorted(asked.items()):
        for month in sorted(months):
            if said := source_refusal(source, category, month, kelurahan=kelurahan):
                found[said] = None
                break
    return list(found)


def asked_of(decree: Decree) -> list[Text]:
    """Return what has to be answered with a reason before ``decree`` is frozen: warnings of the law, and what
    other apps ask (who of those covered now loses what)."""
    return [*warnings_of(decree), *asks("decree.freeze", decree=decree)]


def line_warnings(line: Line) -> list[Text]:
    """Return where the law warns of a line that is restricted to categories, or could pay for anybody."""
    categories = line.categories or [str(one) for one in Category]
    found: dict[Text, None] = {}
    for category in categories:
        for month in between(line.from_month, line.until_month):
            if said := source_refusal(law_source(line.source), category, month):
                found[said] = None
                break
    return list(found)


def _empty(decree: Decree, mine: QuerySet[DecreePerson]) -> Iterable[Fault]:
    if not mine.exists() and not DecreePerson.objects.filter(removed_by=decree.pk).exists():
        yield Fault("KOSONG", 0, Text("Daftarnya masih kosong.", "The list is empty."))


def _doubled(decree: Decree) -> Iterable[Fault]:
    """Return who is paid twice for a month, and by which decrees and lines."""
    rows = doubles(decree)
    if not rows.exists():
        return []
    others = (
        DecreePerson.objects.filter(held=True, person__in=rows.values("person"))
        .filter(from_month__lte=decree.until_month, last_month__gte=decree.from_month)
        .exclude(decree=decree.pk)
        .order_by("decree_id")
        .values_list("decree_id", "decree__number", "line__name")
        .distinct()
    )
    named = list(others[:SHOWN])
    sk = ", ".join(f"SK {number or key} ({line})" for key, number, line in named) or f"SK {decree.pk}"
    return _said(
        "DUA_PEMBAYAR",
        rows,
        f"sudah dibayar {sk} untuk bulan yang sama: keluarkan, atau pindahkan dengan SK perubahan",
        f"are paid by {sk.replace('SK', 'decree')} for the same months: take them out, or hand them over by a "
        "follow-up decree",
    )


def _beyond(line: Line, mine: QuerySet[DecreePerson]) -> Iterable[Fault]:
    """Yield what the restrictions of a line do not allow."""
    yield from _said(
        "BULAN_LUAR",
        mine.filter(Q(from_month__lt=line.from_month) | Q(until_month__gt=line.until_month)),
        f"melampaui bulan {line.from_month} s.d. {line.until_month} dari {line.name}: persingkat masanya",
        f"go beyond the months {line.from_month} to {line.until_month} of {line.name}: shorten them",
    )
    inside = Q(pk__in=[])
    for area in line.areas or [line.region_code]:
        inside |= below(area, "village_code")
    yield from _said(
        "WILAYAH_LUAR",
        mine.exclude(inside),
        f"tinggal di luar wilayah {', '.join(line.areas or [line.region_code])} dari {line.name}: pilih baris lain",
        f"live outside of {', '.join(line.areas or [line.region_code])}, where {line.name} pays: choose another line",
    )
    for code, field, allowed in (
        ("KATEGORI_LUAR", "category", line.categories),
        ("PEKERJAAN_LUAR", "occupation", line.occupations),
    ):
        if allowed:
            yield from _said(
                code,
                mine.exclude(**{f"{field}__in": allowed}),
                f"bukan {', '.join(allowed)}, yang boleh dibayar {line.name}: pilih baris lain",
                f"are not {', '.join(allowed)}, whom {line.name} pays for: choose another line",
            )


def _dear(mine: QuerySet[DecreePerson], lines: dict[int, Line]) -> Iterable[Fault]:
    capped = [line.pk for line in lines.values() if line.per_head is not None]
    if not capped:
        return
    for group in priced(mine.filter(line__in=capped)):
        line, most = lines[group.line], max(group.monthly.values(), default=0)
        if line.per_head is not None and most > line.per_head:
            dear = mine.filter(
                line=line,
                segment=group.segment,
                income=group.income,
                sector=group.sector,
                risk=group.risk,
                from_month=group.from_month,
                last_month=group.last_month,
            )
            yield from _said(
                "LEBIH_MAHAL",
                dear,
                f"menelan {most} rupiah sebulan, lebih dari batas {line.per_head} per orang dari {line.name}",
                f"cost {most} rupiah a month, more than the {line.per_head} a head of {line.name}",
            )


def _said(code: str, rows: QuerySet[DecreePerson], id_: str, en: str) -> Iterable[Fault]:
    found: list[Any] = list(rows.order_by("number").values_list("number", "name"))
    if not found:
        return
    names = ", ".join(f"{name} (no. {number})" for number, name in found[:SHOWN])
    more = len(found) - SHOWN
    rest = Text(f" dan {more} orang lain", f" and {more} others") if more > 0 else Text("", "")
    yield Fault(code, len(found), Text(f"{names}{rest.id} {id_}.", f"{names}{rest.en} {en}."))
