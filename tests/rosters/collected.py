"""Small files in layouts that were found in real life, with invented people: made anew in each run of the tests.

Eighteen people in six families stand in the civil registry's export, its book of residents and a village
application's import, each in its own way of writing, so that the three must be read alike.
"""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path
from typing import Any, NamedTuple

import xlsxwriter
import xlwt
from layouts_found import LAYOUTS

VILLAGE, DISTRICT, REGENCY, PROVINCE = "Mantangai Hulu", "Mantangai", "Kapuas", "Kalimantan Tengah"
# Family card, RT, RW, and the family: NIK, name, birth place, mother, father, religion, schooling, work.
FAMILIES: list[tuple[str, str, str, list[str]]] = [
    ("6203992708110001", "001", "002", [
        "6203990407940001|JOHANSYAH|Mantangai|Hj. Norhayati|Ratno|ISLAM|SLTP/SEDERAJAT|TUKANG KAYU",
        "6203996807880001|SURATMI|Palangka Raya|Normila|Suwito|ISLAM|TAMAT SD/SEDERAJAT|MENGURUS RUMAH TANGGA",
        "6203995012130001|HAIRIAH|Palangka Raya|Suratmi|Johansyah|ISLAM|SLTP/SEDERAJAT|PELAJAR/MAHASISWA",
    ]),
    ("6203991901140001", "007", "002", [
        "6203992001760001|SAMSURI|Blitar|Supiyah|Darmin|ISLAM|SLTA/SEDERAJAT|SOPIR",
        "6203996507940001|GALUH|Banjarmasin|Hairiah|Misdi|ISLAM|SLTP/SEDERAJAT|PEDAGANG",
        "6203992903020001|SUPARNO|Kuala Kurun|Galuh|Samsuri|ISLAM|SLTA/SEDERAJAT|MENGURUS RUMAH TANGGA",
        "6203995907010001|YUNITA SARI|Pujon|Galuh|Samsuri|ISLAM|TIDAK/BELUM SEKOLAH|BURUH HARIAN LEPAS",
    ]),
    ("6203992711230001", "002", "001", [
        "6203993012680001|YEREMIA BANGKAN|Kuala Kurun|Siti Khadijah|Riyanto|KRISTEN|SLTP/SEDERAJAT|TUKANG KAYU",
        "6203995404800001|RINA WATI|Kuala Kurun|Imas|Partono|ISLAM|TIDAK/BELUM SEKOLAH|WIRASWASTA",
        "6203994810160001|MASNAH KETONG|Ponorogo|Rina Wati|Yeremia Bangkan|KRISTEN|SLTA/SEDERAJAT|PELAJAR/MAHASISWA",
        "6203995911170001|JENTA|Pujon|Rina Wati|Yeremia Bangkan|KRISTEN|SLTP/SEDERAJAT|PELAJAR/MAHASISWA",
    ]),
    ("6203992001210001", "006", "002", [
        "6203992309960001|SUPARNO|Kuala Kurun|Hatmah|Sutejo|ISLAM|TAMAT SD/SEDERAJAT|BURUH TANI/PERKEBUNAN",
        "6203996702700001|TUKINAH|Kuala Kurun|Murniati|Mujiono|ISLAM|SLTP/SEDERAJAT|PETANI/PEKEBUN",
    ]),
    ("6203991509160001", "003", "002", [
        "6203991403980001|DAVID AWAT|Blitar|Sunarti|Kariman|KRISTEN|TIDAK/BELUM SEKOLAH|BURUH HARIAN LEPAS",
        "6203996001760001|SALASIAH|Mantangai|Tumirah|Parman|ISLAM|TAMAT SD/SEDERAJAT|BURUH HARIAN LEPAS",
    ]),
    ("6203992103170001", "008", "002", [
        "6203991812770001|SUMARNO|Pujon|Tukinem|Soleman|ISLAM|TAMAT SD/SEDERAJAT|PETANI/PEKEBUN",
        "6203995508720001|AGUSTINA|Pulang Pisau|Sabariah|Wagiyo|KRISTEN|TAMAT SD/SEDERAJAT|PERANGKAT DESA",
        "6203996608010001|SEPTIANA NYARING|Palangka Raya|Agustina|Sumarno|KRISTEN|SLTA/SEDERAJAT|PERANGKAT DESA",
    ]),
]  # fmt: skip
NOT_VALID = "6203992903020001"  # whom the registry has as not valid
CENTURY = 27  # two digits up to here are years after 2000


class Person(NamedTuple):
    """One of the eighteen; ``place`` in the family from 0."""

    nik: str
    kk: str
    name: str
    born: dt.date
    woman: bool
    birth_place: str
    mother: str
    father: str
    religion: str
    schooling: str
    job: str
    rt: str
    rw: str
    place: int

    @property
    def child(self) -> bool:
        """Whether both parents stand above on the card."""
        return self.place > 1


def people() -> list[Person]:
    """Return the eighteen people in the order of their families."""
    found = []
    for kk, rt, rw, members in FAMILIES:
        for place, line in enumerate(members):
            nik, name, *rest = line.split("|")
            day, month, year = int(nik[6:8]), int(nik[8:10]), int(nik[10:12])
            born = dt.date(year + (2000 if year <= CENTURY else 1900), month, day % 40)
            found.append(Person(nik, kk, name, born, day > 40, *rest, rt, rw, place))
    return found


def relation(one: Person) -> str:
    """Return how ``one`` stands to the head of the family."""
    return ("KEPALA KELUARGA", "ISTRI", "ANAK")[min(one.place, 2)]


def make(folder: Path) -> None:
    """Write the eight files into ``folder``."""
    opensid(folder / "01_opensid_impor_penduduk.xlsx")
    siak(folder / "02_siak_export.xls")
    bip(folder / "04_bip_2016.xls")
    bdt(folder / "06_bdt_bps_codes.xlsx")
    farmers(folder / "08_erdkk_nik_rusak.csv")
    semicolons(folder / "11_excel_indonesia_titikkoma.csv")
    payments(folder / "14_bpjstk_rekon.txt")
    by_hand(folder / "15_daftar_desa_manual.xlsx")


def _page(path: Path, lines: list[list[Any]], title: str = "Sheet1") -> None:
    book = xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"})
    page = book.add_worksheet(title)
    for at, line in enumerate(lines):
        for column, value in enumerate(line):
            if value is not None and value != "":
                page.write(at, column, value)
    book.close()


def _laid_out(layout: str, rows: list[dict[str, Any]], rest: Any = "") -> list[list[Any]]:
    """Return heading and lines of a layout from rows as heading → value."""
    headings = [heading for heading, _ in LAYOUTS[layout]]
    return [headings, *[[row.get(heading, rest) for heading in headings] for row in rows]]


def opensid(path: Path) -> None:
    """The import sheet of a village application: answers as numbers, the end marked by ###."""
    rows = []
    for number, one in enumerate(people()):
        rows.append({
            "alamat": f"Jl. Trans Kalimantan No. {number + 11}", "dusun": "Handel Karya", "rw": one.rw, "rt": one.rt,
            "nama": one.name, "no_kk": one.kk, "nik": one.nik, "sex": 1 + one.woman, "tempatlahir": one.birth_place,
            "tanggallahir": one.born, "agama_id": 1 if one.religion == "ISLAM" else 2, "pendidikan_kk_id": 3,
            "pendidikan_sedang_id": 18, "pekerjaan_id": 9 if one.job == "PETANI/PEKEBUN" else 19,
            "status_kawin": 1 if one.child else 2, "kk_level": (1, 3, 4)[min(one.place, 2)], "warganegara_id": 1,
            "nama_ayah": one.father, "nama_ibu": one.mother, "golongan_darah_id": 13, "ktp_el": 2, "status_rekam": 3,
            "status_dasar": 1,
        })  # fmt: skip
    lines = _laid_out("L01", rows)
    lines += [
        [],
        [" ", "###", "Data penduduk hanya di atas baris ini"],
        ["", "", "Jangan menghapus baris hijau"],
    ]
    _page(path, lines, "Data Penduduk")


def _old_book(
    path: Path, title: str, lines: list[list[Any]], merges: list[tuple[int, int, int, int]]
) -> None:
    book = xlwt.Workbook()
    page = book.add_sheet(title)
    dates = xlwt.easyxf(num_format_str="DD-MM-YYYY")
    merged = {(top, left): (bottom, right) for top, bottom, left, right in merges}
    for at, line in enumerate(lines):
        for column, value in enumerate(line):
            if (at, column) in merged:
                bottom, right = merged[at, column]
                page.write_merge(at, bottom, column, right, value)
            elif isinstance(value, dt.date):
                page.write(at, column, value, dates)
            elif value != "":
                page.write(at, column, value)
    page.col(1).width = 256 * 24
    book.save(str(path))


def siak(path: Path) -> None:
    """The civil registry's export, an old workbook: RT and RW as numbers, places in small letters."""
    rows = []
    for number, one in enumerate(people()):
        rows.append({
            "Nomor KK": one.kk, "NIK": one.nik, "Nama Penduduk": one.name,
            "Status": "Tidak Valid" if one.nik == NOT_VALID else "Hidup", "Tempat Lahir": one.birth_place.lower(),
            "Tanggal Lahir": one.born, "Kelamin": "Perempuan" if one.woman else "Laki-Laki",
            "Ayah": one.father.upper(), "Ibu": one.mother.upper(), "SHDK": relation(one).title(),
            "Status Kawin": "Belum Kawin" if one.child else "Kawin", "Agama": one.religion.title(),
            "Kecamatan": DISTRICT.upper(), "Desa/Kel": VILLAGE.upper(),
            "Alamat": ("Dsn HANDEL", "DSN. HANDEL", "DS HANDEL", "Jl. Patih Rumbih")[number % 4], "RW": int(one.rw),
            "RT": int(one.rt), "Pendidikan": one.schooling.title(), "Pekerjaan": one.job.title(),
            "Gol. Darah": "Tdk Th", "Nomor Akta Lahir": "-" if number % 2 else "", "Petugas Entri": "-",
        })  # fmt: skip
    _old_book(path, "Sheet1", _laid_out("L02", rows), [])


def bip(path: Path) -> None:
    """The registry's book of residents: a heading of two rows, numbered columns, a row above each family."""
    lines: list[list[Any]] = [
        ["BUKU INDUK PENDUDUK WNI"],
        [],
        ["PROVINSI", ":", f" {PROVINCE.upper()}", "KABUPATEN/KOTA  ", ":", f" {REGENCY.upper()}"],
        ["KECAMATAN", ":", f" {DISTRICT.upper()}", "DESA/KELURAHAN", ":", f" {VILLAGE.upper()}"],
        ["PERIODE/TANGGAL", ":", " 16-04-2026"],
        [],
    ]
    words = [heading.split(" / ") for heading, _ in LAYOUTS["L04"]]
    tops = [word[0] for word in words]
    lines.append([top if at == 0 or tops[at - 1] != top else "" for at, top in enumerate(tops)])
    lines.append([word[1] if len(word) > 1 else "" for word in words])
    lines.append([-at for at in range(1, 13)])  # Excel takes "(1)" for minus one
    merges = [(6, 6, 3, 4), (6, 6, 10, 11)]
    for number, one in enumerate(people(), start=1):
        if one.place == 0:
            merges += [(len(lines), len(lines), 0, 1), (len(lines), len(lines), 2, 11)]
            where = f"Alamat : {VILLAGE.upper()}, RT {one.rt} RW {one.rw}, Nama Kepala Keluarga : {one.name}"
            lines.append([f"No. KK : {one.kk}   ", "", where])
        lines.append([
            number, one.name, one.nik + " ", one.birth_place.upper(), one.born.strftime("%d/%m/%Y"),
            "Pr" if one.woman else "Lk", relation(one), one.religion, one.schooling, one.job, one.mother.upper(),
            one.father.upper(),
        ])  # fmt: skip
    _old_book(path, "BIP_Desa-Kel_1", lines, merges)


# Household, sub-district with its BPS codes, RT, RW, and the members as NIK, name, relation, decile.
_HOUSEHOLDS = [
    ("6203150001000000001", ("KAPUAS", "03", "MANTANGAI", "150"), "006", "003", [
        ("6203991801930001", "MISKAN", 1, 22), ("6203996803800001", "KASINEM", 3, 11),
        ("6203995906110001", "SRI WAHYUNI", 4, 40), ("6203996608220001", "SARIFAH", 4, 39),
    ]),
    ("6203150001000000002", ("KAPUAS", "03", "MANTANGAI", "150"), "001", "002", [
        ("6203990508690001", "NORHADI", 1, 20), ("6203996411730001", "ISAH", 3, 34),
    ]),
    ("6211040001000000101", ("GUNUNG MAS", "11", "KURUN", "040"), "001", "001", [
        ("6210990903910001", "JAHRI", 1, 25), ("6210995402960001", "MARIYAM LIWAN", 3, 18),
        ("6210991607140001", "ROLAN SAHAY", 4, 33), ("6210990908010001", "DANIEL KUNUM", 4, 35),
    ]),
    ("6211040001000000102", ("GUNUNG MAS", "11", "KURUN", "040"), "007", "001", [
        ("6210992907860001", "YOGI", 1, 6), ("6210996004920001", "ANCE UDAU", 3, 27),
        ("6210995210100001", "LISA UDAU", 4, 8), ("6210990305150001", "RADEN UDAU", 4, 12),
    ]),
]  # fmt: skip


def bdt(path: Path) -> None:
    """Households of the poverty database: region codes of the statistics office, 19 digits that are no NIK."""
    headings = [
        "ruta_6 (1)", "ID rumah tangga (2)", "Provinsi (3)", "Kode Provinsi (4)", "Kab/Kota (5)", "Kode Kab/Kota (6)",
        "Kecamatan (7)", "Kode Kecamatan (8)", "Desa/Kelurahan (9)", "Kode Desa/Kelurahan (10)", "Nama SLS (11)",
        "Alamat (12)", "Nama KRT (13)", "Jumlah ART (14)", "Nomor HP  yang aktif (48)", "percentile",
        "Nomor urut ART", "Nama ART", "NIK", "HubKRT", "jenis kelamin", "Umur anggota rumah tangga (tahun)",
        "Status perkawinan", "Lapangan usaha", "Status dalam pekerjaan",
    ]  # fmt: skip
    lines: list[list[Any]] = [headings, ["KOLOM", *range(2, 26)]]
    for household, (regency, regency_code, district, district_code), rt, rw, members in _HOUSEHOLDS:
        for number, (nik, name, role, decile) in enumerate(members, start=1):
            year = int(nik[10:12])
            age = 2026 - (year + (2000 if year <= CENTURY else 1900))
            lines.append([
                f"3GDK{household[:2]}", household, PROVINCE.upper(), "62", regency, regency_code, district,
                district_code, "DESA UJI", "001", "RT 07 RW 03", f"RT {rt} RW {rw}", members[0][1], str(len(members)),
                "", decile, number, name, nik, role, 1 + (int(nik[6]) > 3), age, 2 if role < 4 else 1, "", 5,
            ])  # fmt: skip
    _page(path, lines)


def farmers(path: Path) -> None:
    """The farmers' system's export through Excel: every NIK is 6,20399E+15, and cannot be had back."""
    draw = random.Random(8)
    names = [
        "Hanes Kaban",
        "SANIYEM",
        "MEGA WATI",
        "NAFIAH",
        "KAMBANG LIWAN",
        "Rusdi",
        "TUKIRAN",
        "Beni Dohong",
    ]
    mothers = ["Mulidah", "TUKINEM", "Jubaidah", "Painah", "Rumiyati", "Sulasmi", "Aluh"]
    towns = ["BLITAR", "KUALA KAPUAS", "PULANG PISAU", "KUALA KURUN", "MANTANGAI", "TEWAH"]
    whose = [("IPAN", "PULANG PISAU", "01/09/1978", "Kasiyem", "Rt 06  Rw 03")]
    for number in range(31):
        born = dt.date(1965, 1, 1) + dt.timedelta(days=draw.randrange(13_000))
        name = names[number % 8] if number < 8 else f"{names[number % 8]} {names[number // 8].split()[-1]}"
        where = f"Rt {draw.randint(1, 8):02d}  Rw {draw.randint(1, 3):02d}"
        whose.append((name, draw.choice(towns), born.strftime("%d/%m/%Y"), draw.choice(mothers), where))
    lines = [";".join(heading for heading, _ in LAYOUTS["L26"])]
    for name, town, born, mother, where in whose:
        number = draw.choice(["6,20399E+15", "6,20400E+15"])
        area = draw.choice(["1", "0,43", "0,25", "0,57"])
        group = "PENYULUH UJI;6203092001;RT0000032842;BERKAH TANI, UD;;KARYA BERSAMA"
        rest = f"TANAMAN PANGAN;PADI;{area};118;108;;"
        lines.append(f"{group};{name};{number};{town};{born};{mother};Dsn   Handel {where};{rest}")
    path.write_bytes(("\ufeff" + "\n".join(lines) + "\n").encode())


def semicolons(path: Path) -> None:
    """A list saved as .csv by an Indonesian Excel: semicolons, apostrophes before numbers, letters of Windows."""
    phones = [
        "+62 812 0000 0001",
        "8120000001",
        "+62 812 0000 0001",
        "-",
        "+62 812 0000 0001",
        "0812-0000-0001",
    ]
    facts = (
        "No;NIK;Nama;No Kartu Keluarga;Jenis Kelamin;Tempat Lahir;Tanggal Lahir;Pekerjaan;Nama Ibu;Nomor HP"
    )
    lines = [facts + ";RT;RW;Desa;Kecamatan;Kabupaten;Keterangan"]
    for number, one in enumerate(people()[:10]):
        name = '"Hairiah, S.Pd"' if one.name == "HAIRIAH" else one.name.title()
        village = "Karetau Manta\u2019a" if number == 4 else VILLAGE
        lines.append(
            f"{number + 1};'{one.nik};{name};'{one.kk};{'P' if one.woman else 'L'};{one.birth_place.upper()};"
            f"{one.born:%d/%m/%Y};{one.job};{one.mother};{phones[number % 6]};{one.rt};{one.rw};{village};{DISTRICT};"
            f"{REGENCY};"
        )
    path.write_bytes(("\r\n".join(lines) + "\r\n").encode("cp1252"))


def payments(path: Path) -> None:
    """What a bank sends the insurer about payments."""
    lines = [";".join(heading for heading, _ in LAYOUTS["L33"])]
    for number, one in enumerate(people()[:8], start=1):
        lines.append(
            f"REF{number:08d};{one.nik};{900_000_000_000 + number};02;15-10-2026 09:{number:02d}:11;16800;{one.name};"
            "CA01;0;10000;6800;102026"
        )
    path.write_text("\n".join(lines) + "\n")


_TYPED = """
RT 01
Kasmi|6203994505960001|Tewah, 05-05-1996|P|03|Penambang emas|Lathifah|0812 0000 0001
  Hamidah|6203996002930001|KUALA KURUN/20.02.93|P|02|Swasta|Hj. Norhayati|0812 0000 0002
Ratna Sari|6203996009880001|Pujon, 20-09-1988|P|01|Penyadap karet|Hj. Norhayati|-
  Jainudin|6203992409770001|KUALA KURUN, 24 September 1977|L|02|Buruh|Jamiah|-
SABARIAH|6203995308760001|TEWAH/13.08.76|P|01|Penyadap karet|Suyati|0812 0000 0005
RT 02
SARKAWI|620399 040163 0001|Tewah, 04-01-1963|L|02|Swasta|Poniah|0812 0000 0006
Hamidah|6203995907980001|KUALA KAPUAS, 19 Juli 1998|P|03|Penambang emas|Saniah|-
Mawar|6203995512820001|MANTANGAI/15.12.82|P|01|Penyadap karet|Mardiah|-
Suriani|6203996312800001|MANTANGAI/23.12.80|P|01|Swasta|Maryati|0812 0000 0009
HASBULLAH|620399 130864 0001|TEWAH, 13 Agustus 1964|L|03|Swasta|Sarmi|0812 0000 0010
"""
_TYPED_AS_NUMBER = "Ratna Sari"


def by_hand(path: Path) -> None:
    """A village's own list: titles, numbered columns, a row above each RT, a total, a place to sign."""
    lines: list[list[Any]] = [
        ["DAFTAR USULAN PEKERJA RENTAN PESERTA BPJS KETENAGAKERJAAN"],
        [f"DESA {VILLAGE.upper()} KECAMATAN {DISTRICT.upper()}"],
        ["TAHUN ANGGARAN 2026"],
        [],
        ["NO", "NAMA LENGKAP", "NIK", "TEMPAT, TGL LAHIR", "L/P", "ALAMAT RT/RW", "PEKERJAAN", "NAMA IBU KANDUNG",
         "NO HP", "KET"],
        list(range(1, 11)),
    ]  # fmt: skip
    number, group = 0, ""
    for line in _TYPED.strip("\n").split("\n"):
        name, *rest = line.split("|")
        if not rest:
            group = line
            lines.append(["", group])
            continue
        number += 1
        nik, born, sex, rw, job, mother, phone = rest
        written = int(nik) if name == _TYPED_AS_NUMBER else nik
        lines.append([number, name, written, born, sex, f"{group} / RW {rw}", job, mother, phone])
    lines += [["", "JUMLAH", number], []]
    lines += [[""] * 6 + [text] for text in (f"{VILLAGE},      Oktober 2026", "Kepala Desa,")]
    lines += [[], [""] * 6 + ["(....................)"]]
    book = xlsxwriter.Workbook(path)
    page = book.add_worksheet("Sheet1")
    for at, line in enumerate(lines):
        for column, value in enumerate(line):
            if value != "":
                page.write(at, column, value)
    for at in range(3):
        page.merge_range(at, 0, at, 9, lines[at][0])
    book.close()
