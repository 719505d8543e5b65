"""The category that the title of a list gives to all its people: only a title that says whom the list is of.

``DAFTAR KETUA RT`` and ``II. ANGGOTA BPD`` do. ``RT 03``, ``KETUA RT : SUPARMAN`` and ``Sumber: SK BPD`` name a place,
somebody who signs, and a paper.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from payung.people import categories

_NUMBER = re.compile(r"^(?:[ivx]{1,5}|[a-z]|\d{1,2})\s*[.)]\s*")
_LABEL = re.compile(r"^(?:kategori|kelompok|jenis|daftar|data)[\w\s]{0,25}:\s*")
_LIST = re.compile(r"^(?:daftar|data|rekap\w*|nama|usulan|pengusulan|lampiran|calon|penerima|pendataan)\b")
# what may stand between "DAFTAR" and those whom the list is of
_FILLER = re.compile(
    r"^(?:daftar|data|rekap\w*|nama(?:\W+nama)?|usulan|pengusulan|lampiran|calon|penerima|pendataan|peserta|kepesertaan"
    r"|program|bpjs|ketenagakerjaan|tk|jamsostek|jaminan|sosial|perlindungan|jkk|jkm|dan|bagi|untuk|para|seluruh|semua"
    r"|honor(?:arium)?|insentif|siltap|penghasilan|tetap|gaji|iuran|tunjangan|anggota|pengurus|personil|lengkap)\b[\W_]*"
)
_HOLDERS = re.compile(
    r"(?:kepala\s+desa|kades|perangkat\s+desa|aparat(?:ur)?\s+(?:pemerintah(?:an)?\s+)?desa|bpd|badan\s+permusyawaratan"
    r"|(?:ketua|kepala)\s+r[tw]|r[tw]\s*/\s*r[tw]|(?:ketua\s+)?rukun\s+(?:tetangga|warga)|(?:sekretaris\s+)?(?:ke)?damang"
    r"|mantir|(?:tenaga\s+|pegawai\s+)?non\s*-?\s*asn|honorer|tenaga\s+(?:kontrak|honorer)|pppk\s+paruh\s+waktu)\b"
)
# a line of its own that names those whom the list is of; "KEPALA DESA X" alone is a letterhead or a signature
_BARE = re.compile(
    r"(?:ketua\s+r[tw]|anggota\s+bpd|pengurus\s+r[tw]|perangkat\s+desa|aparat(?:ur)?\s+desa|mantir|damang)\b(?!\s*\d)"
)
_SEVERAL = re.compile(r"\s*(?:,|&|/|\bdan\b|\bserta\b)\s*")
_DATED = re.compile(r"^(?:daftar|data)\s+(?:per|tahun|bulan|tanggal)\b")
_WHERE = re.compile(
    r"[(,]|\b(?:desa|kelurahan|kecamatan|kec|r[tw]|di|oleh)\b"
)  # a title says whom before where
_ABOUT = re.compile(r"^\W*(?:sumber|catatan|ket|keterangan|nb|sk|surat|dasar|disetujui|sudah|telah)\b")


def category(lines: Iterable[str]) -> str | None:
    """Return the category that the nearest title above a list gives to all of it, or ``None``.

    ``lines`` are the lines above, the nearest first. A title of several offices gives none: which row holds which is
    not said.
    """
    for line in lines:
        words = " ".join(line.lower().replace("_", " ").split())
        said = _of_title(words)
        if said:
            return said
        if _LIST.match(_NUMBER.sub("", words)) and not _DATED.match(words):
            return None
    return None


def _of_title(words: str) -> str | None:
    numbered = _NUMBER.match(words) is not None
    rest = _LABEL.sub("daftar ", _NUMBER.sub("", words))
    if ":" in rest or _ABOUT.match(rest):
        return None
    listed = _LIST.match(rest) is not None
    if not (listed or numbered or _BARE.match(rest)):
        return _vulnerable(rest)
    while (filler := _FILLER.match(rest)) and not _HOLDERS.match(rest):
        rest = rest[filler.end() :]
    holders = _HOLDERS.match(rest)
    if holders is None:
        return _vulnerable(words)
    first = categories.read(rest[: holders.end()]) or categories.read(rest)
    for other in _SEVERAL.split(rest)[1:]:
        if _HOLDERS.match(other) and categories.read(other) not in (None, first):
            return None
    whole = categories.read(rest)
    return whole if whole in ("mantir_kecamatan", "non_asn_kecamatan", "non_asn_kelurahan") else first


def _vulnerable(words: str) -> str | None:
    """Return a category of vulnerable workers, who hold no office."""
    for text in (words, _WHERE.split(words)[0]):
        found = categories.read(text)
        if found not in categories.OFFICES:
            return found
    return None
