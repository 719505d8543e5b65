"""What the rooms below say in Indonesian only, in English: why a column is taken for what it is, notes, pairs.

Whoever writes such a sentence there adds it here; what is not here is shown as it is (see :func:`told`).
"""

from __future__ import annotations

import re

from payung.office.desk.words import language
from payung.said import sentences

# Parts of the waterfall of a pair, as its room says them.
PAIRS: dict[str, str] = {text.id: text.en for text in sentences("linkage").values()}
# Why a column is taken for what it is (payung.rosters).
COLUMNS: dict[str, str] = {
    "judul tidak dikenal": "heading not known",
    "satu sel berisi nama dan NIK": "one cell holds name and NIK",
    "satu sel berisi NIK dan KK": "one cell holds NIK and KK",
    "judulnya NIK dan KK, isinya satu nomor, berbeda di tiap baris dan seperti NIK": (
        "headed NIK and KK, holds one number, another in each row and like a NIK"
    ),
    "judulnya NIK dan KK, isinya satu nomor: yang mana tidak jelas": (
        "headed NIK and KK, holds one number: which is not clear"
    ),
    "judulnya NIK tetapi isinya bukan 16 angka: nomor induk karyawan": (
        "headed NIK but without 16 digits: the number of an employee"
    ),
    "judulnya KK tetapi isinya nama": "headed KK but holds names",
    "isinya tempat dan tanggal lahir": "holds place and date of birth",
    "judulnya tempat dan tanggal lahir, isinya hanya tanggal": "headed place and date of birth, holds dates only",
    "judulnya tempat dan tanggal lahir, isinya hanya tempat": "headed place and date of birth, holds places only",
    "isinya hidup, mati atau pindah": "says alive, dead or moved",
    "isinya status kawin": "holds the marital status",
    "kode BPS, bukan kode Kemendagri": "code of BPS, not of the ministry",
    "kolom telepon kedua": "a second column of phones",
    "tempat apa tidak jelas": "which place is not clear",
    "NIK ada di kolom lain": "the NIK is in another column",
    "isinya bukan nomor urut": "holds no running number",
    "judul tidak dikenal, isinya nama yang berbeda-beda": "heading not known, holds different names",
    "judul tidak dikenal, tanggalnya sama dengan tanggal di NIK": (
        "heading not known, its dates are those inside the NIKs"
    ),
    "daftar tanpa judul": "list without headings",
    "keyakinan terlalu rendah": "not sure enough",
    "dari dua kolom NIK, tanggal lahir cocok dengan yang ini": (
        "of two columns of NIKs the birth dates fit this one"
    ),
    "pernah dibetulkan untuk judul ini": "was corrected for this heading before",
    "Berkas memuat makro; makro tidak dijalankan dan tidak ikut dalam berkas balasan.": (
        "The file holds macros; they are not run and not part of the file that goes back."
    ),
    "Berkas bertaut ke buku kerja lain; tautan tidak diikuti.": (
        "The file is linked to other workbooks; the links are not followed."
    ),
}
_TEMPLATES: tuple[tuple[str, str], ...] = (
    (r"judul “(.*?)” dikenal", r"heading “\1” is known"),
    (r"judul “(.*?)” bukan data yang dipakai", r"heading “\1” is nothing that is used"),
    (r"judul “(.*?)” mirip “(.*?)”", r"heading “\1” looks like “\2”"),
    (r"judul memuat “(.*?)”", r"heading holds “\1”"),
    (r"isi cocok (\d+%)", r"content fits \1"),
    (r"judul tidak dikenal, isinya jelas: (.+)", r"heading not known, clear from what it holds: \1"),
    (r"isinya seperti (.+)", r"holds what looks like \1"),
    (r"kolom (\w+) lebih cocok", r"column \1 fits better"),
    (r"tanggal lahir cocok dengan kolom (\w+)", r"the birth dates fit column \1"),
    (r"judulnya “(.*?)”, tetapi isinya NIK", r"headed “\1”, but holds NIKs"),
    (r"judulnya “(.*?)”, tetapi isinya bukan NIK", r"headed “\1”, but holds no NIKs"),
    (r"Lembar “(.*?)” tidak berisi daftar orang\.", r"Sheet “\1” holds no list of people."),
    (
        r"Lembar “(.*?)” berisi petunjuk atau contoh; tidak dibaca\.",
        r"Sheet “\1” holds instructions or examples; it is not read.",
    ),
    (r"Lembar “(.*?)” tersembunyi; isinya tetap dibaca\.", r"Sheet “\1” is hidden; it is read all the same."),
    (
        r"Lembar “(.*?)” punya (\d+) baris tersembunyi; isinya tetap dibaca\.",
        r"Sheet “\1” has \2 hidden rows; they are read all the same.",
    ),
    (
        (
            r"Lembar “(.*?)”: kolom (\w+) “(.*?)” berisi jumlah uang dan tidak dipakai\. "
            r"Bila itu upah atau penghasilan, ubah judulnya menjadi PENGHASILAN PER BULAN\."
        ),
        (
            r"Sheet “\1”: column \2 “\3” holds amounts of money and is not used. "
            r"If it is a wage or an income, change its heading to PENGHASILAN PER BULAN."
        ),
    ),
    (
        r"Kolom (\w+) “(.*?)” ditulis sekali untuk beberapa baris; dibaca berlaku sampai isi berikutnya\.",
        r"Column \1 “\2” is written once for several rows; it is read as holding until the next entry.",
    ),
    (
        r"Kolom (\w+) berjudul “(.*?)” tetapi berisi NIK; dibaca menurut isinya\.",
        r"Column \1 is headed “\2” but holds NIKs; it is read as what it holds.",
    ),
    (
        (
            r"Judul kolom (\w+) “(.*?)” dan (\w+) “(.*?)” tampaknya tertukar: NIK ada di kolom \w+\. "
            r"Dibaca menurut isinya; betulkan judulnya\."
        ),
        (
            r"The headings of columns \1 “\2” and \3 “\4” seem exchanged: the NIK is in column \3. "
            r"They are read as what they hold; correct the headings."
        ),
    ),
)
_PATTERNS = tuple((re.compile(pattern), template) for pattern, template in _TEMPLATES)
_SHEET = re.compile(r"(Lembar “.*?”): (.+)")


def told(sentence: str) -> str:
    """Return ``sentence`` in the language of the page, as far as it is known here."""
    return sentence if language() == "id" else english(sentence)


def english(sentence: str) -> str:
    """Return ``sentence`` in English; what is not known stays Indonesian.

    >>> english("judul “nik” dikenal; isi cocok 100%")
    'heading “nik” is known; content fits 100%'
    """
    whole = _whole(sentence)
    if whole is not None:
        return whole
    if match := _SHEET.fullmatch(sentence):
        return f"{match[1].replace('Lembar', 'Sheet')}: {english(match[2])}"
    return "; ".join(_whole(part) or part for part in sentence.split("; "))


def _whole(sentence: str) -> str | None:
    known = PAIRS.get(sentence) or COLUMNS.get(sentence)
    if known:
        return known
    for pattern, template in _PATTERNS:
        if match := pattern.fullmatch(sentence):
            return match.expand(template)
    return None
