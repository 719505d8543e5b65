"""Sentences for files that cannot be read, and what to do about each."""

from __future__ import annotations

from payung.errors import InputError
from payung.text import Text

SENTENCES: dict[str, Text] = {
    "empty": Text(
        "Berkas {file} kosong. Kirim ulang berkas yang berisi daftar.",
        "File {file} is empty. Send the file that holds the list.",
    ),
    "missing": Text(
        "Berkas {file} tidak ada atau tidak dapat dibuka. Periksa nama dan letaknya.",
        "File {file} does not exist or cannot be opened. Check its name and place.",
    ),
    "password": Text(
        "Berkas {file} berkata sandi. Buka di Excel, hapus kata sandinya (Info > Lindungi), simpan, kirim ulang.",
        "File {file} has a password. Open it in Excel, remove the password (Info > Protect), save, send again.",
    ),
    "other_format": Text(
        "Berkas {file} adalah berkas {format}, bukan buku kerja. Simpan sebagai .xlsx lalu kirim ulang.",
        "File {file} is a {format} file, not a workbook. Save it as .xlsx and send it again.",
    ),
    "shortcut": Text(
        "Berkas {file} hanya pintasan ke daftar di internet, bukan daftarnya. Buka daftarnya, pilih "
        "File > Download > Microsoft Excel (.xlsx), lalu kirim berkas itu.",
        "File {file} is only a shortcut to a list on the internet, not the list. Open the list, choose "
        "File > Download > Microsoft Excel (.xlsx), and send that file.",
    ),
    "zip_of_files": Text(
        "Berkas {file} adalah ZIP berisi {files} berkas. Buka ZIP-nya dan kirim berkas di dalamnya satu per satu.",
        "File {file} is a ZIP that holds {files} files. Open it and send the files in it one by one.",
    ),
    "text_document": Text(
        "Berkas {file} dokumen teks tanpa tabel, bukan buku kerja. Tulis daftarnya sebagai tabel dengan kolom NAMA dan "
        "NIK, atau sebagai .xlsx, lalu kirim ulang.",
        "File {file} is a text document without a table. Write the list as a table with columns NAMA and NIK, "
        "or as .xlsx, and send it again.",
    ),
    "across": Text(
        "Di berkas {file} daftarnya melintang (lembar {sheet}): judul di kolom kiri mulai sel {cell}, orang ke kanan. "
        "Salin, lalu Tempel Khusus > Transpose, sehingga satu baris satu orang; kirim ulang.",
        "The list in file {file} runs across (sheet {sheet}): headings in the left column from cell {cell}, people to "
        "the right. Copy it, Paste Special > Transpose, so that a row is a person, and send it again.",
    ),
    "not_workbook": Text(
        "Berkas {file} bukan buku kerja yang dapat dibaca. Buka di Excel, simpan sebagai .xlsx, kirim ulang.",
        "File {file} is not a workbook that can be read. Open it in Excel, save it as .xlsx, send it again.",
    ),
    "truncated": Text(
        "Berkas {file} rusak atau terpotong. Kirim ulang berkas aslinya.",
        "File {file} is broken or cut off. Send the original again.",
    ),
    "broken_sheet": Text(
        "Lembar {sheet} di berkas {file} rusak. Buka di Excel, simpan ulang sebagai .xlsx, kirim ulang.",
        "Sheet {sheet} in file {file} is broken. Open it in Excel, save it again as .xlsx, send it again.",
    ),
    "broken_text": Text(
        "Teks di berkas {file} tidak dapat dipisah menjadi kolom. Simpan ulang sebagai .xlsx lalu kirim.",
        "The text in file {file} cannot be cut into columns. Save it as .xlsx and send it again.",
    ),
    "bomb": Text(
        "Berkas {file} ditolak: isinya mengembang menjadi ukuran yang tidak wajar. "
        "Salin daftarnya ke buku kerja baru, simpan, kirim ulang.",
        "File {file} is refused: it unfolds to an unreasonable size. Copy the list into a new workbook and send that.",
    ),
    "entities": Text(
        "Berkas {file} ditolak: di dalamnya ada entitas XML, yang tidak pernah dibuat Excel. "
        "Salin daftarnya ke buku kerja baru, simpan, kirim ulang.",
        "File {file} is refused: it holds XML entities, which Excel never writes. "
        "Copy the list into a new workbook and send that.",
    ),
    "too_wide": Text(
        "Berkas {file} ditolak: ada sel jauh di luar daftar ({rows} baris × {columns} kolom). "
        "Hapus baris dan kolom kosong di luar daftar, simpan, kirim ulang.",
        "File {file} is refused: it has cells far outside the list ({rows} rows × {columns} columns). "
        "Delete the empty rows and columns outside the list, save, send it again.",
    ),
    "too_many_sheets": Text(
        "Berkas {file} ditolak: punya {sheets} lembar. Salin daftarnya ke buku kerja baru, simpan, kirim ulang.",
        "File {file} is refused: it has {sheets} sheets. Copy the list into a new workbook and send that.",
    ),
    "long_line": Text(
        "Berkas {file} ditolak: satu barisnya lebih dari {megabytes} MB, jadi bukan daftar. "
        "Buka di Excel, simpan sebagai .xlsx, kirim ulang.",
        "File {file} is refused: one of its lines is longer than {megabytes} MB, so it is no list. "
        "Open it in Excel, save it as .xlsx, send it again.",
    ),
    "too_big": Text(
        "Berkas {file} terlalu besar ({megabytes} MB). Bagi menjadi beberapa berkas lalu kirim ulang.",
        "File {file} is too big ({megabytes} MB). Split it into several files and send them.",
    ),
    "memory": Text(
        "Berkas {file} ditolak: membacanya memakan memori atau waktu yang tidak wajar. "
        "Salin daftarnya saja ke buku kerja baru, simpan, kirim ulang.",
        "File {file} is refused: reading it takes unreasonable memory or time. "
        "Copy only the list into a new workbook, save, send that.",
    ),
    "no_table": Text(
        "Di berkas {file} tidak ditemukan daftar orang: tidak ada baris judul dengan kolom seperti NAMA dan NIK.",
        "File {file} holds no list of people: no heading row with columns such as NAMA and NIK was found.",
    ),
    "aggregate": Text(
        "Berkas {file} berisi rekapitulasi per wilayah, bukan daftar orang: tidak ada kolom nama atau NIK. "
        "Kirim daftar dengan satu baris per orang.",
        "File {file} holds totals per area, not a list of people: it has no column for a name or NIK. "
        "Send a list with one row for each person.",
    ),
    "couples": Text(
        "Berkas {file} memuat dua orang dalam satu baris, suami dan istri (judul di sel {cell}). "
        "Pindahkan menjadi satu baris per orang dengan kolom NAMA dan NIK, lalu kirim ulang.",
        "File {file} holds two people in one row, husband and wife (heading in cell {cell}). "
        "Make one row for each person with columns NAMA and NIK, and send it again.",
    ),
    "form": Text(
        "Berkas {file} berupa formulir satu orang per lembar (lembar {sheet}, sel {cell}), bukan daftar. "
        "Pindahkan ke satu daftar dengan satu baris per orang, lalu kirim ulang.",
        "File {file} is a form of one person a sheet (sheet {sheet}, cell {cell}), not a list. "
        "Put the people into one list with one row for each, and send it again.",
    ),
    "one_column": Text(
        "Di berkas {file} setiap orang ditulis dalam satu sel (lembar {sheet}, mulai sel {cell}). "
        "Pisahkan menjadi kolom NAMA dan NIK (di Excel: Data > Text to Columns), lalu kirim ulang.",
        "In file {file} each person is written in one cell (sheet {sheet}, from cell {cell}). "
        "Split them into columns NAMA and NIK (in Excel: Data > Text to Columns), and send it again.",
    ),
    "no_people": Text(
        "Di berkas {file} ada judul di sel {cell} dan {count} baris berisi di bawahnya, tetapi tidak satu pun terbaca "
        "sebagai orang. Isi kolom NAMA dan NIK di tiap baris, lalu kirim ulang.",
        "File {file} has a heading in cell {cell} and {count} filled rows below it, but none can be read as a person. "
        "Fill in NAMA and NIK in each row and send it again.",
    ),
    "no_rows": Text(
        "Berkas {file} punya baris judul tetapi tidak ada baris orang di bawahnya. Kirim berkas yang sudah diisi.",
        "File {file} has a heading row but no people below it. Send the file after filling it in.",
    ),
}


class EmptyListError(InputError):
    """A list that has headings and nobody below them."""


def refusal(why: str, file: str, **detail: object) -> InputError:
    """Return the fault for a file that is refused for ``why``."""
    sentence = SENTENCES[why]
    blanks = {"file": file, **detail}
    fault = EmptyListError if why == "no_rows" else InputError
    return fault(Text(sentence.id.format(**blanks), sentence.en.format(**blanks)))
