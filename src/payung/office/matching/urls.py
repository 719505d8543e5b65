"""Pages of matching."""

from __future__ import annotations

from payung.office.access.pages import needs, page
from payung.office.access.permissions import Permission
from payung.office.matching import incoming, incoming_views, lists, views

VIEW, EDIT = needs(Permission.MATCH_VIEW), needs(Permission.MATCH_EDIT)

urlpatterns = [
    page("padan/", views.home, needs(Permission.MATCH_VIEW, Permission.MATCH_COUNT), name="matching"),
    page("padan/hasil/", lists.Results.as_view(), VIEW, name="matching_results"),
    page("padan/usulan/", lists.Submissions.as_view(), VIEW, name="matching_submissions"),
    page("padan/usulan/<int:key>/", views.show, VIEW, name="matching_submission"),
    page("padan/usulan/<int:key>/orang/", lists.People.as_view(), VIEW, name="matching_people"),
    page("padan/usulan/<int:key>/orang/<int:row>/", views.decide, EDIT, name="matching_decide"),
    page("padan/usulan/<int:key>/langkah/", views.act, EDIT, name="matching_act"),
    page("padan/minta/", views.ask, EDIT, name="matching_ask"),
    page("padan/jawaban/", incoming.Answers.as_view(), VIEW, name="matching_answers"),
    page("padan/jawaban/baru/", incoming_views.upload, EDIT, name="matching_upload"),
    page("padan/jawaban/<int:key>/", incoming_views.show, VIEW, name="matching_answer"),
    page("padan/jawaban/<int:key>/kemajuan/", incoming_views.progress, VIEW, name="matching_answer_progress"),
    page("padan/jawaban/<int:key>/baris/", incoming.Lines.as_view(), VIEW, name="matching_answer_lines"),
    page("padan/teks/", incoming.Texts.as_view(), EDIT, name="matching_texts"),
    page("padan/teks/<int:key>/", incoming_views.text, EDIT, name="matching_text"),
    page("padan/teks/<int:key>/kemajuan/", incoming_views.text_progress, EDIT, name="matching_text_progress"),
    page("padan/pegawai/", incoming.StaffLists.as_view(), EDIT, name="matching_staff"),
    page("padan/pegawai/baru/", incoming_views.upload_staff, EDIT, name="matching_staff_upload"),
]
