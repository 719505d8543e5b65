"""What happened, which right it gives, where a case stands, and the ways between."""

from __future__ import annotations

from payung.codes import Code


class Happening(Code):
    """What happened to somebody, as whoever reports it says it."""

    DEATH = "meninggal", "Meninggal (bukan karena kerja)", "Died (not by work)", "bad", ("death", "jkm")
    ACCIDENT = "kecelakaan", "Kecelakaan kerja", "Accident at work", "warn", ("accident", "jkk")
    ACCIDENT_DEATH = "kecelakaan_meninggal", "Meninggal karena kecelakaan kerja", "Killed at work", "bad"
    TRAFFIC = (
        "lalu_lintas",
        "Kecelakaan di jalan pergi atau pulang kerja",
        "Accident on the way to work",
        "warn",
    )
    TRAFFIC_DEATH = (
        "lalu_lintas_meninggal",
        "Meninggal di jalan pergi atau pulang kerja",
        "Killed on the way to work",
        "bad",
    )
    DISEASE = "penyakit_kerja", "Penyakit akibat kerja", "Occupational disease", "warn", ("disease", "pak")


ROAD = frozenset({Happening.TRAFFIC, Happening.TRAFFIC_DEATH})  # Jasa Raharja pays first
FATAL = frozenset({Happening.DEATH, Happening.ACCIDENT_DEATH, Happening.TRAFFIC_DEATH})


class CaseKind(Code):
    """Which right a case is about."""

    JKM = "jkm", "JKM – santunan kematian", "JKM – death benefit"
    JKK_PARTNER = "jkk_plkk", "JKK – dirawat di PLKK", "JKK – treated at a partner clinic"
    JKK_REIMBURSED = "jkk_ganti", "JKK – biaya diganti", "JKK – reimbursed"
    JKK_DISABILITY = "jkk_cacat", "JKK – cacat", "JKK – disability"
    JKK_DEATH = "jkk_meninggal", "JKK – meninggal", "JKK – death"
    JKK_TRAFFIC = (
        "jkk_lalu_lintas",
        "JKK – kecelakaan di jalan (Jasa Raharja dahulu)",
        "JKK – on the way to work (Jasa Raharja first)",
    )
    JKK_DISEASE = "jkk_penyakit", "JKK – penyakit akibat kerja", "JKK – occupational disease"

    @property
    def programme(self) -> str:
        """The programme that pays: ``jkm`` or ``jkk``."""
        return "jkm" if self is CaseKind.JKM else "jkk"


# What stands for a row of the disability table where the doctor says: total and permanent. It is no row of that table.
TOTAL = "total-permanent"
# Kinds out of which the law may give a scholarship; when it does, `scholarships.queries.ground` says.
SCHOLARSHIPS = frozenset({CaseKind.JKM, CaseKind.JKK_DEATH, CaseKind.JKK_DISABILITY})
# What happened → the kind that a case begins as, and those that it may turn out to be.
KINDS: dict[Happening, tuple[CaseKind, ...]] = {
    Happening.DEATH: (CaseKind.JKM,),
    Happening.ACCIDENT: (
        *(CaseKind.JKK_PARTNER, CaseKind.JKK_REIMBURSED, CaseKind.JKK_DISABILITY, CaseKind.JKK_DEATH),
    ),
    Happening.ACCIDENT_DEATH: (CaseKind.JKK_DEATH, CaseKind.JKM),
    Happening.TRAFFIC: (
        *(CaseKind.JKK_TRAFFIC, CaseKind.JKK_REIMBURSED, CaseKind.JKK_DISABILITY, CaseKind.JKK_DEATH),
    ),
    Happening.TRAFFIC_DEATH: (CaseKind.JKK_DEATH, CaseKind.JKM),
    Happening.DISEASE: (CaseKind.JKK_DISEASE, CaseKind.JKK_DISABILITY, CaseKind.JKK_DEATH),
}


class CaseState(Code):
    """Where a case stands (domain 2f)."""

    REPORTED = "dilaporkan", "Dilaporkan", "Reported", "warn"
    VERIFIED = "diverifikasi_desa", "Diverifikasi desa", "Verified by the village", "info"
    REFERRED = "dirujuk_plkk", "Dirujuk ke PLKK", "Sent to a partner clinic", "info"
    TREATED = "dirawat", "Dirawat", "In treatment", "info"
    RECOVERED = "sembuh", "Sembuh", "Recovered", "info"
    DISABLED = "cacat", "Cacat", "Disabled", "warn"
    DIED = "meninggal", "Meninggal", "Died", "bad"
    COMPLETE = "berkas_lengkap", "Berkas lengkap", "Papers complete", "info"
    SUBMITTED = "diajukan_bpjs", "Diajukan ke BPJS", "Submitted to the insurer", "info"
    EXAMINED = "diperiksa", "Diperiksa BPJS", "Examined by the insurer", "info"
    APPROVED = "disetujui", "Disetujui", "Approved", "good"
    RETURNED = "dikembalikan", "Dikembalikan (berkas)", "Returned (form)", "warn"
    REFUSED = "ditolak", "Ditolak", "Refused", "bad"
    PAID = "dibayar", "Dibayar", "Paid", "good"
    HANDED = "diserahkan", "Diserahkan", "Handed over", "good"
    SCHOLARSHIP = "beasiswa_berjalan", "Beasiswa berjalan", "Scholarship running", "good"
    DONE = "selesai", "Selesai", "Done", "neutral"
    DROPPED = "gugur", "Bukan kejadian", "No incident", "neutral"


_S = CaseState
WAYS: dict[CaseState, tuple[CaseState, ...]] = {
    _S.REPORTED: (_S.VERIFIED, _S.REFERRED, _S.TREATED, _S.DROPPED),
    _S.VERIFIED: (_S.REFERRED, _S.TREATED, _S.COMPLETE, _S.DROPPED),
    _S.REFERRED: (_S.TREATED, _S.RECOVERED, _S.DISABLED, _S.DIED, _S.DROPPED),
    _S.TREATED: (_S.RECOVERED, _S.DISABLED, _S.DIED, _S.DROPPED),
    _S.RECOVERED: (_S.COMPLETE, _S.DROPPED),
    _S.DISABLED: (_S.COMPLETE, _S.DROPPED),
    _S.DIED: (_S.COMPLETE, _S.DROPPED),
    _S.COMPLETE: (_S.SUBMITTED, _S.DROPPED),
    _S.SUBMITTED: (_S.EXAMINED, _S.APPROVED, _S.RETURNED, _S.REFUSED),
    _S.EXAMINED: (_S.APPROVED, _S.RETURNED, _S.REFUSED),
    _S.RETURNED: (_S.COMPLETE, _S.DROPPED),
    _S.REFUSED: (_S.EXAMINED, _S.DONE),
    _S.APPROVED: (_S.PAID, _S.EXAMINED),
    _S.PAID: (_S.HANDED, _S.EXAMINED),
    _S.HANDED: (_S.SCHOLARSHIP, _S.DONE),
    _S.SCHOLARSHIP: (_S.DONE,),
    _S.DONE: (_S.EXAMINED,),
    _S.DROPPED: (_S.REPORTED,),
}
TREATMENT = frozenset({_S.REFERRED, _S.TREATED, _S.RECOVERED, _S.DISABLED, _S.DIED})
ENDED = frozenset({_S.DONE, _S.DROPPED})
# What the insurer says; from then on the facts that it decided on stay.
DECIDED = frozenset(
    {_S.APPROVED, _S.REFUSED, _S.PAID, _S.HANDED, _S.SCHOLARSHIP, _S.DONE},
)
BY_INSURER = frozenset({_S.EXAMINED, _S.APPROVED, _S.RETURNED, _S.REFUSED, _S.PAID})
# Going back to these is opening a case again: it needs a reason.
REOPENS = frozenset({(_S.REFUSED, _S.EXAMINED), (_S.APPROVED, _S.EXAMINED), (_S.PAID, _S.EXAMINED)}) | {
    (_S.DONE, _S.EXAMINED),
    (_S.DROPPED, _S.REPORTED),
}


class Guarantee(Code):
    """Who pays the clinic, as a hospital asks it."""

    SUSPECTED = "diduga", "Diduga kecelakaan kerja", "Suspected work accident", "warn"
    WAITING = "menunggu", "Menunggu jaminan", "Waiting for the guarantee", "warn"
    GUARANTEED = "dijamin", "Dijamin", "Guaranteed", "good"
    REFUSED = "tidak_dijamin", "Tidak dijamin (kembali ke JKN)", "Not guaranteed (back to JKN)", "bad"


class StepKind(Code):
    """What a step is: one that moves the case, or one beside its way."""

    MOVE = "langkah", "Langkah", "Step"
    STAGE_ONE = (
        "lapor_tahap_1",
        "Lapor tahap I ke BPJS dan Disnaker",
        "Stage I report to insurer and labour office",
    )
    GUARANTEE = "jaminan", "Jaminan perawatan", "Guarantee of treatment"
    ARREARS = "tunggakan_lunas", "Tunggakan dilunasi", "Arrears settled"
    OBJECTION = "keberatan", "Keberatan diajukan", "Objection filed"
    NOTE = "catatan", "Catatan", "Note"


class Refusal(Code):
    """Why the insurer refused (domain 2f)."""

    ARREARS = "menunggak", "Iuran menunggak", "Contributions in arrears", "bad"
    NOT_WORKING = (
        "tidak_bekerja",
        "Tidak bekerja atau sudah sakit saat mendaftar",
        "Not working, or ill, at enrolment",
    )
    EARLY = "bulan_pertama", "Meninggal pada bulan-bulan pertama", "Died within the first months"
    ENROLLED_DEAD = "sudah_meninggal", "Didaftarkan sesudah meninggal", "Enrolled after the death", "bad"
    MISMATCH = "data_beda", "Data tidak cocok", "Data do not match", "warn"
    NOT_WORK = "bukan_kerja", "Bukan kecelakaan kerja", "No work accident", "bad"
    EXPIRED = "daluwarsa", "Lewat batas waktu klaim", "Claimed too late", "bad"
    OTHER = "lain", "Alasan lain", "Another reason"


class Channel(Code):
    """How a report came."""

    OFFICE = "kantor", "Di kantor", "At the office"
    LINK = "tautan", "Tautan desa", "Link of the village"
    TERMINAL = "terminal", "Baris perintah", "Command line"


class Tongue(Code):
    """A language of the villages in which a district may word the labels of the page for a family."""

    NGAJU = "nij", "Dayak Ngaju", "Dayak Ngaju"
    BANJAR = "bjn", "Banjar", "Banjar"


class FamilyLabel(Code):
    """A label of the page for a family."""

    TITLE = "judul", "Untuk keluarga", "For the family"
    ESTIMATE = "perkiraan", "Perkiraan yang dapat diterima", "What you may receive, an estimate"
    DECIDES = "memutuskan", "BPJS yang memutuskan", "The insurer decides"
    PAPERS = "berkas", "Berkas yang masih kurang", "Papers still missing"
    ACCOUNT = (
        "rekening",
        "Uang dikirim ke rekening ahli waris sendiri",
        "The money goes to the heir's own account",
    )
    FREE = "potongan", "Tanpa biaya, tanpa potongan", "No fee, no deduction"
    TELL = "laporkan", "Bila ada yang meminta bagian, laporkan", "If anybody asks for a share, report it"
