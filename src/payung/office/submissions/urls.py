"""Pages of intake."""

from __future__ import annotations

from payung.office.access.pages import needs, page
from payung.office.access.permissions import Permission
from payung.office.submissions import pages as views
from payung.office.submissions.lists import board, rows
from payung.office.submissions.lists.submissions import Submissions

VIEW, EDIT = needs(Permission.SUBMISSION_VIEW), needs(Permission.SUBMISSION_EDIT)

urlpatterns = [
    page("usulan/", Submissions.as_view(), VIEW, name="submission_list"),
    page("usulan/mulai/", views.begin, EDIT, name="submission_begin"),
    page("usulan/<int:key>/", views.show, VIEW, name="submission_show"),
    page("usulan/<int:key>/berkas/", views.upload, EDIT, name="submission_upload"),
    page("usulan/<int:key>/berkas/kemajuan/", views.progress, VIEW, name="submission_progress"),
    page("usulan/<int:key>/berkas/<int:upload>/", views.columns, VIEW, name="submission_columns"),
    page(
        "usulan/<int:key>/berkas/<int:upload>/perbaikan/", views.corrected, EDIT, name="submission_corrected"
    ),
    page("usulan/<int:key>/berkas/<int:upload>/tarik/", views.withdraw, EDIT, name="submission_withdraw"),
    page("usulan/<int:key>/baris/", rows.Rows.as_view(), VIEW, name="submission_rows"),
    page("usulan/<int:key>/baris/<int:row>/", rows.row, VIEW, name="submission_row"),
    page("usulan/<int:key>/baris/<int:row>/keluarkan/", rows.drop, EDIT, name="submission_drop"),
    page("usulan/<int:key>/buang/", views.discard, EDIT, name="submission_discard"),
    page(
        "usulan/<int:key>/langkah/",
        views.act,
        needs(Permission.SUBMISSION_SUBMIT, Permission.SUBMISSION_ENDORSE, Permission.SUBMISSION_ACCEPT),
        name="submission_act",
    ),
    page(
        "papan/",
        board.Board.as_view(),
        needs(Permission.SUBMISSION_VIEW, Permission.SUBMISSION_COUNT),
        name="board",
    ),
]
