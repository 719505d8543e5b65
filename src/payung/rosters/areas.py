"""Village, district, regency and province as a line of text names them: ``DESA KOTA BARU KECAMATAN KAPUAS TENGAH``.

A line is cut at its labels. Words that end a name in one place are part of a name in another (KAYU BULAN, SEPANG
KOTA, DANAU RAWAH): where the list of regions is at hand, the longest reading that is the name of a region wins.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

LONGEST = 300  # characters of a line that are looked at
LONGEST_NAME = 60

Known = Callable[[str, str], bool]  # (name, field): whether there is a region of that name

_LABEL = re.compile(
    r"(?<![\w-])(?:(?P<village>desa\s*/\s*kel(?:urahan)?|kel(?:urahan)?\s*/\s*desa|desa|kelurahan)|(?P<district>kecamatan|kec)"
    r"|(?P<regency>kabupaten\s*/\s*kota|kabupaten|kab|kota)|(?P<province>provinsi|propinsi|prov))(?=[\s:.]|$)"
    r"\.?(?P<colon>\s*(?:/\s*lurah\s*)?:)?\s*",
    re.I,
)
_FIELDS = ("village", "district", "regency", "province")
# somebody who serves a village: a name after the colon is his
_OFFICER = re.compile(
    r"\b(?:kepala|sekretaris|bendahara|ketua|kaur|kasi|pendamping|operator|p(?:j|js|lt|lh)\.?)\b[^:;|]*$",
    re.I,
)
# nothing after these belongs to the name
_END = re.compile(
    r"[:;|]|\b(?:kecamatan|kec|kabupaten|kab|provinsi|propinsi|prov|tahun|periode)\b(?!['’`])|\br[tw]\b[\s.]*\d"
    r"|\b(?:kepala|sekretaris)\s+desa\b",
    re.I,
)
_MONTHS = (
    "jan|feb|peb|mar|apr|mei|jun|jul|ag[us]|sep|okt|nov|nop|des"  # what follows "bulan" when it is no name
)
# where a name may end
_STOP = re.compile(
    rf"\s*(?:,(?!\s?[ivx]+\b)|\(|\s-\s|\bbulan\s+(?:{_MONTHS}|\d|ini|lalu)|\bper\b|\bt\.\s?a\b|\bta\.?\s+\d|\d{{4}}|\b(?:desa|kelurahan)\s+\w"
    r"|\b(?P<city>kota)\s+(?!(?:kota|[ivx]+|utara|selatan|timur|barat|tengah|baru|lama)\b)\w)",
    re.I,
)
_DOUBLED = re.compile(r"(\w+)\s-\s\1\b", re.I)  # "Kassi - Kassi" is one name
_NOT_A_PLACE = re.compile(
    r"^(?:(?:dan|se|atau|di|dari)(?:[\s-]+\w.*)?|yang\s+\w.*|dana\s+(?:desa|alokasi|bantuan|hibah|csr|apb)\b.*|(?:usulan|peserta|penduduk|perangkat|tahun|ini|untuk|nomor|no)\b.*|\W*"
    r"|(?:kecamatan|kec|kabupaten|kab|provinsi|prov)\b\s+.*|kecamatan|[\d\W]+)$",
    re.I,
)


def area(lines: Iterable[str], known: Known | None = None) -> dict[str, str]:
    """Return village, district, regency and province as far as ``lines`` name them, the first line first.

    A line may hold all of them ("DESA MANTANGAI HULU KECAMATAN MANTANGAI"); a name may stand after its label with or
    without a colon. The name of an official ("KEPALA DESA : YANSEN") is no place. ``known`` tells which names there
    are; without it the first place where a name may end is taken.
    """
    said: dict[str, str] = {}
    weak: dict[str, str] = {}
    for text in lines:
        line = " ".join(text[:LONGEST].replace("_", " ").split())
        at = 0
        while label := _LABEL.search(line, at):
            field = next(name for name in _FIELDS if label[name])
            officer = _OFFICER.search(line[at : label.start()]) is not None
            at = label.end()
            if officer and label["colon"]:
                at = _end_of(line[at:]) + at
                continue
            name, length = _name(line[at:], field, label[0], known)
            if not name:
                continue
            at += length
            if not officer:
                said.setdefault(field, name)
            elif known is None or known(name, field):
                weak.setdefault(field, name)
    return {field: found for field in _FIELDS if (found := said.get(field) or weak.get(field))}


def _end_of(rest: str) -> int:
    """Return where a name certainly ends; its first word is always part of it."""
    first = re.match(r"\S*", rest)
    assert first is not None
    label = _LABEL.match(rest)
    if label and (
        label["district"] or label["province"] or (label["regency"] and label["regency"] != "kota")
    ):
        start = 0 if _LABEL.match(rest, label.end()) is None and label.end() < len(rest) else first.end()
    else:
        start = first.end() if rest[:1] not in ":;|" else 0
    found = _END.search(rest, start)
    return found.start() if found else len(rest)


def _name(rest: str, field: str, label: str, known: Known | None) -> tuple[str | None, int]:
    """Return the name that ``rest`` begins with, or ``None``, and how many characters it takes."""
    end = _end_of(rest)
    whole = rest[:end]
    first = re.match(r"[^\s,(]+", whole)
    stops = list(_STOP.finditer(whole, first.end() if first else 0))
    doubled = {found.start(1) + len(found[1]) for found in _DOUBLED.finditer(whole)}
    stops = [found for found in stops if found.start() not in doubled]
    if known is not None:
        for length in [end, *(found.start() for found in reversed(stops))]:
            name = _bare(whole[:length])
            if name and known(name, field):
                return name, length
    village = field == "village" and not label.lower().startswith("kel")
    certain = [found for found in stops if not (found["city"] and village)]
    length = certain[0].start() if certain else end
    name = _bare(whole[:length])
    return (name if 0 < len(name) <= LONGEST_NAME and not _NOT_A_PLACE.match(name) else None), length


def _bare(text: str) -> str:
    return text.strip(" :.,-/")
