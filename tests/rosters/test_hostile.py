"""Files that would hurt are refused with one sentence, and the next file is read as if nothing had happened."""

from __future__ import annotations

import datetime as dt
import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from payung.errors import InputError
from payung.rosters import read
from payung.said import say

BOOK = (
    '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>'
    '<sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
LINKS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
    'Target="worksheets/sheet1.xml"/>'
    "</Relationships>"
)
ROOT = LINKS.replace("/worksheet", "/officeDocument").replace(
    'Target="worksheets/sheet1.xml"', 'Target="xl/workbook.xml"'
)
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
    'ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    "</Types>"
)
SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
SST = '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
HEADING = (
    '<row r="1">'
    + "".join(
        f'<c r="{at}1" t="inlineStr"><is><t>{word}</t></is></c>'
        for at, word in zip("ABC", ("NIK", "NAMA", "ALAMAT"), strict=True)
    )
    + '</row><row r="2"><c r="A2" t="inlineStr"><is><t>6203990101800001</t></is></c><c r="B2" '
    't="inlineStr"><is><t>Kasmi</t></is></c></row>'
)


def book(path: Path, sheet: str | bytes, **more: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", TYPES)
        file.writestr("_rels/.rels", ROOT)
        file.writestr("xl/workbook.xml", BOOK)
        file.writestr("xl/_rels/workbook.xml.rels", LINKS)
        file.writestr("xl/worksheets/sheet1.xml", sheet)
        for name, data in more.items():
            file.writestr(name.replace("__", "/"), data)
    return path


def cell(reference: str, text: str = "x") -> str:
    row = "".join(filter(str.isdigit, reference))
    return f'<row r="{row}"><c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c></row>'


def zip_bomb(folder: Path) -> Path:
    filler = ("<row>" + '<c t="inlineStr"><is><t>0</t></is></c>' * 40 + "</row>") * 40_000
    return book(folder / "bom.xlsx", SHEET.format(filler))


def shared_bomb(folder: Path, *, texts: int = 3, cells: int = 300_000) -> Path:
    """A few long texts that every cell shares: small in the zip, and small when unpacked."""
    strings = "".join(f"<si><t>{'panjang ' * 250}{at}</t></si>" for at in range(texts))
    rows = "".join(
        f'<row r="{row}">' + "".join(f'<c t="s"><v>{at % texts}</v></c>' for at in range(20)) + "</row>"
        for row in range(1, cells // 20 + 1)
    )
    return book(
        folder / "bersama.xlsx",
        SHEET.format(rows),
        **{"xl__sharedStrings.xml": f"{SST}{strings}</sst>".encode()},
    )


def lying_directory(folder: Path) -> Path:
    """A zip whose directory says that a part is small while it unfolds to much more."""
    path = book(folder / "bohong.xlsx", SHEET.format("<row/>" * 2_000_000))
    data = bytearray(path.read_bytes())
    size = struct.pack("<I", len(SHEET.format("<row/>" * 2_000_000)))
    while (at := data.find(size)) >= 0:
        data[at : at + 4] = struct.pack("<I", 1000)
    path.write_bytes(bytes(data))
    return path


def entities(folder: Path) -> Path:
    attack = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "haha"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
    return book(folder / "entitas.xlsx", attack + SHEET.format(cell("A1", "&c;")))


def entities_in_strings(folder: Path) -> Path:
    attack = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><sst>&b;</sst>'
    return book(
        folder / "entitas2.xlsx",
        SHEET.format(HEADING),
        xl__sharedStrings=attack,
        **{"xl__sharedStrings.xml": attack},
    )


def far_corner(folder: Path) -> Path:
    return book(folder / "sudut.xlsx", SHEET.format(cell("A1") + cell("XFD1048576")))


def tall_and_wide(folder: Path) -> Path:
    return book(folder / "luas.xlsx", SHEET.format(cell("A1") + cell("AZ1") + cell("A900000")))


def truncated(folder: Path) -> Path:
    path = book(folder / "putus.xlsx", SHEET.format(HEADING))
    path.write_bytes(path.read_bytes()[:-200])
    return path


def cut_inside(folder: Path) -> Path:
    path = book(folder / "rusak.xlsx", SHEET.format(HEADING * 400))
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 64] = b"\0" * 64
    path.write_bytes(bytes(data))
    return path


def encrypted(folder: Path) -> Path:
    path = folder / "sandi.xlsx"
    path.write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + b"\0" * 1500
        + "EncryptedPackage".encode("utf-16-le")
        + b"\0" * 2000
    )
    return path


def broken_ole(folder: Path) -> Path:
    path = folder / "lama.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(range(256)) * 40)
    return path


def wrong_ending(folder: Path) -> Path:
    path = folder / "surat.xlsx"
    path.write_bytes(b"%PDF-1.7\n" + b"0" * 1000)
    return path


def other_zip(folder: Path) -> Path:
    path = folder / "arsip.xlsx"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("word/document.xml", "<w/>")
    return path


def empty(folder: Path) -> Path:
    path = folder / "kosong.xlsx"
    path.touch()
    return path


def binary(folder: Path) -> Path:
    path = folder / "acak.csv"
    path.write_bytes(bytes(range(256)) * 10)
    return path


def html_bomb(folder: Path) -> Path:
    path = folder / "bom.xls"
    path.write_text(
        "<html><table><tr>"
        + '<td colspan="99999999" rowspan="99999999">NIK</td>' * 1000
        + "</tr></table></html>"
    )
    return path


def html_nested(folder: Path) -> Path:
    path = folder / "dalam.xls"
    path.write_text("<html>" + "<table><tr><td>" * 60_000 + "NIK")
    return path


def ods_bomb(folder: Path) -> Path:
    path = folder / "bom.ods"
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
        '<office:body><office:spreadsheet><table:table table:name="S"><table:table-row '
        'table:number-rows-repeated="1048576">'
        '<table:table-cell table:number-columns-repeated="16384" '
        'office:value-type="string"><text:p>NIK</text:p></table:table-cell>'
        "</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        file.writestr("content.xml", content)
    return path


def many_empty_rows(folder: Path) -> Path:
    return book(
        folder / "dua-juta.xlsx",
        SHEET.format("".join(f'<row r="{at}"/>' for at in range(1, 1_048_577)) + "<row/>" * 900_000),
    )


def no_heading(folder: Path) -> Path:
    path = folder / "acak.csv"
    path.write_text("a;b;c\n1;2;3\n4;5;6\n")
    return path


def many_columns(path: Path) -> Path:
    """16,384 columns, all of them headed like a name."""
    words = [f"Nama Lengkap {at}" for at in range(16_384)]
    row = "".join(f'<c t="inlineStr"><is><t>{word}</t></is></c>' for word in ["NIK", *words[1:]])
    people = '<c t="inlineStr"><is><t>6203990101800001</t></is></c>'
    return book(path / "lebar.xlsx", SHEET.format(f'<row r="1">{row}</row><row r="2">{people}</row>'))


def many_sheets(path: Path) -> Path:
    """Fifty thousand sheets that are all one part."""
    place = path / "lembar.xlsx"
    sheets = "".join(f'<sheet name="S{at}" sheetId="{at}" r:id="rId1"/>' for at in range(2, 50_000))
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", TYPES)
        file.writestr("_rels/.rels", ROOT)
        file.writestr("xl/workbook.xml", BOOK.replace("</sheets>", sheets + "</sheets>"))
        file.writestr("xl/_rels/workbook.xml.rels", LINKS)
        file.writestr("xl/worksheets/sheet1.xml", SHEET.format(HEADING))
    return place


def one_long_line(path: Path) -> Path:
    """Sixty-four megabytes of text without a line break."""
    place = path / "panjang.csv"
    with place.open("wb") as file:
        for _ in range(64):
            file.write(b"NIK,NAMA,ALAMAT," * (1 << 16))
    return place


def far_column(path: Path) -> Path:
    """One stray character at the far right of every row of a list."""
    rows = "".join(
        f'<row r="{at}"><c r="A{at}" t="inlineStr"><is><t>6203990101800001</t></is></c>'
        f'<c r="XFD{at}" t="inlineStr"><is><t>.</t></is></c></row>'
        for at in range(1, 401)
    )
    return book(path / "jauh.xlsx", SHEET.format(rows))


def html_cells(path: Path) -> Path:
    """A page of one row of two million cells."""
    place = path / "sel.xls"
    place.write_bytes(b"<table><tr>" + b"<td>a" * 2_000_000 + b"</table>")
    return place


def large_list_of_sheets(path: Path) -> Path:
    """A list of sheets of six megabytes, packed into a few kilobytes: who reads it whole pays for it."""
    place = path / "daftar-lembar.xlsx"
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", TYPES)
        file.writestr("_rels/.rels", ROOT)
        file.writestr("xl/workbook.xml", BOOK.replace("<sheets>", " " * (6 << 20) + "<sheets>"))
        file.writestr("xl/_rels/workbook.xml.rels", LINKS)
        file.writestr("xl/worksheets/sheet1.xml", SHEET.format(HEADING))
    return place


def large_relations(path: Path) -> Path:
    return book(
        path / "hubungan.xlsx",
        SHEET.format(HEADING),
        **{"xl__worksheets___rels__s.rels": b"<!-- -->" * (1 << 20)},
    )


HOSTILE = [
    (large_list_of_sheets, "mengembang"),
    (large_relations, "mengembang"),
    (zip_bomb, "mengembang"),
    (shared_bomb, "mengembang"),
    (lying_directory, "mengembang|rusak"),
    (entities, "entitas"),
    (entities_in_strings, "entitas"),
    (far_corner, "jauh di luar"),
    (tall_and_wide, "jauh di luar"),
    (truncated, "rusak atau terpotong"),
    (cut_inside, "rusak|ditolak"),
    (encrypted, "kata sandi|berkata sandi"),
    (broken_ole, "bukan buku kerja"),
    (wrong_ending, "PDF"),
    (other_zip, "bukan buku kerja"),
    (empty, "kosong"),
    (binary, "bukan buku kerja"),
    (html_bomb, "jauh di luar|memori"),
    (html_nested, "daftar orang|memori|bukan buku"),
    (ods_bomb, "jauh di luar"),
    (many_empty_rows, "tidak ditemukan daftar"),
    (no_heading, "tidak ditemukan daftar"),
    (many_columns, "jauh di luar"),
    (many_sheets, "punya 49999 lembar"),
    (one_long_line, "satu barisnya lebih dari 1 MB"),
    (far_column, "jauh di luar"),
    (html_cells, "jauh di luar"),
]


@pytest.mark.parametrize(("make", "sentence"), HOSTILE, ids=[make.__name__ for make, _ in HOSTILE])
def test_hostile_file_is_refused_in_one_sentence(
    make: Callable[[Path], Path], sentence: str, tmp_path: Path, as_of: dt.date
) -> None:
    path = make(tmp_path)
    with pytest.raises(InputError, match=sentence) as caught:
        read(path, as_of=as_of)
    assert path.name in caught.value.message.id
    assert path.name in caught.value.message.en
    good = book(tmp_path / "baik.xlsx", SHEET.format(HEADING))
    assert read(good, as_of=as_of).rows["name"].to_list() == ["Kasmi"]


def test_missing_file_is_refused(tmp_path: Path, as_of: dt.date) -> None:
    with pytest.raises(InputError, match="tidak ada"):
        read(tmp_path / "tiada.xlsx", as_of=as_of)


def test_stray_styled_cells_far_away_do_no_harm(tmp_path: Path, as_of: dt.date) -> None:
    styled = '<row r="1048576"><c r="XFD1048576" s="0"/></row>'
    path = book(tmp_path / "gaya.xlsx", SHEET.format(HEADING + styled))
    assert read(path, as_of=as_of).rows.height == 1


def test_macros_and_links_are_only_named(tmp_path: Path, as_of: dt.date) -> None:
    path = book(
        tmp_path / "makro.xlsm",
        SHEET.format(HEADING),
        **{"xl__vbaProject.bin": b"x", "xl__externalLinks__externalLink1.xml": b"<a/>"},
    )
    notes = " ".join(map(say, read(path, as_of=as_of).notes))
    assert "makro" in notes
    assert "tautan tidak diikuti" in notes


def test_in_memory_zip_helper_is_sound() -> None:
    """The helper above writes what Excel writes: the reader's own library opens it."""
    import openpyxl

    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name, data in (
            ("[Content_Types].xml", TYPES),
            ("_rels/.rels", ROOT),
            ("xl/workbook.xml", BOOK),
            ("xl/_rels/workbook.xml.rels", LINKS),
        ):
            file.writestr(name, data)
        file.writestr("xl/worksheets/sheet1.xml", SHEET.format(HEADING))
    assert openpyxl.load_workbook(io.BytesIO(buffer.getvalue())).active["B2"].value == "Kasmi"
