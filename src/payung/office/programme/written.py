"""Agreements and lines of money as a person writes them: one YAML file, all scalars text, unknown words refused."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from payung.codes import Category, Source
from payung.errors import InputError
from payung.office.desk.entries import coded, day, given, known, listed, whole, wrong
from payung.office.desk.numbers import key_of
from payung.office.programme.actions import Paper
from payung.office.programme.models import Agreement, Line
from payung.office.programme.rules import months_of
from payung.office.programme.states import AgreementKind
from payung.text import Text

# Word of the file → what it is called here.
AGREEMENT_WORDS = {
    **dict.fromkeys(("kind", "jenis"), "kind"),
    **dict.fromkeys(("number", "nomor"), "number"),
    **dict.fromkeys(("signed_on", "signed", "date", "tanggal"), "signed_on"),
    **dict.fromkeys(("starts", "from", "mulai"), "starts"),
    **dict.fromkeys(("ends", "until", "berakhir"), "ends"),
    **dict.fromkeys(("parent", "induk"), "parent"),
    **dict.fromkeys(("region", "region_code", "wilayah"), "region_code"),
    **dict.fromkeys(("title", "judul"), "title"),
    **dict.fromkeys(("parties", "pihak"), "parties"),
    **dict.fromkeys(("programmes", "programs", "program"), "programmes"),
    **dict.fromkeys(("quotas", "quota", "kuota"), "quotas"),
    **dict.fromkeys(("places", "sebaran"), "places"),
    **dict.fromkeys(("tariff", "tarif"), "tariff"),
    **dict.fromkeys(("note", "catatan"), "note"),
    **dict.fromkeys(("files", "berkas"), "files"),
}
LINE_WORDS = {
    **dict.fromkeys(("id", "name", "nama"), "name"),
    **dict.fromkeys(("source", "sumber"), "source"),
    **dict.fromkeys(("amount", "pagu"), "amount"),
    **dict.fromkeys(("months", "bulan"), "months"),
    **dict.fromkeys(("year", "tahun"), "year"),
    **dict.fromkeys(("areas", "wilayah"), "areas"),
    **dict.fromkeys(("categories", "kategori"), "categories"),
    **dict.fromkeys(("occupations", "pekerjaan"), "occupations"),
    **dict.fromkeys(("per_head", "batas_per_orang"), "per_head"),
    **dict.fromkeys(("region", "region_code", "pembayar_wilayah"), "region_code"),
    **dict.fromkeys(("account", "account_code", "kode_rekening"), "account_code"),
    **dict.fromkeys(("payer", "pembayar"), "payer"),
    **dict.fromkeys(("agreement", "perjanjian"), "agreement"),
}
OF_THE_PLAN = frozenset({"floors", "quotas", "months_each", "ranking"})  # `payung plan` reads the same file
# Other names of the kinds of papers.
SAME = {
    "decree": "sk",
    "keputusan": "sk",
    "nota_kesepakatan": "mou",
    "perjanjian": "pks",
    "amendment": "addendum",
}
LONGEST = {"number": 120, "title": 200, "tariff": 200, "name": 120, "account_code": 40, "payer": 150}
NESTED = ("quotas", "places")
VILLAGE_MONEY = frozenset({Source.APBDES, Source.ADD, Source.DANA_DESA})


def paper_of(entry: Mapping[str, Any], path: Path, home: str) -> tuple[Paper, list[Path]]:
    """Return an agreement as an entry of a file says it, and its files. ``home``: the district.

    Raises :class:`InputError` that names the file, the word and what may be written.
    """
    needed = ("kind", "number", "signed_on", "starts", "ends")
    words = known(entry, AGREEMENT_WORDS, path, needed, longest=LONGEST, nested=NESTED)
    region = str(words.get("region_code") or home)
    quotas = words.get("quotas") or {}
    if not isinstance(quotas, Mapping):
        raise wrong(path, "quotas", str(quotas), "{kategori: orang}", "{category: people}")
    kind = coded(path, "kind", AgreementKind, SAME.get(str(words["kind"]).lower(), words["kind"]))
    return Paper(
        kind=kind,
        number=str(words["number"]),
        signed_on=day(path, "signed_on", words["signed_on"]),
        starts=day(path, "starts", words["starts"]),
        ends=day(path, "ends", words["ends"]),
        region_code=region,
        parent=_parent(words.get("parent"), region, path),
        title=str(words.get("title", "")),
        parties=listed(words.get("parties")),
        programmes=[str(one).lower() for one in listed(words.get("programmes"))] or ("jkk", "jkm"),
        quotas={str(coded(path, "quotas", Category, k)): whole(path, "quotas", v) for k, v in quotas.items()},
        places=[_place(path, place) for place in words.get("places") or ()],
        tariff=str(words.get("tariff", "")),
        note=str(words.get("note", "")),
    ), [_file(path, name) for name in listed(words.get("files"))]


def line_of(entry: Mapping[str, Any], path: Path, home: str) -> dict[str, Any]:
    """Return a line as keywords of ``actions.add_line``. Village money belongs to the village that its area names."""
    words = known(entry, LINE_WORDS, path, ("name", "source", "amount"), longest=LONGEST)
    source = coded(path, "source", Source, words["source"])
    first, last = _months(words, path)
    areas = listed(words.get("areas"))
    own = areas[0] if source in VILLAGE_MONEY and len(areas) == 1 else home
    return {
        "source": source,
        "name": str(words["name"]),
        "amount": whole(path, "amount", words["amount"]),
        "region_code": str(words.get("region_code") or own),
        "from_month": first,
        "until_month": last,
        "account_code": str(words.get("account_code", "")),
        "areas": areas,
        "categories": listed(words.get("categories")),
        "occupations": listed(words.get("occupations")),
        "per_head": whole(path, "per_head", words["per_head"]) if given(words.get("per_head")) else None,
        "payer": str(words.get("payer", "")),
        "agreement": _parent(words.get("agreement"), home, path),
    }


def _months(words: Mapping[str, Any], path: Path) -> tuple[str, str]:
    """Return first and last month of a line: those that are written, or else all of its year."""
    if given(words.get("months")):
        written = words["months"]
        return months_of(written if isinstance(written, str) else listed(written))
    year = str(words.get("year") or "")
    if not re.fullmatch(r"20[0-9]{2}", year):
        name = words["name"]
        raise InputError(
            Text(
                f"{path.name}: baris dana {name} tanpa bulan: tulis months: 2027-01..2027-12, atau year: 2027.",
                f"{path.name}: the line {name} has no months: write months: 2027-01..2027-12, or year: 2027.",
            ),
            at="months",
        )
    return f"{year}-01", f"{year}-12"


def find_line(asked: str) -> Line:
    """Return the line with this id, or the only one of this name. Raises :class:`InputError`."""
    found = (
        Line.objects.filter(pk=key) if (key := key_of(asked)) is not None else Line.objects.filter(name=asked)
    )
    lines = list(found[:2])
    if len(lines) != 1:
        known = ", ".join(f"{pk} ({name})" for pk, name in Line.objects.values_list("pk", "name")[:10])
        raise InputError(
            Text(
                f"Baris dana {asked!r} tidak ada (atau lebih dari satu). Yang ada: {known or '–'}.",
                f"There is no line {asked!r} (or more than one). There are: {known or '–'}.",
            )
        )
    return lines[0]


def _parent(asked: Any, region: str, path: Path) -> Agreement | None:
    if not given(asked):
        return None
    text = str(asked)
    found = list(Agreement.objects.filter(number=text)[:2])
    if not found and (key := key_of(text)) is not None:
        found = list(Agreement.objects.filter(pk=key)[:1])
    if len(found) != 1:
        raise InputError(
            Text(
                f"{path.name}: surat {text!r} belum dicatat (atau lebih dari satu): catat dahulu, atau pakai id-nya.",
                f"{path.name}: the paper {text!r} is not recorded (or more than one): record it first, or use its id.",
            ),
            at="parent",
        )
    return found[0]


def _file(path: Path, name: str) -> Path:
    found = path.parent / name
    if not found.is_file():
        raise wrong(path, "files", name, f"nama berkas yang ada di {path.parent}", f"a file in {path.parent}")
    return found


def _place(path: Path, place: Any) -> tuple[str, str, int]:
    if not isinstance(place, Mapping) or not {"region", "people"} <= set(place):
        raise wrong(path, "places", str(place), "{region, category, people}", "{region, category, people}")
    category = place.get("category", "")
    code = str(coded(path, "places", Category, category)) if category else ""
    return str(place["region"]), code, whole(path, "places", place["people"])
