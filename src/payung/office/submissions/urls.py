"""Addresses of submissions."""

from __future__ import annotations

from payung.office.access.pages import needs, page
from payung.office.access.permissions import Permission
from payung.office.submissions.lists.board import Board
from payung.office.submissions.lists.endorsements import Endorsements
from payung.office.submissions.lists.rows import Rows
from payung.office.submissions.lists.submissions import Submissions
from payung.office.submissions.pages import endorsements, files, rows, submission

VIEW, EDIT = needs(Permission.SUBMISSION_VIEW), needs(Permission.SUBMISSION_EDIT)
ENDORSE = needs(Permission.SUBMISSION_ENDORSE)

urlpatterns = [
    page("usulan/", Submissions.as_view(), VIEW, name="submission_list"),
    page("usulan/mulai/", submission.begin, EDIT, name="submission_begin"),
    page("usulan/setujui/", Endorsements.as_view(), ENDORSE, name="submission_endorse"),
    page("usulan/setujui/langkah/", endorsements.act_on, ENDORSE, name="submission_endorse_act"),
    page("usulan/<int:key>/", submission.show, VIEW, name="submission_show"),
    page("usulan/<int:key>/berkas/", files.upload, EDIT, name="submission_upload"),
    page("usulan/<int:key>/berkas/kemajuan/", submission.progress, VIEW, name="submission_progress"),
    page("usulan/<int:key>/berkas/<int:upload>/", files.columns, VIEW, name="submission_columns"),
    page(
        "usulan/<int:key>/berkas/<int:upload>/perbaikan/", files.corrected, EDIT, name="submission_corrected"
    ),
    page("usulan/<int:key>/berkas/<int:upload>/tarik/", files.withdraw, EDIT, name="submission_withdraw"),
    page("usulan/<int:key>/berkas/<int:upload>/versi/", files.version, EDIT, name="submission_version"),
    page("usulan/<int:key>/sudah-lolos/", rows.drop_passed, EDIT, name="submission_drop_passed"),
    page("usulan/<int:key>/baris/", Rows.as_view(), VIEW, name="submission_rows"),
    page("usulan/<int:key>/baris/keluarkan/", rows.drop_many, EDIT, name="submission_drop_many"),
    page("usulan/<int:key>/baris/<int:row>/", rows.row, VIEW, name="submission_row"),
    page("usulan/<int:key>/baris/<int:row>/keluarkan/", rows.drop, EDIT, name="submission_drop"),
    page(
        "usulan/<int:key>/masukkan/",
        submission.enter,
        needs(Permission.SUBMISSION_ACCEPT),
        name="submission_enter",
    ),
    page("usulan/<int:key>/buang/", submission.discard, EDIT, name="submission_discard"),
    page(
        "usulan/<int:key>/langkah/",
        submission.move,
        needs(Permission.SUBMISSION_SUBMIT, Permission.SUBMISSION_ENDORSE, Permission.SUBMISSION_ACCEPT),
        name="submission_act",
    ),
    page(
        "papan/",
        Board.as_view(),
        needs(Permission.SUBMISSION_VIEW, Permission.SUBMISSION_COUNT),
        name="board",
    ),
]
