"""What the fields and values of the history are called on a page."""

from __future__ import annotations

import contextlib
import datetime as dt
import re
from collections.abc import Callable
from typing import Any

from payung.office.ui.words import day, number, say
from payung.text import Text

FIELDS: dict[str, Text] = {
    "name": Text("nama", "name"),
    "nik": Text("NIK", "NIK"),
    "village": Text("desa", "village"),
    "birth_date": Text("tanggal lahir", "birth date"),
    "birth_place": Text("tempat lahir", "birth place"),
    "sex": Text("jenis kelamin", "sex"),
    "mother": Text("ibu kandung", "mother"),
    "address": Text("alamat", "address"),
    "rt": Text("RT", "RT"),
    "rw": Text("RW", "RW"),
    "job": Text("pekerjaan", "job"),
    "occupation": Text("kode pekerjaan", "occupation code"),
    "income": Text("penghasilan", "income"),
    "disability": Text("disabilitas", "disability"),
    "decile": Text("desil", "decile"),
    "life_status": Text("status hidup", "life status"),
    "has_phone": Text("ada nomor HP", "has a phone number"),
    "role": Text("peran", "role"),
    "region": Text("wilayah", "region"),
    "categories": Text("kategori", "categories"),
    "starts": Text("mulai", "from"),
    "ends": Text("sampai", "until"),
    "acting": Text("pejabat sementara", "acting"),
    "post": Text("jabatan", "office"),
    "pay": Text("penghasilan tetap", "pay"),
    "state": Text("keadaan", "state"),
    "kind": Text("jenis", "kind"),
    "file": Text("berkas", "file"),
    "bytes": Text("ukuran (bita)", "size (bytes)"),
    "sha256": Text("sidik berkas", "fingerprint"),
    "rows": Text("baris", "rows"),
    "row": Text("baris", "row"),
    "replaced": Text("menggantikan", "takes the place of"),
    "fields": Text("isian", "cells"),
    "accepted": Text("siap", "ready"),
    "noted": Text("dengan catatan", "noted"),
    "returned": Text("perlu diperbaiki", "to mend"),
    "verdict": Text("hasil", "verdict"),
    "reasons": Text("sebab", "reasons"),
    "stayed": Text("yang tinggal", "left behind"),
    "people": Text("orang", "people"),
    "places": Text("wilayah", "places"),
    "source": Text("sumber", "source"),
    "filter": Text("saringan", "filter"),
    "format": Text("bentuk", "format"),
    "segment": Text("segmen", "segment"),
    "from": Text("dari bulan", "from month"),
    "until": Text("sampai bulan", "until month"),
    "kpj": Text("KPJ", "KPJ"),
    "kk": Text("KK", "KK"),
    "phone": Text("nomor HP", "phone number"),
    "decile_version": Text("terbitan desil", "release of the decile"),
    "heir": Text("ahli waris", "heir"),
    "relation": Text("hubungan", "relation"),
    "has_account": Text("punya rekening", "has an account"),
    "card": Text("kartu", "card"),
    "received_on": Text("diterima", "received"),
    "handed_on": Text("diserahkan", "handed over"),
    "handed_to": Text("diterima oleh", "taken by"),
    "handed_by": Text("diserahkan oleh", "handed over by"),
    "agency": Text("instansi", "agency"),
    "result": Text("hasil", "result"),
    "text": Text("kata instansi", "the agency's words"),
    "end": Text("akhir", "end"),
    "matched": Text("orangnya ketemu", "found"),
    "unknown": Text("tidak dikenal", "unknown"),
    "unusable": Text("tidak dapat dipakai", "unusable"),
    "passed": Text("lolos", "passed"),
    "refused": Text("ditolak", "refused"),
    "submission": Text("usulan nomor", "submission number"),
    "version": Text("versi", "release"),
}
VALUES: dict[str, Text] = {
    "True": Text("ya", "yes"),
    "False": Text("tidak", "no"),
    "draf": Text("draf", "draft"),
    "diajukan_desa": Text("diajukan desa", "submitted"),
    "dikembalikan": Text("dikembalikan", "returned"),
    "disetujui_camat": Text("disetujui camat", "endorsed"),
    "padan_dukcapil": Text("diterima dinas", "accepted"),
    "padan_sosial": Text("padan data sosial", "welfare data check"),
    "padan_bpjs": Text("padan BPJS", "insurer check"),
    "selesai": Text("selesai dipadankan", "matched"),
    "belum_dikenal": Text("teks belum dikenal", "text not known yet"),
    "lolos": Text("lolos", "passed"),
    "ditolak": Text("ditolak", "refused"),
    "dukcapil": Text("Dukcapil", "civil registry"),
    "dtsen": Text("DTSEN", "welfare data"),
    "bpjs": Text("BPJS", "insurer"),
    "pegawai": Text("daftar pegawai", "staff lists"),
    "padan": Text("padan", "matched"),
    "nik_tidak_ditemukan": Text("NIK tidak ditemukan", "NIK not found"),
    "nik_beda_nama": Text("nama beda dengan NIK", "name differs from the NIK"),
    "tgl_lahir_beda": Text("tanggal lahir beda", "birth date differs"),
    "meninggal": Text("meninggal", "died"),
    "pindah_keluar": Text("pindah keluar", "moved away"),
    "ganda_dalam_usulan": Text("ganda dalam usulan", "twice in the submission"),
    "sudah_pu_aktif": Text("sudah peserta PU aktif", "active PU member"),
    "sudah_bpu_aktif": Text("sudah peserta BPU aktif", "active BPU member"),
    "didanai_pihak_lain": Text("didanai pihak lain", "paid by another"),
    "di_bawah_umur": Text("di bawah umur", "too young"),
    "lewat_usia": Text("lewat usia", "too old"),
    "kk_ada_asn": Text("ada anggota KK pegawai", "staff in the same household"),
    "desil_di_luar": Text("desil di luar batas", "decile beyond the limit"),
    "bukan_pekerja": Text("bukan pekerja", "not a worker"),
    "data_kurang": Text("data kurang", "data missing"),
    "accepted": Text("siap", "ready"),
    "noted": Text("dengan catatan", "noted"),
    "returned": Text("perlu diperbaiki", "to mend"),
    "spouse": Text("janda atau duda", "widow or widower"),
    "child": Text("anak", "child"),
    "parent": Text("orang tua", "parent"),
    "grandparent": Text("kakek atau nenek", "grandparent"),
    "grandchild": Text("cucu", "grandchild"),
    "sibling": Text("saudara kandung", "sibling"),
    "parent-in-law": Text("mertua", "parent-in-law"),
    "will": Text("ditunjuk dalam wasiat", "named in a will"),
    "kertas": Text("kertas", "paper"),
}


DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
Naming = Callable[[str], Text | None]
_codes: dict[str, Naming] = {}


def know(name: str, naming: Naming) -> None:
    """Let ``naming`` say what the codes of a field (or of all fields of an action) are called; from later apps."""
    _codes[name] = naming


def changes(before: dict[str, Any] | None, after: dict[str, Any] | None, action: str = "") -> list[str]:
    """Return ``label: old → new`` for every field of an event that says something; of what is gone, what it was."""
    if before and not after:
        before, after = None, before
    old = before or {}
    lines = []
    for name, value in (after or {}).items():
        if value in {None, ""} and name not in old:
            continue
        label = say(FIELDS[name]) if name in FIELDS else name
        naming = _codes.get(action) or _codes.get(name)
        shown = _shown(value, naming)
        lines.append(
            f"{label}: {_shown(old[name], naming)} → {shown}" if name in old else f"{label}: {shown}"
        )
    return lines


def _shown(value: Any, naming: Naming | None = None) -> str:
    if value in {None, ""}:
        return "–"
    parts = [naming(part) for part in value.split(",")] if naming and isinstance(value, str) else []
    if parts and all(parts):
        return ", ".join(say(part) for part in parts if part)
    known = VALUES.get(str(value))
    if known is not None:
        return say(known)
    if isinstance(value, int):
        return number(value)
    text = str(value)
    if DAY.fullmatch(text):
        with contextlib.suppress(ValueError):  # looks like a day but is none
            return day(dt.date.fromisoformat(text))
    return text
