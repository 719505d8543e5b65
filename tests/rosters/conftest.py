"""Invented people and workbooks in the layouts that were collected."""

from __future__ import annotations

import datetime as dt
import random
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

sys.path.insert(0, str(Path(__file__).parent))
from collected import make
from layouts_found import LAYOUTS

from payung.people import nik

AS_OF = dt.date(2026, 11, 22)
FIRST = [
    "Johansyah",
    "Suratmi",
    "Samsuri",
    "Galuh",
    "Suparno",
    "Yunita",
    "Rina",
    "Masnah",
    "Jenta",
    "Tukinah",
    "David",
    "Salasiah",
    "Sumarno",
]
LAST = [
    "Bangkan",
    "Ketong",
    "Awat",
    "Nyaring",
    "Liwan",
    "Sahay",
    "Kunum",
    "Udau",
    "Tarung",
    "Singkoh",
    "Rambang",
    "Dohong",
    "Lambung",
]
PLACES = ["Kuala Kapuas", "Mantangai", "Pujon", "Tewah", "Kuala Kurun", "Palangka Raya"]


@pytest.fixture(scope="session")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with small files in layouts that were found, with invented people."""
    folder = tmp_path_factory.mktemp("collected")
    make(folder)
    return folder


@pytest.fixture(scope="session")
def layouts() -> list[dict[str, Any]]:
    """The layouts that were found: headings, and the field of each."""
    return [
        {"id": name, "headers": [heading for heading, _ in pairs], "truth": [field for _, field in pairs]}
        for name, pairs in LAYOUTS.items()
    ]


@pytest.fixture(scope="session")
def as_of() -> dt.date:
    """The day of reading in all tests of this room."""
    return AS_OF


class People:
    """Invented people; the same seed gives the same ones."""

    def __init__(self, seed: int = 1) -> None:
        self.draw = random.Random(seed)

    def person(self, number: int) -> dict[str, Any]:
        """Return one person as field -> value, everything as it would be right."""
        draw = self.draw
        born = dt.date(1962, 1, 1) + dt.timedelta(days=draw.randrange(16_000))
        sex = draw.choice("LP")
        family = number // 3
        moved_in = dt.date(2005, 1, 1) + dt.timedelta(days=family * 37)
        return {
            "seq": number + 1,
            "nik": nik.build("620399", born, sex, draw.randrange(1, 9)),
            "kk": nik.build("620399", moved_in, "L", 1 + family % 9),
            "name": f"{draw.choice(FIRST)} {draw.choice(LAST)}",
            "birth": born,
            "birth_date": born.strftime("%d-%m-%Y"),
            "birth_place": draw.choice(PLACES),
            "sex": sex,
            "mother": draw.choice(FIRST),
            "father": draw.choice(LAST),
            "phone": f"0812-0000-00{number % 100:02d}",
            "address": f"Jl. Patih Rumbih No. {number + 1}",
            "rt": f"{1 + number % 7:03d}",
            "rw": f"{1 + number % 3:03d}",
            "village": "Mantangai Hulu",
            "district": "Mantangai",
            "regency": "Kapuas",
            "province": "Kalimantan Tengah",
            "job": draw.choice(["Petani", "Penyadap karet", "Sopir", "Buruh harian lepas", "Nelayan"]),
        }


def cell(field: str, layout: str, person: dict[str, Any], number: int) -> Any:
    """Return what a cell of ``field`` holds in a layout, in that layout's own way of writing."""
    draw = random.Random(f"{layout}{field}{number}")
    own: dict[str, Any] = {
        "birth_date": {
            "L01": person["birth"].isoformat(),
            "L02": person["birth"],
            "L48": (person["birth"] - dt.date(1899, 12, 30)).days,
            "L25": person["birth"].strftime("%d/%m/%Y"),
            "L26": person["birth"].strftime("%d/%m/%Y"),
            "L28": person["birth"].strftime("%d/%m/%Y"),
            "L08": person["birth"],
        }.get(layout, person["birth_date"]),
        "sex": {
            "L01": 1.0 if person["sex"] == "L" else 2.0,
            "L02": "Laki-Laki" if person["sex"] == "L" else "Perempuan",
            "L04": "Lk" if person["sex"] == "L" else "Pr",
            "L07": 1.0 if person["sex"] == "L" else 2.0,
            "L08": 1 if person["sex"] == "L" else 2,
        }.get(layout, person["sex"]),
        "job": 19.0 if layout == "L01" else person["job"],
        "life_status": 1.0 if layout in ("L01", "L14") else "Hidup",
        "status": "SUKSES" if layout == "L34" else "Terverifikasi",
        "employee_no": f"{1000 + number}",
        "kpj": f"2101234{number:04d}",
        "nik_or_kk": person["nik"],
        "nik_or_kpj": person["nik"],
        "father_nik": person["nik"],
        "mother_nik": person["nik"],
        "household_head": person["name"],
        "household_id": f"62031500010000{number:04d}",
        "age": 2026 - person["birth"].year,
        "marital": draw.choice(["K", "L"]) if layout == "L28" else draw.choice(["Kawin", "Belum Kawin"]),
        "relation": draw.choice(["Kepala Keluarga", "Istri", "Anak"]),
        "religion": draw.choice(["Islam", "Kristen", "Hindu"]),
        "province_code_bps": "62",
        "regency_code_bps": "03",
        "district_code_bps": "150",
        "village_code_bps": "001",
        "province_code": "62",
        "regency_code": "03",
        "district_code": "09",
        "village_code": {"L15": "2001", "L14": "62.03.09.2008", "L26": "6203092008"}.get(
            layout, "6203092008"
        ),
        "postcode": "73553",
        "category": draw.choice(["Lansia", "Penyandang disabilitas"]),
        "decile": draw.randrange(1, 40),
        "wage": 2_500_000 + number,
        "amount": 16_800,
        "iuran_jkk": 10_000,
        "iuran_jkm": 6_800,
        "iuran_jht": 0,
        "event_date": "15-10-2026",
        "start_date": "01-03-2015",
        "end_date": "31-12-2027",
        "email": f"warga{number}@contoh.id",
        "period": "102026",
        "payment_ref": f"REF{number:08d}",
        "account_no": f"0034{number:08d}",
        "account_name": "Contoh",
        "hamlet": "Handel Karya",
        "blood": draw.choice(["A", "O", "-"]),
        "citizenship": "WNI",
        "note": "",
        "disability": "",
        "education": draw.choice(["SD", "SLTP", "SLTA"]),
        "sls": "RT 07 RW 03",
        "land_area": 0.5,
        "phone_alt": "0513-000000",
        "works": 1,
        "hours": 40,
        "industry": 1,
        "job_status": 1,
        "bpjs_kes": f"00012345{number:05d}",
    }
    if layout == "L28" and field == "employee_no":
        return f"PR{number:05d}"
    return own.get(field, person.get(field, ""))


@pytest.fixture
def people() -> People:
    """A fresh well of invented people."""
    return People()


@pytest.fixture
def layout_book(tmp_path: Path) -> Callable[[dict[str, Any]], Path]:
    """A function that writes a workbook in one of the collected layouts and returns its path."""

    def write(layout: dict[str, Any], count: int = 24) -> Path:
        path = tmp_path / f"{layout['id']}.xlsx"
        book = xlsxwriter.Workbook(path, {"default_date_format": "dd-mm-yyyy"})
        page = book.add_worksheet("Data")
        top = {"L04": 6, "L08": 2, "L20": 18, "L32": 2, "L34": 3}.get(layout["id"], 0)
        if top:
            page.write_string(0, 0, "DAFTAR PENDUDUK DESA MANTANGAI HULU KECAMATAN MANTANGAI")
        parts = [heading.replace("\\n", "\n").split(" / ") for heading in layout["headers"]]
        deep = layout["id"] == "L04"
        for at, words in enumerate(parts):
            if deep and len(words) > 1:
                page.write_string(top, at, words[0] if at == 0 or parts[at - 1][0] != words[0] else "")
                page.write_string(top + 1, at, words[1])
            else:
                page.write_string(top, at, " / ".join(words))
        row = top + 1 + deep
        if layout["id"] in ("L04", "L20"):
            for at in range(len(parts)):
                page.write_number(row, at, at + 1 if layout["id"] == "L20" else -at - 1)
            row += 1
        well = People(7)
        for number in range(count):
            person = well.person(number)
            for at, field in enumerate(layout["truth"]):
                page.write(row + number, at, cell(field, layout["id"], person, number))
        book.close()
        return path

    return write


@pytest.fixture
def sheet_file(tmp_path: Path) -> Callable[..., Path]:
    """A function that writes rows as they are into an .xlsx and returns its path."""

    def write(rows: list[list[Any]], name: str = "daftar.xlsx", sheet: str = "Sheet1") -> Path:
        path = tmp_path / name
        book = xlsxwriter.Workbook(
            path,
            {"strings_to_numbers": False, "strings_to_formulas": False, "default_date_format": "dd-mm-yyyy"},
        )
        page = book.add_worksheet(sheet)
        for at, row in enumerate(rows):
            for column, value in enumerate(row):
                if value is not None and value != "":
                    page.write(at, column, value)
        book.close()
        return path

    return write
