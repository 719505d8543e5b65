"""The insurer's forms as sheets to copy from: their fields in their order, what the office knows filled in.

The forms themselves are the insurer's (F3 KK1 to KK3, PAK1 to 3, F4, BSW); what nobody knows is a line to write on.
"""

from __future__ import annotations

from typing import Any

from payung.codes import Segment
from payung.office.cases.letter_kinds.material import Known
from payung.office.cases.states import CaseKind, Happening

Section = list[Any]  # title, then rows of [label, value]
WORK = ("di tempat kerja", "di luar tempat kerja", "lalu lintas (berangkat/pulang)")


def _member(case: Known) -> Section:
    who = case.who()
    return [
        "Data tenaga kerja",
        ["Nama lengkap", who["name"]],
        ["Nomor referensi (NIK)", who["nik"]],
        ["Nomor peserta (KPJ)", who["kpj"]],
        ["Jenis kelamin", who["sex"]],
        ["Tempat, tanggal lahir", who["birth"]],
        ["Alamat", _address(who)],
        ["Telepon", who["phone"]],
        ["Pekerjaan/jabatan", who["job"]],
        ["Unit/bagian", ""],
    ]


def _payer(case: Known) -> Section:
    segment = case.case.segment
    boxes = " ".join(
        f"[{'x' if segment == one else ' '}] {name}"
        for one, name in ((Segment.PU, "PU"), (Segment.BPU, "BPU"))
    )
    return [
        "Segmen dan pembayar",
        ["Segmen", f"{boxes} [ ] JAKON [ ] PMI"],
        ["Nama perusahaan/wadah/mitra", case.cover()["line"]],
        ["NPP/NPW", ""],
        ["Alamat dan telepon", ""],
    ]


def _wage(case: Known) -> Section:
    rights = case.person
    income = rights.income if rights else None
    return [
        "Upah atau penghasilan",
        ["Harian/bulanan/borongan", "bulanan" if income else ""],
        ["Jumlah (Rp)", f"{income:,}".replace(",", ".") if income else ""],
        ["Terbilang", ""],
    ]


def _accident(case: Known) -> Section:
    what = case.what()
    boxes = " ".join(f"[ ] {one}" for one in WORK)
    return [
        "Kejadian",
        ["Tempat kejadian", boxes],
        ["Alamat tempat kejadian", what["place"]],
        ["Tanggal kejadian", _day(what["on"])],
        ["Jam", what["hour"]],
        ["Uraian kejadian", what["story"]],
        ["Tindakan berbahaya", ""],
        ["Kondisi berbahaya", ""],
        ["Corak kejadian", ""],
        ["Sumber cedera", ""],
        ["Dibawa ke (PLKK)", ""],
    ]


def _sheet(form: str, title: str, *sections: Section) -> dict[str, Any]:
    return {"form": form, "form_title": title, "sections": list(sections)}


def kk1(case: Known) -> dict[str, Any] | None:
    """Return form 3 KK1, the first report of an accident; nothing where no accident happened."""
    if not _is_accident(case):
        return None
    return _sheet(
        "3 KK1", "Laporan kecelakaan kerja tahap I", _payer(case), _member(case), _wage(case), _accident(case)
    )


def kk2(case: Known) -> dict[str, Any] | None:
    """Return form 3a KK2, the second report, once a doctor says how it ended."""
    if not _is_accident(case):
        return None
    ended = [
        "Akibat kecelakaan",
        [
            "Keadaan menurut dokter",
            "[ ] sembuh  [ ] cacat anatomis  [ ] cacat fungsi  [ ] cacat total  [ ] meninggal",
        ],
        ["Tanggal keterangan dokter", ""],
        ["Sementara tidak mampu bekerja", "mulai ................ sampai ................"],
        ["Biaya pengangkutan (Rp)", ""],
        ["Biaya pengobatan dan perawatan (Rp)", ""],
    ]
    return _sheet(
        "3a KK2", "Laporan kecelakaan kerja tahap II", _payer(case), _member(case), _wage(case), ended
    )


def kk3(case: Known) -> dict[str, Any] | None:
    """Return form 3b KK3, which the doctor fills: only who it is about is written."""
    if not _is_accident(case):
        return None
    doctor = [
        "Diisi dokter",
        *(
            [label, ""]
            for label in ("Diagnosis", "Tindakan", "Dirawat mulai–sampai", "Hasil akhir", "Persentase cacat")
        ),
        ["Nama, SIP, tanda tangan", ""],
    ]
    return _sheet("3b KK3", "Surat keterangan dokter kasus kecelakaan kerja", _member(case), doctor)


def pak(case: Known) -> dict[str, Any] | None:
    """Return forms 3 PAK1, 3a PAK2 and 3b PAK3 of an occupational disease as one sheet."""
    if case.incident.happening is not Happening.DISEASE:
        return None
    exposure = [
        "Penyakit dan pajanan (PAK1, PAK2)",
        *(
            [label, ""]
            for label in ("Pajanan di tempat kerja", "Lama bekerja dengan pajanan itu", "Mulai dirasakan")
        ),
        ["Uraian", case.what()["story"]],
        ["Keadaan menurut dokter", "[ ] sembuh  [ ] cacat  [ ] meninggal"],
    ]
    doctor = [
        "Diisi dokter (PAK3)",
        *([label, ""] for label in ("Diagnosis", "Hubungan dengan pekerjaan", "Nama, SIP")),
    ]
    return _sheet(
        "3 PAK1, 3a PAK2, 3b PAK3",
        "Laporan penyakit akibat kerja",
        _payer(case),
        _member(case),
        exposure,
        doctor,
    )


def f4(case: Known) -> dict[str, Any] | None:
    """Return form 4, the claim after a death, with its scholarship part."""
    if not case.case.dead:
        return None
    heirs = case.heirs()
    first = heirs[0] if heirs else {"name": "", "relation": "", "nik": "", "phone": ""}
    claimant = [
        "Yang mengajukan (ahli waris)",
        ["Nama", first["name"]],
        ["NIK", first["nik"]],
        ["Hubungan", first["relation"]],
        ["Telepon", first["phone"]],
        ["Bank, nomor rekening, atas nama", ""],
    ]
    died = [
        "Kematian",
        ["Tanggal meninggal", _day(f"{case.died}")],
        ["Tempat", case.what()["place"] if case.incident.fatal else ""],
        ["Sebab", _cause(case)],
    ]
    return _sheet("4", "Pengajuan klaim jaminan kematian", _member(case), died, claimant, _children())


def bsw(case: Known) -> dict[str, Any] | None:
    """Return form BSW, the scholarship of the children."""
    if not case.case.dead and case.case.kind is not CaseKind.JKK_DISABILITY:
        return None
    return _sheet("BSW", "Pengajuan beasiswa pendidikan anak", _member(case), _children())


def _children() -> Section:
    lines = [[f"Anak {number}: nama, tanggal lahir, jenjang/kelas, sekolah", ""] for number in (1, 2)]
    return ["Anak penerima beasiswa (paling banyak dua)", *lines, ["Rekening anak/wali", ""]]


def _is_accident(case: Known) -> bool:
    return case.case.kind is not CaseKind.JKM and case.incident.happening is not Happening.DISEASE


def _cause(case: Known) -> str:
    if case.case.kind is CaseKind.JKM:
        return "bukan kecelakaan kerja"
    return "kecelakaan kerja" if _is_accident(case) else "penyakit akibat kerja"


def _address(who: dict[str, Any]) -> str:
    place = ", ".join(part for part in (who["village"], who["subdistrict"], who["district"]) if part)
    units = f" RT {who['rt']} RW {who['rw']}" if who["rt"] or who["rw"] else ""
    return f"{who['address']}{units}, {place}".strip(", ")


def _day(iso: str) -> str:
    return "-".join(reversed(iso.split("-")))
