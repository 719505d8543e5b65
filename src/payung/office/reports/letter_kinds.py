"""The reports as letters: forms 39, 40, 41 and 42 of the district's list. They hold numbers and no names."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from payung.codes import Category
from payung.law import months
from payung.office.access.permissions import Permission
from payung.office.access.scope import Scope
from payung.office.insight import ahead
from payung.office.insight.figures import FIGURES, Cut, seen_categories
from payung.office.insight.queries import count, denominator_parts, denominators, districts_of, labels
from payung.office.insight.rules import share
from payung.office.letters.kinds import Ask, Kind, Material, number_of
from payung.office.letters.states import Office
from payung.office.programme.models import Agreement, Decree, Line
from payung.office.programme.queries.seen import agreements, decrees
from payung.office.programme.states import IN_FORCE
from payung.office.regions.queries import district, names
from payung.office.reports import queries, rules
from payung.office.reports.exceptions import EXCEPTIONS
from payung.text import Text

HEADINGS = ["Angka", "Satuan", "Kini", "Sebelumnya", "Selisih", "Bagian"]


def grouped(number: int | None) -> str:
    """Return a number as papers have it: ``1.234``; a dash for what is not told."""
    return "–" if number is None else f"{number:,}".replace(",", ".")


def tenths(share: int | None) -> str:
    """Return tenths of a percent as papers have them: ``67,7 %``."""
    return "–" if share is None else f"{share // 10},{share % 10} %"


def _signed(number: int | None) -> str:
    return f"+{grouped(number)}" if number is not None and number > 0 else grouped(number)


def _home(scope: Scope) -> Any:
    home = district(scope.places)
    return home if home is not None and scope.covers(home.code) else None


def _report(scope: Scope, key: str) -> Material | None:
    home, period = _home(scope), rules.period(key)
    if home is None or period is None:
        return None
    found = queries.for_paper(scope, period)
    if found is None:
        return None
    return Material(values_of(found, scope), home.code, f"Laporan {period.name.id}")


def values_of(found: queries.Report, scope: Scope) -> dict[str, Any]:
    """Return what the paper of a report prints."""
    rows = [
        [
            one.figure.name.id,
            one.figure.unit.text.id,
            grouped(one.now),
            grouped(one.before),
            _signed(one.more),
            tenths(one.share),
        ]
        for one in found.lines
    ]
    seen = seen_categories(scope)
    return {
        "period": found.period.name.id,
        "as_of": f"{found.snapshot.on}",
        "frozen": f"{found.snapshot.at:%Y-%m-%d}",
        "before": found.before.month if found.before else "",
        "digest": found.snapshot.digest,
        "only": ", ".join(Category.member(one).text.id for one in sorted(seen)),
        "figures": {"headings": HEADINGS, "rows": rows},
        "places": _parts(found.places),
        "categories": _parts(found.categories),
        "forecast": _forecast(found, scope),
        "money": [[name.id, *(grouped(one[code]) for code in queries.MONEY)] for name, one in found.money],
    }


def _forecast(found: queries.Report, scope: Scope) -> dict[str, str] | None:
    """Return the forecast from the month after the report on, with its drawing; ``None`` where there is none."""
    one = ahead.within(scope, found.snapshot.on, open_=False)
    if one is None:
        return None
    last = one.months[-1]
    return {
        "svg": ahead.picture(one),
        "first": one.first,
        "last": last.month,
        "people": grouped(one.people),
        "deaths": grouped(last.whole[1]),
        "low": grouped(last.low),
        "high": grouped(last.high),
        "contributions": grouped(one.contributions),
        "benefits": grouped(last.benefits),
    }


def _parts(parts: tuple[queries.Part, ...]) -> list[list[str]]:
    return [
        [one.name.id, grouped(one.people), grouped(one.covered), tenths(one.share), grouped(one.before)]
        for one in parts
    ]


def _dossier(scope: Scope, key: str) -> Material | None:
    home, period = _home(scope), rules.period(key)
    if home is None or period is None or period.span is not rules.Span.YEAR:
        return None
    return Material(dossier_values(scope, period), home.code, f"Paritrana {key}")


def dossier_values(scope: Scope, period: rules.Period) -> dict[str, Any]:
    """Return what the dossier of a year says: papers in force, money, coverage, programmes, what families got."""
    today = timezone.localdate()
    on = min(months.last_day(period.last), today)
    codes = ("orang", "terlindungi", "pagu", "dibayar", "dibayar_keluarga", "kasus_terbuka", "orang_bulan")
    counted = count([FIGURES[code] for code in codes], scope, on, open_=False)
    covered, people = counted["terlindungi"], counted["orang"]
    hidden = people.hidden(Cut.CATEGORY) | covered.hidden(Cut.CATEGORY)
    called = labels(Cut.CATEGORY, people.parts(Cut.CATEGORY))
    lines = Line.objects.filter(scope.in_places("region_code"), year=on.year).select_related("balance")
    by = next((one for one in denominators(districts_of(scope)) if one.year <= on.year), None)
    home = district(scope.places)
    of = denominator_parts(by).get(home.code if home else "", 0) if by else 0
    papers: list[Agreement] = list(agreements(scope).filter(starts__lte=on, ends__gte=f"{on.year}-01-01"))
    acts: list[Decree] = list(
        decrees(scope).filter(state__in=IN_FORCE, from_month__lte=period.last, until_month__gte=period.first)
    )
    return {
        "year": f"{on.year}",
        "as_of": f"{on}",
        "rules": [
            *([one.kind.text.id, one.number, one.title, f"{one.starts}", f"{one.ends}"] for one in papers),
            *(["SK", one.number, one.title, one.from_month, one.until_month] for one in acts),
        ],
        "figures": {
            "headings": ["Angka", "Jumlah"],
            "rows": [[one.figure.name.id, grouped(one.told)] for one in counted.values()],
        },
        "share": tenths(share(covered.number, people.number)),
        "of": [by.source, f"{by.year}", by.definition, grouped(of), tenths(share(covered.number, of))]
        if by and of
        else [],
        "categories": [
            [called[key].id, *(("–", "–") if key in hidden else (grouped(many), grouped(parts.get(key, 0))))]
            for parts in [covered.parts(Cut.CATEGORY)]
            for key, many in people.parts(Cut.CATEGORY).items()
        ],
        "programmes": [
            [one.source.text.id, one.name, grouped(one.balance.ceiling), grouped(one.balance.paid)]
            for one in lines
        ],
    }


def _exceptions(scope: Scope, key: str) -> Material | None:
    home, period = _home(scope), rules.period(key)
    if home is None or period is None or period.span is not rules.Span.MONTH:
        return None
    on = months.last_day(period.last)
    rows = []
    for one in EXCEPTIONS.values():
        counted = count([one.figure], scope, on, open_=False)[one.figure.code]
        rows.append([one.figure.name.id, one.asks.id, grouped(counted.told), one.figure.unit.text.id, "", ""])
    values = {
        "as_of": f"{on}",
        "classes": {
            "headings": ["Kelas temuan", "Pertanyaan", "Jumlah", "Satuan", "Tanggapan", "Tindak lanjut"],
            "rows": rows,
        },
        "definitions": [[one.figure.name.id, one.figure.definition.id] for one in EXCEPTIONS.values()],
    }
    return Material(values, home.code, f"Pengecualian {key}")


def _certificate(scope: Scope, key: str) -> Material | None:
    line = scope.of(Line).filter(pk=number_of(key)).first()
    if line is None:
        return None
    found = queries.bought(line, scope)
    known = names(found["villages"])
    values = {
        "line": line.name,
        "payer": line.payer,
        "source": line.source.text.id,
        "months": found["months"],
        "amount": found["amount"],
        "first": found["first"],
        "last": found["last"],
        "villages": [known.get(code, code) for code in found["villages"]],
    }
    return Material(values, line.region_code, line.name)


KINDS = (
    Kind(
        "period_report", 39, Text("Laporan berkala", "Periodic report"), Office.DINSOS, "report", "report_show?waktu",
        {
            "period": "bulan, triwulan, atau tahun yang ditutup",
            "as_of": "Snapshot.on",
            "frozen": "Snapshot.at",
            "before": "bulan Snapshot pembanding",
            "digest": "Snapshot.digest",
            "only": "kategori yang dijangkau penerbit; kosong: semua",
            "figures": "semua angka yang dinyatakan, dengan selisihnya",
            "places": "cakupan per kecamatan",
            "categories": "cakupan per kategori",
            "forecast": "perkiraan 36 bulan, dengan gambarnya",
            "money": "dana per baris",
            "recipient": "diisi tangan",
            "problems": "diisi tangan",
            "plan": "diisi tangan",
        },
        needs=Permission.REPORT_EXPORT, reads=Permission.INSIGHT_READ, collect=_report,
        asks=(
            Ask("recipient", Text("Kepada (Bupati, BPJS, …)", "To (regent, insurer, …)")),
            Ask("problems", Text("Masalah", "Problems"), 4),
            Ask("plan", Text("Rencana", "Plans"), 4),
        ),
        sheet="figures",
    ),
    Kind(
        "paritrana_dossier", 40, Text("Berkas Paritrana", "Paritrana dossier"), Office.DISNAKER, "dossier",
        "report_dossier?tahun",
        {
            "year": "tahun",
            "as_of": "hari keadaannya",
            "rules": "Agreement dan Decree yang berlaku tahun itu",
            "figures": "angka yang dinyatakan",
            "share": "terlindungi dari orang dalam register",
            "of": "Denominator terbaru dan cakupan menurutnya",
            "categories": "cakupan per kategori",
            "programmes": "Line tahun itu",
            "innovation": "diisi tangan",
            "testimony": "diisi tangan",
        },
        needs=Permission.REPORT_EXPORT, reads=Permission.DECREE_VIEW, collect=_dossier,
        asks=(
            Ask("innovation", Text("Inovasi", "Innovations"), 6),
            Ask("testimony", Text("Testimoni (dengan izin)", "Testimony (with consent)"), 6),
        ),
        sheet="figures",
    ),
    Kind(
        "exception_report", 41, Text("Laporan pengecualian", "Report of exceptions"), Office.INSPEKTORAT, "exceptions",
        "report_exceptions?bulan",
        {
            "as_of": "hari terakhir bulan itu",
            "classes": "jumlah tiap kelas temuan, tanpa nama",
            "definitions": "arti tiap kelas",
            "note": "diisi tangan",
        },
        needs=Permission.REPORT_EXPORT, reads=Permission.PERSON_VIEW, collect=_exceptions,
        asks=(Ask("note", Text("Catatan", "Remarks"), 4),),
        sheet="classes", paper={"wide": True},
    ),
    Kind(
        "donor_certificate", 42, Text("Sertifikat donatur", "Certificate for a donor"), Office.DINSOS, "line",
        "line_show",
        {
            **{name: f"Line.{name}" for name in ("line", "payer", "source")},
            "months": "MonthSum: orang-bulan terbayar dari baris ini",
            "amount": "MonthSum: rupiahnya",
            "first": "bulan pertama",
            "last": "bulan terakhir",
            "villages": "desa yang warganya dilindungi",
        },
        needs=Permission.REPORT_EXPORT, reads=Permission.QUOTA_VIEW, collect=_certificate,
    ),
)  # fmt: skip
