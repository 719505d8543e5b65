"""The kinds of letters about cases."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from payung.office.access.permissions import Permission
from payung.office.cases.letter_kinds import sheets
from payung.office.cases.letter_kinds.material import Known, collector
from payung.office.cases.states import CaseState
from payung.office.letters.kinds import Ask, Kind
from payung.office.letters.states import Office
from payung.text import Text

Part = Callable[[Known], dict[str, Any] | None]

WHO = {
    name: f"Person.{name} (tanpa orang terdaftar: Incident)"
    for name in ("name", "nik", "kpj", "birth", "sex", "address", "rt", "rw", "job", "phone")
} | dict.fromkeys(("village", "subdistrict", "district"), "Region.name")
WHAT = {
    "case": "Case.number",
    "kind": "Case.kind",
    **{name: f"Incident.{name}" for name in ("happening", "fatal", "on", "hour", "place", "story")},
}
COVER = {
    "segment": "Case.segment",
    "answer": "hukum: terlindungi pada hari itu?",
    "paid_months": "register bulan",
    "line": "dana yang membayar bulan terakhir",
    "estimate": "hukum: perkiraan manfaat",
    "estimate_lines": "hukum: perkiraan manfaat",
    "estimate_missing": "mengapa belum dapat diperkirakan",
    "paid": "register bulan: dua belas bulan terakhir",
    "unpaid": "hukum: bulan menunggak",
}
SHEET = {
    "form": "formulir resmi",
    "form_title": "formulir resmi",
    "sections": "register, sisanya ditulis tangan",
}
WITNESSES = (
    Ask("witness_1", Text("Saksi 1 (nama, NIK)", "Witness 1 (name, NIK)")),
    Ask("witness_2", Text("Saksi 2 (nama, NIK)", "Witness 2 (name, NIK)")),
)


def _reports(case: Known) -> dict[str, Any]:
    return {
        "reports": [
            [report.reporter, report.phone or "", f"{report.at:%d-%m-%Y}", report.said]
            for report in case.incident.reports.all()
        ]
    }


def _death(case: Known) -> dict[str, Any] | None:
    return {"died": f"{case.died}"} if case.case.dead else None


def _heirs(case: Known) -> dict[str, Any] | None:
    return {"heirs": case.heirs(), "died": f"{case.died}"} if case.case.dead else None


def _list(case: Known) -> dict[str, Any]:
    return {"papers": case.papers()}


def _missing(case: Known) -> dict[str, Any]:
    return {
        "missing": case.missing(),
        "heir_names": [heir["name"] for heir in case.heirs() if heir["first"]],
        "words": case.words(),
    }


def _paid(case: Known) -> dict[str, Any] | None:
    """Return the money that was paid; nothing before."""
    step = case.last(CaseState.PAID)
    if step is None or not step.amount:
        return None
    handed = case.last(CaseState.HANDED)
    return {
        "amount": step.amount,
        "holder": step.holder,
        "paid_on": f"{step.on}",
        "witness": handed.witness if handed else "",
        "handed_on": f"{handed.on}" if handed else "",
    }


def _refused(case: Known) -> dict[str, Any] | None:
    """Return the refusal; nothing where there is none."""
    step = case.last(CaseState.REFUSED)
    if step is None or not step.refusal:
        return None
    return {
        "refusal": step.refusal.text.id,
        "refusal_paper": step.paper,
        "refused_on": f"{step.on}",
        "object_until": f"{step.object_until}" if step.object_until else "",
        "ways": case.objection(),
    }


def _bundle(case: Known) -> dict[str, Any]:
    who, what = case.who(), case.what()
    accident = sheets.kk1(case)
    blank = {ask.name: "" for ask in WITNESSES}
    dead = _death(case)
    return {
        "papers": case.papers(),
        "incident_report": {**who, **what, **_reports(case), **blank, "working": "", "taken_to": ""},
        "chronology": {**who, **what, **blank, "tools": "", "doing": ""} if accident else None,
        "death_letter": {**who, **what, **dead, "cause": "", "reported_by": ""} if dead else None,
        "heir_letter": {**who, **what, **blank, **dead, "heirs": case.heirs(), "proxy": ""} if dead else None,
        "form_kk1": accident,
        "form_kk2": sheets.kk2(case),
        "form_kk3": sheets.kk3(case),
        "form_pak": sheets.pak(case),
        "form_4": sheets.f4(case),
        "form_bsw": sheets.bsw(case),
    }


BUNDLE = (
    "incident_report",
    "chronology",
    "death_letter",
    "heir_letter",
    "form_kk1",
    "form_kk2",
    "form_kk3",
    "form_pak",
    "form_4",
    "form_bsw",
)


def _kind(
    code: str,
    number: int,
    title: Text,
    fields: Mapping[str, str],
    *parts: Part,
    whole: bool = True,
    **values: Any,
) -> Kind:
    office = values.pop("office", Office.DESA)
    typed = {ask.name: "diisi tangan" for ask in values.get("asks", ())}
    return Kind(
        code,
        number,
        title,
        office,
        "case",
        "case_show",
        {**fields, **typed},
        needs=Permission.CASE_EDIT,
        reads=Permission.CASE_VIEW,
        collect=collector(*parts),
        whole=whole,
        **values,
    )


def _sheet(code: str, number: int, title: Text, part: Part) -> Kind:
    return _kind(code, number, title, SHEET, part, template="form_sheet")


KINDS = (
    _kind(
        "family_page",
        0,
        Text("Untuk keluarga: hak dan langkahnya", "For the family: what is due and what to do"),
        {
            "name": WHO["name"],
            **WHAT,
            **COVER,
            "missing": "berkas kurang",
            "heir_names": "ahli waris pertama",
            "words": "kata kabupaten dalam bahasa kampung",
        },
        lambda case: {"name": case.who()["name"]},
        Known.what,
        Known.cover,
        _missing,
        whole=False,
        asks=(Ask("desk", Text("Nama dan telepon petugas", "Name and phone of who helps")),),
    ),
    _kind(
        "hospital_note",
        0,
        Text("Yang dikatakan di rumah sakit", "What to say at the hospital"),
        {
            "name": WHO["name"],
            "village": "Region.name",
            **WHAT,
            "says": "kalimat kabupaten",
            "clinics": "Clinic, yang terdekat",
        },
        lambda case: {name: case.who()[name] for name in ("name", "village")},
        Known.what,
        Known.hospital,
        whole=False,
        asks=(Ask("desk", Text("Nama dan telepon petugas", "Name and phone of who helps")),),
        paper={"paper": "a5", "wide": True},
    ),
    _kind(
        "incident_report",
        27,
        Text("Laporan kejadian", "Report of an event"),
        {**WHO, **WHAT, "reports": "Report"},
        Known.who,
        Known.what,
        _reports,
        asks=(
            Ask("working", Text("Sedang bekerja atau di perjalanan?", "At work or on the way?")),
            Ask("taken_to", Text("Dibawa ke mana?", "Taken where?")),
            *WITNESSES,
        ),
    ),
    _kind(
        "chronology",
        28,
        Text("Kronologis kecelakaan", "Chronology of an accident"),
        {**WHO, **WHAT},
        Known.who,
        Known.what,
        lambda case: {} if sheets.kk1(case) else None,
        asks=(
            Ask("doing", Text("Pekerjaan saat kejadian", "What was being done")),
            Ask("tools", Text("Alat yang dipakai", "Tools in use")),
            *WITNESSES,
        ),
    ),
    _sheet("form_kk1", 29, Text("Lembar isi bantu 3 KK1", "Sheet for form 3 KK1"), sheets.kk1),
    _sheet("form_kk2", 29, Text("Lembar isi bantu 3a KK2", "Sheet for form 3a KK2"), sheets.kk2),
    _sheet(
        "form_kk3", 29, Text("Lembar isi bantu 3b KK3 (dokter)", "Sheet for form 3b KK3 (doctor)"), sheets.kk3
    ),
    _sheet("form_pak", 29, Text("Lembar isi bantu PAK1–PAK3", "Sheet for forms PAK1 to PAK3"), sheets.pak),
    _sheet("form_4", 29, Text("Lembar isi bantu formulir 4 (JKM)", "Sheet for form 4 (JKM)"), sheets.f4),
    _sheet(
        "form_bsw",
        29,
        Text("Lembar isi bantu BSW (beasiswa)", "Sheet for form BSW (scholarship)"),
        sheets.bsw,
    ),
    _kind(
        "death_letter",
        30,
        Text("Surat keterangan kematian", "Letter about a death"),
        {**WHO, **WHAT, "died": "Incident.on atau Step: meninggal"},
        Known.who,
        Known.what,
        _death,
        asks=(
            Ask("cause", Text("Sebab kematian", "Cause of death")),
            Ask("reported_by", Text("Pelapor (nama, hubungan)", "Reported by (name, relation)")),
        ),
    ),
    _kind(
        "heir_letter",
        31,
        Text("Surat keterangan ahli waris", "Letter about heirs"),
        {**WHO, **WHAT, "heirs": "Heir, urutan hukum", "died": "Incident.on atau Step: meninggal"},
        Known.who,
        Known.what,
        _heirs,
        asks=(*WITNESSES, Ask("proxy", Text("Kuasa kepada", "Who acts for them"))),
    ),
    _kind(
        "claim_cover",
        32,
        Text("Surat pengantar klaim", "Cover letter of a claim"),
        {**WHO, **WHAT, "papers": "berkas yang diminta dan yang ada"},
        Known.who,
        Known.what,
        _list,
        asks=(Ask("received_by", Text("Penerima di kantor cabang", "Received at the branch by")),),
    ),
    _kind(
        "case_bundle",
        32,
        Text("Semua berkas klaim (satu PDF)", "All papers of a claim (one PDF)"),
        {
            **WHO,
            **WHAT,
            "papers": "berkas yang diminta dan yang ada",
            **dict.fromkeys(BUNDLE, "seperti suratnya sendiri"),
        },
        Known.who,
        Known.what,
        _bundle,
        parts=BUNDLE,
        template="claim_cover",
        asks=(Ask("received_by", Text("Penerima di kantor cabang", "Received at the branch by")),),
    ),
    _kind(
        "benefit_receipt",
        33,
        Text("Tanda terima santunan tanpa potongan", "Receipt of a benefit, without deduction"),
        {
            **WHO,
            **WHAT,
            **dict.fromkeys(
                ("amount", "holder", "paid_on", "witness", "handed_on"), "Step: dibayar, diserahkan"
            ),
        },
        Known.who,
        Known.what,
        _paid,
        asks=(
            Ask("account", Text("Bank dan empat angka akhir rekening", "Bank and last four digits")),
            Ask("complaints", Text("Nomor pengaduan", "Number for complaints")),
        ),
    ),
    _kind(
        "handover_minutes",
        34,
        Text("Berita acara penyerahan simbolis", "Minutes of the handing over"),
        {
            "name": WHO["name"],
            "village": "Region.name",
            **WHAT,
            **dict.fromkeys(
                ("amount", "holder", "paid_on", "witness", "handed_on"), "Step: dibayar, diserahkan"
            ),
        },
        lambda case: {name: case.who()[name] for name in ("name", "village")},
        Known.what,
        _paid,
        whole=False,
        office=Office.CAMAT,
        asks=(
            Ask("event", Text("Acara", "Occasion")),
            Ask("official", Text("Pejabat yang menyerahkan", "Official who hands over")),
            Ask("consent", Text("Persetujuan foto (ya/tidak)", "Consent to photographs (yes/no)")),
        ),
    ),
    _kind(
        "objection",
        36,
        Text("Surat keberatan atas penolakan", "Objection to a refusal"),
        {
            **WHO,
            **WHAT,
            **COVER,
            **dict.fromkeys(("refusal", "refusal_paper", "refused_on", "object_until"), "Step: ditolak"),
            "ways": "hukum: jalan keberatan",
        },
        Known.who,
        Known.what,
        Known.cover,
        _refused,
        asks=(
            Ask("grounds", Text("Bantahan", "Grounds of the objection"), 5),
            Ask("objector", Text("Yang mengajukan (nama, hubungan)", "Who objects (name, relation)")),
        ),
    ),
)
