"""Judging one big list and sending it back, beside the peers; and how fast hostile files are refused.

Every way reads the same .xlsx (15 columns, 8 % of the rows with a planted fault), looks at NIK, date and sex of every
row and says what is wrong with which. The peers stop there: none of them gives the village's workbook back.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import sys
import tempfile
import zipfile
from pathlib import Path

import xlsxwriter
from measure import measure

from payung.people.nik import build

PEERS = Path(__file__).resolve().parents[1] / ".venv-bench" / "bin" / "python"
HEADING = [
    "No",
    "NIK",
    "Nama",
    "No KK",
    "Jenis Kelamin",
    "Tempat Lahir",
    "Tanggal Lahir",
    "Alamat",
    "RT",
    "RW",
    "Desa",
    "Kecamatan",
    "Pekerjaan",
    "Nama Ibu Kandung",
    "No HP",
]
WORDS = [
    "Kasmi",
    "Jahri",
    "Yogi",
    "Miskan",
    "Isah",
    "Suratmi",
    "Galuh",
    "Suparno",
    "Masnah",
    "Tukinah",
    "Salasiah",
    "Sumarno",
    "Rina",
    "Mawar",
    "Suriani",
]

JUDGE = """
import datetime as dt, sys
from pathlib import Path
from payung.regions import Gazetteer
from payung.rosters import read, write_corrected
reading = read(Path(sys.argv[1]), as_of=dt.date(2026, 11, 22), regions=Gazetteer.load())
if len(sys.argv) > 2:
    write_corrected(reading, Path(sys.argv[2]))
"""

REFUSE = """
import datetime as dt, sys
from pathlib import Path
from payung.errors import InputError
from payung.rosters import read
try:
    read(Path(sys.argv[1]), as_of=dt.date(2026, 11, 22))
except InputError as error:
    sys.exit(0)
sys.exit(3)
"""

CHECK = r"""
import datetime as dt, re
NIK, DATE = re.compile(r"^[0-9]{16}$"), "%d-%m-%Y"
def faults(row):
    found = []
    if not row["NIK"] or not NIK.match(str(row["NIK"])):
        found.append(("NIK", "16 digits"))
    try:
        dt.datetime.strptime(str(row["Tanggal Lahir"]), DATE)
    except ValueError:
        found.append(("Tanggal Lahir", "no date"))
    if row["Jenis Kelamin"] not in ("L", "P"):
        found.append(("Jenis Kelamin", "L or P"))
    return found
"""

PANDAS = """
import sys, pandas as pd
frame = pd.read_excel(sys.argv[1], dtype=str, engine="openpyxl")
bad = ~frame["NIK"].fillna("").str.fullmatch(r"[0-9]{16}")
bad |= pd.to_datetime(frame["Tanggal Lahir"], format="%d-%m-%Y", errors="coerce").isna()
bad |= ~frame["Jenis Kelamin"].isin(["L", "P"])
print(int(bad.sum()))
"""

ROW_BY_ROW = (
    CHECK
    + """
import sys, openpyxl
sheet = openpyxl.load_workbook(sys.argv[1]).active
rows = sheet.iter_rows(values_only=True)
heading = next(rows)
print(sum(1 for row in rows if faults(dict(zip(heading, row)))))
"""
)

IMPORT_EXPORT = (
    CHECK
    + """
import sys, django
from django.conf import settings
memory = {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}
settings.configure(INSTALLED_APPS=["import_export"], DATABASES={"default": memory},
                   USE_TZ=True, DEFAULT_AUTO_FIELD="django.db.models.AutoField")
django.setup()
import tablib
from import_export import resources
class Person:
    pass
class Loader:
    def __init__(self, *args):
        pass
    def get_instance(self, row):
        return None
class PersonResource(resources.Resource):
    class Meta:
        import_id_fields = ()
        skip_diff = True
        instance_loader_class = Loader
    def init_instance(self, row=None):
        return Person()
    def before_import_row(self, row, **kwargs):
        found = faults(row)
        if found:
            raise ValueError(found)
    def save_instance(self, *args, **kwargs):
        pass
with open(sys.argv[1], "rb") as file:
    data = tablib.Dataset().load(file.read(), format="xlsx")
result = PersonResource().import_data(data, dry_run=True, use_transactions=False)
print(len(result.row_errors()))
"""
)


def write_list(path: Path, rows: int) -> None:
    """Write an invented list with planted faults."""
    draw = random.Random(1)
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True, "strings_to_formulas": False})
    page = book.add_worksheet("Warga")
    page.write_row(0, 0, HEADING)
    for number in range(1, rows + 1):
        born = dt.date(1955, 1, 1) + dt.timedelta(days=draw.randrange(18_000))
        sex, chance = draw.choice("LP"), draw.random()
        nik = build("620399", born, sex, draw.randrange(1, 9_999))
        nik = "" if chance > 0.99 else nik[:-1] if chance < 0.02 else nik
        date = "32-13-1990" if 0.02 < chance < 0.07 else born.strftime("%d-%m-%Y")
        kk = build("620399", born, "L", draw.randrange(1, 99))
        page.write_row(
            number,
            0,
            [
                number,
                nik,
                " ".join(draw.sample(WORDS, 2)),
                kk,
                sex,
                "Kuala Kapuas",
                date,
                f"Jl. Patih No. {draw.randrange(200)}",
                f"{draw.randrange(1, 9):03d}",
                "001",
                "Mantangai Hulu",
                "Mantangai",
                draw.choice(("Petani", "Penyadap karet", "Sopir")),
                draw.choice(WORDS),
                f"0812-0000-{draw.randrange(10_000):04d}",
            ],
        )
    book.close()


def write_hostile(folder: Path) -> dict[str, Path]:
    """Write a zip bomb, a sheet from A1 to XFD1048576, one full of empty rows, and an entity attack."""
    start = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    end = "</sheetData></worksheet>"
    row = "<row>" + '<c t="inlineStr"><is><t>0</t></is></c>' * 40 + "</row>"
    sheets = {
        "zip bomb (870 MB of XML)": start + row * 530_000 + end,
        "cells A1 and XFD1048576": start + '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c '
                                           'r="XFD1048576"><v>1</v></c></row>' + end,
        "2 million empty rows": start + "<row/>" * 2_000_000 + end,
        "entity attack": '<!DOCTYPE a [<!ENTITY b "x"><!ENTITY c '
                         '"&b;&b;">]>' + start + '<row r="1"><c r="A1" t="str"><v>&c;</v></c></row>' + end,
    }  # fmt: skip
    book = (
        '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/'
        'officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )
    links = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://'
        'schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
        'Target="worksheets/sheet1.xml"/></Relationships>'
    )
    found = {}
    for at, (name, sheet) in enumerate(sheets.items()):
        path = folder / f"hostile{at}.xlsx"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
            file.writestr("xl/workbook.xml", book)
            file.writestr("xl/_rels/workbook.xml.rels", links)
            file.writestr("xl/worksheets/sheet1.xml", sheet)
        found[name] = path
    return found


def main() -> int:
    """Run every way once and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--quick", action="store_true", help="10,000 rows only")
    parser.add_argument("--no-peers", action="store_true")
    given = parser.parse_args()
    rows = 10_000 if given.quick else given.rows
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "daftar.xlsx"
        write_list(path, rows)
        print(f"One list of {rows:,} rows and 15 columns ({path.stat().st_size / 1e6:.1f} MB)\n")
        print("| way | wall s | CPU s | peak MB |\n|---|---|---|---|")
        ways = {
            "payung: judge every cell": [sys.executable, "-c", JUDGE, str(path)],
            "payung: judge, and write the corrected workbook": [
                sys.executable,
                "-c",
                JUDGE,
                str(path),
                str(folder / "balasan.xlsx"),
            ],
        }
        if not given.no_peers and PEERS.exists():
            ways["pandas with openpyxl, three checks on columns"] = [str(PEERS), "-c", PANDAS, str(path)]
            ways["openpyxl, three checks row by row (as openIMIS imports)"] = [
                str(PEERS),
                "-c",
                ROW_BY_ROW,
                str(path),
            ]
            ways["tablib and django-import-export, dry run"] = [str(PEERS), "-c", IMPORT_EXPORT, str(path)]
        for way, command in ways.items():
            taken = measure(command)
            mark = "" if taken.code == 0 else f" (failed: {taken.code})"
            print(f"| {way}{mark} | {taken.wall:.1f} | {taken.cpu:.1f} | {taken.peak:,.0f} |", flush=True)
        print("\nHostile files, from start of the program to the refusal\n")
        print("| file | KB | wall s | peak MB |\n|---|---|---|---|")
        for kind, hostile in write_hostile(folder).items():
            taken = measure([sys.executable, "-c", REFUSE, str(hostile)])
            mark = "" if taken.code == 0 else f" (not refused: {taken.code})"
            print(
                f"| {kind}{mark} | {hostile.stat().st_size / 1000:,.0f} | {taken.wall:.2f} | {taken.peak:,.0f} |",
                flush=True,
            )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
