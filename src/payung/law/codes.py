"""The codes of the parameters and the counts of their units, as a person says them."""

from __future__ import annotations

from functools import cache
from typing import Any

from payung.law.loader import load
from payung.law.rates import Rate
from payung.law.words import figure
from payung.text import Language, Text

UNITS: dict[str, Text] = {
    "rupiah": Text("rupiah", "rupiah"),
    "percent": Text("persen", "percent"),
    "months": Text("bulan", "months"),
    "years": Text("tahun", "years"),
    "days": Text("hari", "days"),
    "working days": Text("hari kerja", "working days"),
    "hours": Text("jam", "hours"),
    "day of month": Text("tanggal", "day of the month"),
    "children": Text("anak", "children"),
    "rank": Text("urutan", "rank"),
    "class": Text("kelas", "class"),
    "occupations": Text("pekerjaan", "occupations"),
    "code": Text("kode", "code"),
    "codes": Text("kode", "codes"),
    "holiday": Text("hari libur", "holiday"),
}
_ONE = {  # the English unit of a single one
    "months": "month",
    "years": "year",
    "days": "day",
    "working days": "working day",
    "hours": "hour",
    "children": "child",
}
_CODES: dict[str, Text] = {
    "full": Text("penuh", "full"),
    "relief": Text("keringanan", "relief"),
    "half-up": Text("ke rupiah terdekat, setengah ke atas", "to the nearest rupiah, half up"),
    "down": Text("ke bawah", "down"),
    "up": Text("ke atas", "up"),
    "bpu": Text("BPU", "BPU"),
    "pu": Text("PU", "PU"),
    "state": Text("negara", "state"),
    "region": Text("daerah", "region"),
    "village": Text("desa", "village"),
    "donor": Text("donatur", "donor"),
    "self": Text("peserta sendiri", "the member"),
    "taspen": Text("Taspen", "Taspen"),
    "asabri": Text("Asabri", "Asabri"),
    "jkk": Text("JKK", "JKK"),
    "jkm": Text("JKM", "JKM"),
    "jht": Text("JHT", "JHT"),
    "jp": Text("JP", "JP"),
    "micro": Text("mikro", "micro"),
    "small": Text("kecil", "small"),
    "medium": Text("menengah", "medium"),
    "large": Text("besar", "large"),
    "kelurahan": Text("kelurahan", "kelurahan"),
    "transport": Text("angkutan", "transport"),
    "labour-intensive": Text("padat karya", "labour-intensive"),
    "yes": Text("ya", "yes"),
    "no": Text("tidak", "no"),
    "always": Text("selalu", "always"),
    "if-needed": Text("bila perlu", "if needed"),
    "covered": Text("ditanggung", "covered"),
    "now": Text("segera", "at once"),
    "settled": Text("setelah tunggakan lunas", "after the arrears are settled"),
    "employer": Text("pemberi kerja membayar dahulu", "the employer pays first"),
    "none": Text("tidak ada", "none"),
    "periksa": Text("periksa", "ask the branch"),
    "as-private": Text("seperti pemberi kerja swasta", "like a private employer"),
    "private": Text("pemberi kerja swasta", "private employer"),
    "active": Text("aktif", "active"),
    "not_yet_due": Text("aktif, belum jatuh tempo", "active, not due yet"),
    "grace": Text("tenggang", "in grace"),
    "employer_first": Text("pemberi kerja menanggung dahulu", "the employer bears it first"),
    "ended": Text("berakhir", "ended"),
    "never": Text("belum pernah", "never begun"),
}


@cache
def _titles() -> dict[str, Text]:
    """What the tables that list the codes call them."""
    tables = (
        load().parameters[name].values[-1] for name in ("sources", "default_segment", "scholarship_rate")
    )
    return {str(row.key): row.title for table in tables for row in table.rows if row.title}


def words_of(code: str) -> Text | None:
    """Return what ``code`` means, or ``None`` where it says so itself."""
    return _CODES.get(code) or _titles().get(code)


def with_code(code: str, language: Language) -> str:
    """Return the words for ``code`` with the code itself: ``penuh (full)``; a code without words as it is."""
    words = words_of(code)
    if words is None:
        return code
    said = words.read(language)
    return said if said.lower() == code else f"{said} ({code})"


def measured(value: Any, unit: str, language: Language) -> str:
    """Return one value with its unit: ``6.800 rupiah``, ``0,24 %``, ``tanggal 15``, ``1 month``, ``penuh (full)``."""
    if isinstance(value, tuple) and not isinstance(value, Rate):
        return ", ".join(with_code(str(item), language) for item in value)
    text = figure(value, language)
    if isinstance(value, str):
        return with_code(value, language)
    if unit == "yes/no":
        return figure(bool(value), language)
    if isinstance(value, Rate) or unit not in UNITS:
        return text
    if unit == "day of month":
        return f"tanggal {text}" if language == "id" else f"day {text} of the month"
    if unit == "class":
        return f"kelas {text}" if language == "id" else f"class {text}"
    if unit == "rank":
        return f"urutan ke-{text}" if language == "id" else f"rank {text}"
    one = _ONE.get(unit) if value == 1 and language == "en" else None
    return f"{text} {one or UNITS[unit].read(language)}"
