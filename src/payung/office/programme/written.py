"""Agreements and lines of money as a person writes them: one YAML file, all scalars text, unknown words refused."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from payung.codes import Category, Source
from payung.errors import InputError
from payung.law.months import parse_date
from payung.law.rupiah import MOST_MONEY, parse_rupiah
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
MOST_TEXT = 20_000
VILLAGE_MONEY = frozenset({Source.APBDES, Source.ADD, Source.DANA_DESA})


def load(path: Path, whole: str) -> list[dict[str, Any]]:
    """Return the entries of a YAML file: one mapping, a list, or a list below the word ``whole``."""
    try:
        text = path.read_text(encoding="utf-8")
        found = yaml.load(text, yaml.CBaseLoader)
        _refuse_twice(path, yaml.compose(text, yaml.CBaseLoader))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as fault:
        why = str(fault).splitlines()[0]
        raise InputError(
            Text(
                f"{path.name} tidak dapat dibaca sebagai YAML ({why}): periksa berkasnya.",
                f"{path.name} cannot be read as YAML ({why}): check the file.",
            )
        ) from None
    if isinstance(found, dict) and whole in found:
        extra = set(found) - {whole} - OF_THE_PLAN
        if extra:
            raise _unknown(path, extra, {whole: whole})
        found = found[whole]
    entries = [found] if isinstance(found, dict) else found
    if not isinstance(entries, list) or not entries or not all(isinstance(one, dict) for one in entries):
        raise InputError(
            Text(
                f"{path.name}: tulis isian (kunci: nilai), atau daftar di bawah “{whole}:”.",
                f"{path.name}: write entries (key: value), or a list below “{whole}:”.",
            )
        )
    return entries


def _refuse_twice(path: Path, node: yaml.Node | None) -> None:
    """Refuse a word that stands twice in one entry: only the last would count."""
    if isinstance(node, yaml.MappingNode):
        words = [str(key.value) for key, _ in node.value]
        twice = next((word for at, word in enumerate(words) if word in words[:at]), None)
        if twice is not None:
            line = node.start_mark.line + 1
            raise InputError(
                Text(
                    f"{path.name}, isian pada baris {line}: {twice} tertulis dua kali; hapus salah satunya.",
                    f"{path.name}, entry in row {line}: {twice} is written twice; remove one.",
                )
            )
        for key, value in node.value:
            _refuse_twice(path, key)
            _refuse_twice(path, value)
    elif isinstance(node, yaml.SequenceNode):
        for part in node.value:
            _refuse_twice(path, part)


def paper_of(entry: Mapping[str, Any], path: Path, home: str) -> tuple[Paper, list[Path]]:
    """Return an agreement as an entry of a file says it, and its files. ``home``: the district.

    Raises :class:`InputError` that names the file, the word and what may be written.
    """
    words = _known(entry, AGREEMENT_WORDS, path, ("kind", "number", "signed_on", "starts", "ends"))
    region = str(words.get("region_code") or home)
    quotas = words.get("quotas") or {}
    if not isinstance(quotas, Mapping):
        raise _wrong(path, "quotas", str(quotas), "{kategori: orang}", "{category: people}")
    kind = _coded(path, "kind", AgreementKind, SAME.get(str(words["kind"]).lower(), words["kind"]))
    return Paper(
        kind=kind,
        number=str(words["number"]),
        signed_on=_day(path, "signed_on", words["signed_on"]),
        starts=_day(path, "starts", words["starts"]),
        ends=_day(path, "ends", words["ends"]),
        region_code=region,
        parent=_parent(words.get("parent"), region, path),
        title=str(words.get("title", "")),
        parties=_listed(words.get("parties")),
        programmes=[str(one).lower() for one in _listed(words.get("programmes"))] or ("jkk", "jkm"),
        quotas={
            str(_coded(path, "quotas", Category, k)): _whole(path, "quotas", v) for k, v in quotas.items()
        },
        places=[_place(path, place) for place in words.get("places") or ()],
        tariff=str(words.get("tariff", "")),
        note=str(words.get("note", "")),
    ), [_file(path, name) for name in _listed(words.get("files"))]


def line_of(entry: Mapping[str, Any], path: Path, home: str) -> dict[str, Any]:
    """Return a line as keywords of ``actions.add_line``. Village money belongs to the village that its area names."""
    words = _known(entry, LINE_WORDS, path, ("name", "source", "amount"))
    source = _coded(path, "source", Source, words["source"])
    first, last = _months(words, path)
    areas = _listed(words.get("areas"))
    own = areas[0] if source in VILLAGE_MONEY and len(areas) == 1 else home
    return {
        "source": source,
        "name": str(words["name"]),
        "amount": _whole(path, "amount", words["amount"]),
        "region_code": str(words.get("region_code") or own),
        "from_month": first,
        "until_month": last,
        "account_code": str(words.get("account_code", "")),
        "areas": areas,
        "categories": _listed(words.get("categories")),
        "occupations": _listed(words.get("occupations")),
        "per_head": _whole(path, "per_head", words["per_head"]) if _given(words.get("per_head")) else None,
        "payer": str(words.get("payer", "")),
        "agreement": _parent(words.get("agreement"), home, path),
    }


def _months(words: Mapping[str, Any], path: Path) -> tuple[str, str]:
    """Return first and last month of a line: those that are written, or else all of its year."""
    if _given(words.get("months")):
        written = words["months"]
        return months_of(written if isinstance(written, str) else _listed(written))
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
    if not _given(asked):
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


def _known(
    entry: Mapping[str, Any], words: Mapping[str, str], path: Path, needed: Sequence[str]
) -> dict[str, Any]:
    extra = set(entry) - set(words)
    if extra:
        raise _unknown(path, extra, words)
    found = {words[word]: value for word, value in entry.items()}
    for word, value in found.items():
        parts = value if isinstance(value, list) else [value]
        if word not in ("quotas", "places") and not all(isinstance(part, str) for part in parts):
            raise _wrong(
                path, word, str(value), "satu isian, atau daftar isian", "one value, or a list of them"
            )
        if len(str(value)) > LONGEST.get(word, MOST_TEXT):
            long = LONGEST.get(word, MOST_TEXT)
            raise _wrong(
                path, word, f"{str(value)[:20]}…", f"paling banyak {long} huruf", f"{long} letters at most"
            )
    missing = [name for name in needed if not _given(found.get(name))]
    if missing:
        raise InputError(
            Text(
                f"{path.name}: belum diisi {', '.join(missing)}.",
                f"{path.name}: {', '.join(missing)} is missing.",
            )
        )
    return found


def _unknown(path: Path, extra: set[str], words: Mapping[str, str]) -> InputError:
    allowed = ", ".join(dict.fromkeys(words.values()))
    named = ", ".join(sorted(extra))
    return InputError(
        Text(
            f"{path.name}: {named} tidak dikenal. Yang boleh: {allowed}.",
            f"{path.name}: {named} is not known. Allowed: {allowed}.",
        )
    )


def _wrong(path: Path, word: str, written: str, id_: str, en: str) -> InputError:
    return InputError(
        Text(
            f"{path.name}: {word} berisi {written!r}; tulis {id_}.",
            f"{path.name}: {word} says {written!r}; write {en}.",
        ),
        at=word,
    )


def _coded(path: Path, word: str, vocabulary: Any, written: Any) -> Any:
    found = vocabulary.known(str(written)) or vocabulary.known(str(written).lower())
    if found is None:
        allowed = ", ".join(vocabulary)
        raise _wrong(path, word, str(written), f"salah satu dari {allowed}", f"one of {allowed}")
    return found


def _day(path: Path, word: str, written: Any) -> dt.date:
    try:
        return parse_date(str(written))
    except InputError:
        raise _wrong(path, word, str(written), "tanggal TTTT-BB-HH", "a day YYYY-MM-DD") from None


def _whole(path: Path, word: str, written: Any) -> int:
    try:
        return parse_rupiah(str(written))
    except InputError:
        most = f"{MOST_MONEY:,}".replace(",", ".")
        raise _wrong(
            path,
            word,
            str(written),
            f"bilangan bulat, mis. 250000000 atau 250.000.000, paling banyak {most}",
            "a whole number, e.g. 250000000 or 250.000.000, 10^15 at most",
        ) from None


def _file(path: Path, name: str) -> Path:
    found = path.parent / name
    if not found.is_file():
        raise _wrong(
            path, "files", name, f"nama berkas yang ada di {path.parent}", f"a file in {path.parent}"
        )
    return found


def _place(path: Path, place: Any) -> tuple[str, str, int]:
    if not isinstance(place, Mapping) or not {"region", "people"} <= set(place):
        raise _wrong(path, "places", str(place), "{region, category, people}", "{region, category, people}")
    category = place.get("category", "")
    code = str(_coded(path, "places", Category, category)) if category else ""
    return str(place["region"]), code, _whole(path, "places", place["people"])


def _listed(written: Any) -> list[str]:
    if not _given(written):
        return []
    if isinstance(written, str):
        return [part.strip() for part in written.split(",") if part.strip()]
    return [str(one) for one in written]


def _given(value: Any) -> bool:
    return value not in (None, "", "null", "~", [], {})
