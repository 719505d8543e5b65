"""Pages of intake."""

from __future__ import annotations

from payung.office.access.pages import needs, page
from payung.office.access.permissions import Permission
from payung.office.intake import board, rows, views

VIEW, EDIT = needs(Permission.PROPOSAL_VIEW), needs(Permission.PROPOSAL_EDIT)

urlpatterns = [
    page("usulan/", views.Submissions.as_view(), VIEW, name="intake_list"),
    page("usulan/mulai/", views.begin, EDIT, name="intake_begin"),
    page("usulan/<int:key>/", views.show, VIEW, name="intake_show"),
    page("usulan/<int:key>/berkas/", views.upload, EDIT, name="intake_upload"),
    page("usulan/<int:key>/berkas/kemajuan/", views.progress, VIEW, name="intake_progress"),
    page("usulan/<int:key>/berkas/<int:upload>/", views.columns, VIEW, name="intake_columns"),
    page("usulan/<int:key>/berkas/<int:upload>/perbaikan/", views.corrected, EDIT, name="intake_corrected"),
    page("usulan/<int:key>/berkas/<int:upload>/tarik/", views.withdraw, EDIT, name="intake_withdraw"),
    page("usulan/<int:key>/baris/", rows.Rows.as_view(), VIEW, name="intake_rows"),
    page("usulan/<int:key>/baris/<int:row>/", rows.row, VIEW, name="intake_row"),
    page("usulan/<int:key>/baris/<int:row>/keluarkan/", rows.drop, EDIT, name="intake_drop"),
    page("usulan/<int:key>/buang/", views.discard, EDIT, name="intake_discard"),
    page(
        "usulan/<int:key>/langkah/",
        views.act,
        needs(Permission.PROPOSAL_SUBMIT, Permission.PROPOSAL_ENDORSE, Permission.PROPOSAL_ACCEPT),
        name="intake_act",
    ),
    page(
        "papan/",
        board.Board.as_view(),
        needs(Permission.PROPOSAL_VIEW, Permission.PROPOSAL_COUNT),
        name="board",
    ),
]
