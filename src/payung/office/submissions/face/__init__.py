"""What the submissions say of themselves."""

from __future__ import annotations

from payung.codes import Field, Reason, Verdict
from payung.office.access.permissions import Permission
from payung.office.face import Deed, Entry, Face, Noun
from payung.office.submissions.face.steps import HANDOVERS, TELLS
from payung.office.submissions.face.tasks import figures, seeks, waits
from payung.office.submissions.states import Kind, State, Version
from payung.office.submissions.ways import begins, ways
from payung.office.submissions.work import landings, uploads
from payung.text import Text


def _state(code: str) -> Text | None:
    name = State.words().get(code)
    return name.inside() if name else None


def _field(code: str) -> Text | None:
    found = Field.known(code)
    return found.text if found else None


FACE = Face(
    menu=(
        Entry(110, "submission_list", Text("Usulan", "Submissions"), "upload", (Permission.SUBMISSION_VIEW,)),
        Entry(
            120,
            "board",
            Text("Papan desa", "Village board"),
            "board",
            (Permission.SUBMISSION_VIEW, Permission.SUBMISSION_COUNT),
        ),
    ),
    nouns={"submission": Noun(Text("usulan", "submission"), "submission_show")},
    deeds={
        "submission.create": Text("Usulan dimulai", "Submission begun"),
        "submission.upload": Text("Berkas diunggah", "File uploaded"),
        "submission.withdraw": Text("Berkas ditarik", "File withdrawn"),
        "submission.columns": Deed(
            Text("Arti kolom dibetulkan", "Meaning of columns corrected"),
            values=_field,  # heading → what it was taken for
        ),
        "submission.read": Text("Berkas dibaca", "File read"),
        "submission.version": Text(
            "Dijawab: versi baru atau daftar lain", "Answered: new version or another list"
        ),
        "submission.corrected": Text("Berkas perbaikan diunduh", "Corrected workbook taken out"),
        "submission.twins": Text("Baris dengan NIK yang sama diperiksa lagi", "Rows of one NIK judged again"),
        "submission.left_out": Text("Baris tidak dimasukkan", "Row not entered"),
        "submission.drop": Text("Baris dikeluarkan", "Row left out"),
        "submission.put_back": Text("Baris dimasukkan lagi", "Row put back"),
        "submission.discard": Text("Draf dibuang", "Draft discarded"),
        "submission.mend": Text("Baris diperbaiki", "Row mended"),
        "submission.submit": Text("Diajukan desa", "Submitted by the village"),
        "submission.endorse": Text("Disetujui camat", "Endorsed by the sub-district"),
        "submission.accept": Text("Diterima dinas", "Accepted by the agency"),
        "submission.return": Text("Dikembalikan", "Returned"),
        "submission.recall": Text("Ditarik kembali", "Taken back"),
        "submission.land": Text("Masuk register", "Entered in the register"),
        "submission.match": Text("Pemadanan dilanjutkan", "Matching moved on"),
        "submission.unmatch": Text("Akhir pemadanan ditarik kembali", "End of matching taken back"),
    },
    names={
        "state": (Text("keadaan", "state"), _state),
        "kind": (Text("jenis", "kind"), lambda code: Kind.words().get(code)),
        "file": Text("berkas", "file"),
        "bytes": Text("ukuran (byte)", "size (bytes)"),
        "sha256": Text("tanda pengenal berkas", "fingerprint"),
        "row": Text("baris", "row"),
        "replaced": Text("menggantikan", "takes the place of"),
        "of_file": Text("terhadap berkas", "beside the file"),
        "version": (Text("hubungan berkas", "relation of the files"), Version),
        "fields": Text("isian", "cells"),
        **Verdict.words(),
        "verdict": (Text("hasil", "verdict"), Verdict),
        "reasons": (Text("sebab", "reasons"), Reason),
        "stayed": Text("baris yang tidak ikut", "rows left behind"),
        "submission": Text("usulan nomor", "submission number"),
    },
    handovers=HANDOVERS,
    tells=TELLS,
    waits=waits,
    figures=figures,
    seeks=(seeks,),
    begins=begins,
    ways=ways,
    jobs={uploads.KIND: uploads.work, landings.KIND: landings.work},
)
