"""An empty list for one village, with drop-downs and validation, that reads back without a fault."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import Any, Final

import xlsxwriter

from payung.people import categories
from payung.people.occupations import CHOICES
from payung.regions.gazetteer import Gazetteer

ROWS: Final = 500
HEADING_ROW: Final = 5  # row 6 in Excel
# heading, width, what kind of cell, and what the small window beside the cell says
COLUMNS: Final[tuple[tuple[str, int, str, str], ...]] = (
    ("No", 5, "number", ""),
    ("NIK", 20, "nik", "16 angka seperti di KTP."),
    ("Nama Lengkap", 28, "text", "Seperti di KTP, tanpa gelar."),
    ("No KK", 20, "nik", "16 angka seperti di Kartu Keluarga."),
    ("Tempat Lahir", 18, "text", ""),
    ("Tanggal Lahir", 13, "date", "HH-BB-TTTT, misalnya 05-11-1990."),
    ("Jenis Kelamin", 9, "sex", "L atau P."),
    ("Alamat", 28, "text", ""),
    ("RT", 6, "text", "Misalnya 003."),
    ("RW", 6, "text", "Misalnya 001."),
    ("Desa", 20, "village", ""),
    ("Kecamatan", 20, "district", ""),
    ("Pekerjaan", 24, "job", "Pilih dari daftar."),
    ("Penghasilan per bulan", 14, "money", "Rupiah, angka saja. Boleh kosong."),
    ("Kategori", 20, "category", "Pilih dari daftar."),
    ("Penyandang disabilitas", 13, "yes_no", "Ya atau Tidak."),
    ("Desil", 7, "decile", "1 sampai 10. Boleh kosong."),
    ("Nama Ibu Kandung", 22, "text", ""),
    ("No HP", 16, "text", "Misalnya 08120000000. Boleh kosong."),
    ("Keterangan", 24, "text", ""),
)
_SHORT_FORMS = {"bpd": "BPD", "rt": "RT", "rw": "RW", "asn": "ASN", "pppk": "PPPK"}


def _words(code: str) -> str:
    """Return the code of a category as it is written: ``Ketua RT``."""
    words = [_SHORT_FORMS.get(word, word) for word in code.split("_")]
    return " ".join([words[0] if words[0].isupper() else words[0].capitalize(), *words[1:]])


_CATEGORY_WORDS = ("Rentan", *sorted(map(_words, categories.OFFICES)))


def write_template(village: str, out: Path, *, regions: Gazetteer, as_of: dt.date) -> Path:
    """Write the empty list for the village with the Kemendagri code ``village`` to ``out`` and return ``out``.

    Raises :class:`payung.errors.InputError` where there is no such village.
    """
    path = regions.path(village) if regions.village(village) else []
    if not path:
        raise _no_village(village)
    names = {region.level: region.name for region in path}
    draft = out.with_name(f".{out.name}.{os.getpid()}")
    book = xlsxwriter.Workbook(str(draft))
    book.set_properties({"created": dt.datetime(1980, 1, 1)})  # noqa: DTZ001  the same input gives the same bytes
    try:
        _sheet(book, names, path[-1].code, as_of)
        _lists(book)
        book.close()
        draft.replace(out)
    finally:
        draft.unlink(missing_ok=True)
    return out


def _sheet(book: Any, names: dict[Any, str], code: str, as_of: dt.date) -> None:
    page = book.add_worksheet("Daftar")
    text, date, money = (book.add_format({"num_format": shape}) for shape in ("@", "dd-mm-yyyy", "#,##0"))
    heading = book.add_format(
        {
            "bold": True,
            "pattern": 1,
            "bg_color": "#DDEBF7",
            "border": 1,
            "text_wrap": True,
            "valign": "vcenter",
        }
    )
    title = book.add_format({"bold": True, "font_size": 13})
    page.write_string(0, 0, "DAFTAR USULAN PESERTA BPJS KETENAGAKERJAAN", title)
    page.write_string(1, 0, f"DESA {names['village']} KECAMATAN {names['subdistrict']}".upper())
    page.write_string(2, 0, f"{names['regency']} PROVINSI {names['province']}".upper())
    page.write_string(3, 0, f"Kode desa {code}. Isi satu baris per orang; jangan mengubah baris judul.")
    formats = {"date": date, "money": money, "number": None, "decile": None}
    for at, (word, width, kind, hint) in enumerate(COLUMNS):
        page.set_column(at, at, width, formats.get(kind, text))
        page.write_string(HEADING_ROW, at, word, heading)
        if rule := _rule(kind, at, hint, names, as_of):
            page.data_validation(HEADING_ROW + 1, at, HEADING_ROW + ROWS, at, rule)
    page.freeze_panes(HEADING_ROW + 1, 3)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(HEADING_ROW)


def _rule(kind: str, at: int, hint: str, names: dict[Any, str], as_of: dt.date) -> dict[str, Any] | None:
    """Return the validation of a column, or ``None``."""
    cell = f"{chr(65 + at)}{HEADING_ROW + 2}"
    stop = {"error_title": "Belum tepat", "error_message": hint or "Periksa isi sel ini."}
    tip = {"input_title": "Petunjuk", "input_message": hint} if hint else {}
    rules: dict[str, dict[str, Any]] = {
        "nik": {
            "validate": "custom",
            "value": f"=AND(LEN({cell})=16,ISNUMBER(VALUE({cell})),ISTEXT({cell}))",
        },
        "date": {"validate": "date", "criteria": "between", "minimum": dt.date(1920, 1, 1), "maximum": as_of},
        "sex": {"validate": "list", "source": ["L", "P"]},
        "yes_no": {"validate": "list", "source": ["Ya", "Tidak"]},
        "village": {"validate": "list", "source": [names["village"]]},
        "district": {"validate": "list", "source": [names["subdistrict"]]},
        "job": {"validate": "list", "source": f"=Pilihan!$A$1:$A${len(CHOICES)}", "error_type": "warning"},
        "category": {"validate": "list", "source": f"=Pilihan!$B$1:$B${len(_CATEGORY_WORDS)}"},
        "money": {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": 1_000_000_000},
        "decile": {"validate": "integer", "criteria": "between", "minimum": 1, "maximum": 10},
    }
    if kind not in rules:
        return {"validate": "any", **tip} if tip else None
    return {**rules[kind], **stop, **tip}


def _lists(book: Any) -> None:
    page = book.add_worksheet("Pilihan")
    page.write_column(0, 0, CHOICES)
    page.write_column(0, 1, _CATEGORY_WORDS)
    page.hide()


def _no_village(code: str) -> Exception:
    from payung.errors import InputError
    from payung.text import Text

    return InputError(
        Text(
            f"Tidak ada desa dengan kode {code}. Contoh: 62.03.09.2008.",
            f"There is no village with the code {code}. For example: 62.03.09.2008.",
        )
    )
