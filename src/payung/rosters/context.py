"""What stands around a list: the area in its title rows, and the family or section in rows between the people."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from payung.people import categories
from payung.people.values import rt_and_rw
from payung.rosters.areas import area

FIELDS = ("kk", "rt", "rw", "address", "hamlet", "village", "district", "regency", "position")

_KK = re.compile(
    r"\b(?:no(?:mor)?\.?\s*)?k(?:artu)?\.?\s*k(?:eluarga)?\.?\s*[:.]?\s*(\d[\d .]{14,20}\d)", re.I
)
_ADDRESS = re.compile(r"\balamat\s*:\s*(.+?)(?=,?\s*\b(?:RT\b|RW\b|nama\s+kepala)|[|;]|$)", re.I)
_SECTION = re.compile(
    r"^(?:[A-Z0-9]{1,3}[.)]\s*)?(?:(RT|R\.T)[. ]*0*(\d{1,3})(?:\s*[/,]?\s*(?:RW|R\.W)[. ]*0*(\d{1,3}))?|(RW"
    r"|R\.W)[. ]*0*(\d{1,3}))\s*:?$",
    re.I,
)
_LIST_TITLE = re.compile(
    r"\s*(?:daftar|data|rekap\w*|nama|warga|penduduk|usulan|pendataan|calon|pekerja)\b(?!.*\b(?:jl|jalan|alamat|telp)\b)",
    re.I,
)
_ANY_RT = re.compile(r"\bR\.?T\b", re.I)
_MORE_RT = re.compile(r"\bR\.?T\b[.\s:]*\d{1,3}\s*(?:s\W?d\b|sampai|-|–|,|&|dan\b|\+)\s*(?:RT\W*)?\d", re.I)
_HAMLET = re.compile(r"^(?:dusun|dsn\.?|lingkungan)\s*:?\s+(.{1,40})$", re.I)


def marker(texts: Sequence[str]) -> dict[str, str] | None:
    """Return what a row between the people says about the rows below, or ``None`` where it is no such row.

    A row that begins a family clears the address of the family before: those fields come as ``""``.
    """
    if len(texts) == 2 and re.match(r"\s*:\s*\S", texts[1]):
        texts = [" ".join(texts)]  # "DESA" | ": MANTANGAI HULU"
    line = " | ".join(text.strip() for text in texts)
    if found := _KK.search(line):
        said = {"kk": re.sub(r"\D", "", found[1]), "rt": "", "rw": "", "address": ""}
        rt, rw = rt_and_rw(line)
        said.update({field: value for field, value in (("rt", rt), ("rw", rw)) if value})
        if address := _ADDRESS.search(line):
            said["address"] = address[1].strip(" ,")
        return said
    if len(texts) > 3:
        return None
    labels: dict[str, str] = {}
    for text in (part.strip() for part in texts):
        says = _says(text, alone=len(texts) == 1)
        if not says and any(letter.isalnum() for letter in text):
            return None  # a cell that is no label: the row is somebody's
        labels.update(says)
    return labels or None


def _says(text: str, *, alone: bool) -> dict[str, str]:
    """Return what one cell of a row between the people says; ``alone`` where it is the only one."""
    if section := _SECTION.match(text):
        said = {"rw" if section[4] else "rt": f"{int(section[5] or section[2]):03d}"}
        return {**said, "rw": f"{int(section[3]):03d}"} if section[3] else said
    if hamlet := _HAMLET.match(text):
        rt, rw = rt_and_rw(text)
        name = re.split(r"[\s,/(\-]*\bR\.?[TW]\b", hamlet[1], maxsplit=1, flags=re.I)[0].strip(" :,/(-")
        numbers = {field: value for field, value in (("rt", rt), ("rw", rw)) if value}
        return {**({"hamlet": name} if name else {}), **numbers}
    if text.lower().startswith("alamat") and (address := _ADDRESS.search(text)):
        rt, rw = rt_and_rw(text)
        numbers = {field: value for field, value in (("rt", rt), ("rw", rw)) if value}
        return {"address": address[1].strip(" ,"), **numbers}
    if alone and re.match(r"^(?:[A-Z0-9IVX]{1,4}[.)]\s*)?(?:desa|kelurahan|kecamatan)\b", text, re.I):
        return {field: value for field, value in area([text]).items() if field != "province"}
    office = re.match(r"^(?:[A-Z0-9IVX]{1,4}[.)]\s+)(.{3,60})$", text) if alone else None
    if office and categories.read(office[1]) in categories.OFFICES:
        return {"position": office[1].strip()}
    return {}


def section(texts: Iterable[str]) -> dict[str, str]:
    """Return RT, RW and hamlet as far as one of the lines above a list, or the sheet's name, is nothing but that, or
    a title that names one RT ("DAFTAR WARGA RT 003 RW 001")."""
    said: dict[str, str] = {}
    for text in texts:
        found = marker([text.strip()]) or _titled(text)
        said.update(
            {
                field: value
                for field, value in found.items()
                if field in ("rt", "rw", "hamlet") and field not in said
            }
        )
    return said


def _titled(text: str) -> dict[str, str]:
    """Return the one RT, and its RW, that the title of a list names; nothing where it names several."""
    if not _LIST_TITLE.match(text) or len(_ANY_RT.findall(text)) != 1 or _MORE_RT.search(text):
        return {}
    rt, rw = rt_and_rw(text)
    return {field: value for field, value in (("rt", rt), ("rw", rw)) if value}


def title_lines(rows: Iterable[Sequence[str]]) -> list[str]:
    """Return the lines above a list: each run of "label : value" cells as one line."""
    lines = []
    for row in rows:
        run: list[str] = []
        for text in (cell.strip() for cell in row):
            if not text:
                continue
            label = re.match(r"^(provinsi|propinsi|kab|kota|kecamatan|kec|desa|kelurahan)", text, re.I)
            if label and run:
                lines.append(" ".join(run))
                run = []
            run.append(text)
        if run:
            lines.append(" ".join(run))
    return lines
