"""Why a cell or a row needs attention: codes, how heavy each is, and the sentences.

Codes without prefix are the programme's reason codes; those that begin with ``KOLOM_`` concern a whole column.
Sentences are filled with ``{cell}``, ``{value}`` and what the check names. How heavy a code is can be set per
district: a mapping of code to ``note``, ``return`` or ``off``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from payung.errors import InputError
from payung.text import Text

Severity = Literal["note", "return"]


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason.

    Fields
        severity: ``return`` (the row cannot be used) or ``note`` (it can, and somebody should look).
        message: what and where, with ``{cell}``, ``{value}`` and at most one more blank, ``{other}``.
        remedy: what to do.
    """

    severity: Severity
    message: Text
    remedy: Text


REASONS: Final[dict[str, Reason]] = {
    "NIK_FORMAT": Reason(
        "return",
        Text("NIK di sel {cell} bukan 16 angka yang sah: “{value}”.", "The NIK in cell {cell} is not 16 valid digits: “{value}”."),
        Text("Ketik ulang 16 angka NIK dari KTP atau KK sebagai teks.", "Type the 16 digits from the KTP or KK again, as text."),
    ),
    "NIK_KOSONG": Reason(
        "return",
        Text("NIK di sel {cell} kosong.", "The NIK in cell {cell} is empty."),
        Text("Isi 16 angka NIK dari KTP atau KK.", "Fill in the 16 digits of the NIK from the KTP or KK."),
    ),
    "NIK_TERPOTONG": Reason(
        "return",
        Text(
            "NIK di sel {cell} tersimpan sebagai angka dan digit terakhirnya hilang (Excel hanya menyimpan 15 angka): “{value}”.",
            "The NIK in cell {cell} is stored as a number and has lost its last digit (Excel keeps 15 digits): “{value}”.",
        ),
        Text("Ubah sel menjadi Teks, lalu ketik ulang NIK dari KTP.", "Make the cell Text, then type the NIK from the KTP again."),
    ),
    "NIK_ANGKA": Reason(
        "note",
        Text(
            "NIK di sel {cell} tersimpan sebagai angka: “{value}”; digit terakhirnya mungkin berubah.",
            "The NIK in cell {cell} is stored as a number: “{value}”; its last digit may have changed.",
        ),
        Text("Cocokkan dengan KTP, simpan sel sebagai Teks.", "Compare with the KTP and store the cell as Text."),
    ),
    "NIK_TIDAK_ADA": Reason(
        "return",
        Text("Status di sel {cell} “{value}”: NIK ini tidak berlaku di Dukcapil.", "The status in cell {cell} is “{value}”: this NIK is not valid at Dukcapil."),
        Text("Pastikan status orang ini di Dukcapil sebelum diusulkan lagi.", "Settle this person's status at Dukcapil before proposing again."),
    ),
    "NIK_LAHIR_BEDA": Reason(
        "note",
        Text("NIK di sel {cell} memuat tanggal lahir {other}, di daftar “{value}”.", "The NIK in cell {cell} says birth date {other}, the list says “{value}”."),
        Text("Cocokkan NIK dan tanggal lahir dengan KTP; betulkan yang salah.", "Compare NIK and birth date with the KTP; mend the wrong one."),
    ),
    "NIK_JK_BEDA": Reason(
        "note",
        Text("NIK di sel {cell} menunjukkan jenis kelamin {other}, di daftar “{value}”.", "The NIK in cell {cell} says sex {other}, the list says “{value}”."),
        Text("Cocokkan NIK dan jenis kelamin dengan KTP; betulkan yang salah.", "Compare NIK and sex with the KTP; mend the wrong one."),
    ),
    "NIK_WILAYAH_BEDA": Reason(
        "note",
        Text("NIK di sel {cell} terbit di wilayah {other}, bukan di kabupaten daftar ini.", "The NIK in cell {cell} was issued in area {other}, not in the district of this list."),
        Text("Wajar bagi pendatang; pastikan ia kini ber-KTP di sini.", "Usual for people who moved; make sure that the KTP is now from here."),
    ),
    "NIK_SAMA_KK": Reason(
        "return",
        Text("Sel {cell} berisi nomor KK, bukan NIK: “{value}”.", "Cell {cell} holds the KK number, not a NIK: “{value}”."),
        Text("Isi NIK orang ini dari KTP atau KK.", "Fill in this person's NIK from the KTP or KK."),
    ),
    "KK_FORMAT": Reason(
        "note",
        Text("Nomor KK di sel {cell} bukan 16 angka: “{value}”.", "The KK number in cell {cell} is not 16 digits: “{value}”."),
        Text("Ketik ulang 16 angka nomor KK sebagai teks.", "Type the 16 digits of the KK again, as text."),
    ),
    "DATA_KURANG": Reason(
        "return",
        Text("Sel {cell} kosong: {other} wajib diisi.", "Cell {cell} is empty: {other} is required."),
        Text("Isi sesuai KTP.", "Fill it in as on the KTP."),
    ),
    "NAMA_JANGGAL": Reason(
        "note",
        Text("Nama di sel {cell} memuat angka, tanda atau hanya gelar: “{value}”.", "The name in cell {cell} has digits, signs or only a title: “{value}”."),
        Text("Tulis nama seperti di KTP.", "Write the name as on the KTP."),
    ),
    "NAMA_ALMARHUM": Reason(
        "note",
        Text("Nama di sel {cell} memakai “alm.”: “{value}”.", "The name in cell {cell} carries “alm.” (late): “{value}”."),
        Text("Bila orangnya sudah meninggal, hapus barisnya; bila tidak, hapus “alm.”.", "If the person has died take the row out; if not, take “alm.” out."),
    ),
    "LAHIR_FORMAT": Reason(
        "note",
        Text("Tanggal lahir di sel {cell} tidak dapat dibaca: “{value}”.", "The birth date in cell {cell} cannot be read: “{value}”."),
        Text("Tulis sebagai HH-BB-TTTT, misalnya 05-11-1990.", "Write it as DD-MM-YYYY, for example 05-11-1990."),
    ),
    "LAHIR_KOSONG": Reason(
        "return",
        Text("Tanggal lahir di sel {cell} tidak ada dan tidak dapat diambil dari NIK.", "The birth date in cell {cell} is missing and cannot be taken from the NIK."),
        Text("Isi tanggal lahir sesuai KTP.", "Fill in the birth date as on the KTP."),
    ),
    "JK_FORMAT": Reason(
        "note",
        Text("Jenis kelamin di sel {cell} tidak dikenal: “{value}”.", "The sex in cell {cell} is not known: “{value}”."),
        Text("Isi L atau P.", "Write L or P."),
    ),
    "HP_FORMAT": Reason(
        "note",
        Text("Nomor HP di sel {cell} tidak lengkap atau salah: “{value}”.", "The phone number in cell {cell} is incomplete or wrong: “{value}”."),
        Text("Isi nomor lengkap, misalnya 0812xxxxxxxx, atau kosongkan.", "Write the whole number, for example 0812xxxxxxxx, or leave it empty."),
    ),
    "RT_FORMAT": Reason(
        "note",
        Text("RT/RW di sel {cell} tidak dapat dibaca: “{value}”.", "The RT/RW in cell {cell} cannot be read: “{value}”."),
        Text("Isi angka saja, misalnya 003.", "Write digits only, for example 003."),
    ),
    "PENGHASILAN_FORMAT": Reason(
        "note",
        Text("Jumlah uang di sel {cell} tidak dapat dibaca: “{value}”.", "The amount in cell {cell} cannot be read: “{value}”."),
        Text("Isi angka rupiah saja, misalnya 1000000.", "Write whole rupiah only, for example 1000000."),
    ),
    "PEKERJAAN_TAK_DIKENAL": Reason(
        "note",
        Text("Pekerjaan di sel {cell} belum ada di daftar kode: “{value}”.", "The job in cell {cell} is not in the code list: “{value}”."),
        Text("Pilih pekerjaan yang paling dekat, misalnya Petani atau Buruh harian.", "Choose the nearest job, for example Petani or Buruh harian."),
    ),
    "WILAYAH_BEDA": Reason(
        "note",
        Text("Desa di sel {cell}: {other}", "The village in cell {cell}: {other}"),
        Text("Tulis nama desa dan kecamatan seperti di daftar kode wilayah.", "Write village and sub-district as in the list of region codes."),
    ),
    "MENINGGAL": Reason(
        "return",
        Text("Sel {cell} menyatakan orang ini sudah meninggal: “{value}”.", "Cell {cell} says that this person has died: “{value}”."),
        Text("Keluarkan dari usulan; ahli warisnya dapat melapor bila ia peserta.", "Take the row out; the heirs can report if this was a participant."),
    ),
    "PINDAH": Reason(
        "return",
        Text("Sel {cell} menyatakan orang ini sudah pindah: “{value}”.", "Cell {cell} says that this person has moved away: “{value}”."),
        Text("Keluarkan dari usulan desa ini.", "Take the row out of this village's proposal."),
    ),
    "KOLOM_NIK_TERPOTONG": Reason(
        "return",
        Text(
            "Kolom NIK ({cell}) rusak: {other}. Excel memotong NIK menjadi 15 angka; NIK aslinya tidak dapat dipulihkan.",
            "The NIK column ({cell}) is damaged: {other}. Excel cut the NIKs to 15 digits; they cannot be restored.",
        ),
        Text("Minta berkas asli dengan kolom NIK sebagai Teks, lalu kirim ulang.", "Ask for the original with the NIK column as Text, and send it again."),
    ),
    "KOLOM_NIK_ILMIAH": Reason(
        "return",
        Text(
            "Kolom NIK ({cell}) rusak: {other}. Hanya 5–6 angka tersisa; NIK aslinya tidak dapat dipulihkan.",
            "The NIK column ({cell}) is damaged: {other}. Only 5–6 digits are left; the NIKs cannot be restored.",
        ),
        Text("Minta berkas .xlsx dengan NIK sebagai Teks, bukan CSV dari Excel.", "Ask for the .xlsx with NIKs as Text, not a CSV from Excel."),
    ),
    "KOLOM_KK_TERPOTONG": Reason(
        "note",
        Text("Kolom KK ({cell}) rusak: {other}.", "The KK column ({cell}) is damaged: {other}."),
        Text("Minta berkas asli dengan kolom KK sebagai Teks.", "Ask for the original with the KK column as Text."),
    ),
    "KOLOM_TANGGAL_AMERIKA": Reason(
        "note",
        Text("Kolom tanggal ({cell}) tertukar hari dan bulannya: {other}.", "In the date column ({cell}) day and month are swapped: {other}."),
        Text("Minta kolom tanggal sebagai teks HH-BB-TTTT.", "Ask for the date column as text DD-MM-YYYY."),
    ),
    "KOLOM_SATU_NILAI": Reason(
        "note",
        Text("Kolom {cell} berisi satu nilai yang sama di semua baris: {other}.", "Column {cell} holds one and the same value in every row: {other}."),
        Text("Periksa apakah nilainya tersalin ke bawah; isi nilai masing-masing orang.", "Check whether it was copied down; fill in each person's own value."),
    ),
    "KOLOM_BERURUT": Reason(
        "return",
        Text("Kolom {cell} berisi nomor yang naik satu-satu: {other}.", "Column {cell} holds numbers that rise by one: {other}."),
        Text("Nilainya terseret saat menyalin; minta berkas aslinya.", "They were dragged while copying; ask for the original."),
    ),
    "KOLOM_GESER": Reason(
        "return",
        Text("Isi kolom {cell} bergeser: {other}.", "The content of column {cell} has shifted: {other}."),
        Text("Luruskan isi dengan judul kolomnya, lalu kirim ulang.", "Put the content below its heading again and send the file."),
    ),
    "KOLOM_KODE_BPS": Reason(
        "note",
        Text("Kolom {cell} berisi kode BPS, bukan kode Kemendagri: {other}.", "Column {cell} holds BPS codes, not Kemendagri codes: {other}."),
        Text("Kode ini tidak dipakai; isi nama desa dan kecamatan.", "These codes are not used; fill in village and sub-district names."),
    ),
}  # fmt: skip

# a finding with one of these codes carries the programme's code in the row's reasons
PROGRAMME_CODE: Final[dict[str, str]] = {
    "NIK_KOSONG": "DATA_KURANG",
    "LAHIR_KOSONG": "DATA_KURANG",
    "NIK_TERPOTONG": "NIK_FORMAT",
    "NIK_SAMA_KK": "NIK_FORMAT",
    "KOLOM_NIK_TERPOTONG": "NIK_FORMAT",
    "KOLOM_NIK_ILMIAH": "NIK_FORMAT",
    "KOLOM_BERURUT": "NIK_FORMAT",
    "KOLOM_GESER": "DATA_KURANG",
    "NIK_LAHIR_BEDA": "LAHIR_BEDA",
}


def severities(changes: Mapping[str, str] | None) -> dict[str, str]:
    """Return how heavy every code is, after a district's own ``changes`` (``note``, ``return`` or ``off``).

    Raises :class:`payung.errors.InputError` for an unknown code or weight.
    """
    weights: dict[str, str] = {code: reason.severity for code, reason in REASONS.items()}
    for code, weight in (changes or {}).items():
        if code not in weights or weight not in ("note", "return", "off"):
            raise InputError(
                Text(
                    f"Bobot {weight!r} untuk kode {code!r} tidak dikenal: pakai note, return atau off.",
                    f"Weight {weight!r} for code {code!r} is not known: use note, return or off.",
                )
            )
        weights[code] = weight
    return weights
