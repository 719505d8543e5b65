"""Pages of matching."""

from __future__ import annotations

from payung.office.access.pages import needs, page
from payung.office.access.permissions import Permission
from payung.office.answers.lists import answers
from payung.office.answers.lists import people as lists
from payung.office.answers.pages import answers as answers_views
from payung.office.answers.pages import people as views

VIEW, EDIT = needs(Permission.ANSWER_VIEW), needs(Permission.ANSWER_EDIT)

urlpatterns = [
    page("padan/", views.home, needs(Permission.ANSWER_VIEW, Permission.ANSWER_COUNT), name="answer_home"),
    page("padan/hasil/", lists.Results.as_view(), VIEW, name="result_list"),
    page("padan/usulan/", lists.Submissions.as_view(), VIEW, name="submission_ways"),
    page("padan/usulan/<int:key>/", views.show, VIEW, name="submission_way"),
    page("padan/usulan/<int:key>/orang/", lists.People.as_view(), VIEW, name="submission_people"),
    page("padan/usulan/<int:key>/orang/<int:row>/", views.decide, EDIT, name="submission_decide"),
    page("padan/usulan/<int:key>/langkah/", views.move, EDIT, name="submission_step"),
    page("padan/usulan/<int:key>/tarik/", views.take_back, EDIT, name="submission_unmatch"),
    page("padan/minta/", views.ask, EDIT, name="answer_ask"),
    page("padan/jawaban/", answers.Answers.as_view(), VIEW, name="answer_list"),
    page("padan/jawaban/baru/", answers_views.upload, EDIT, name="answer_upload"),
    page("padan/jawaban/<int:key>/", answers_views.show, VIEW, name="answer_show"),
    page("padan/jawaban/<int:key>/kemajuan/", answers_views.progress, VIEW, name="answer_progress"),
    page("padan/jawaban/<int:key>/baris/", answers.Lines.as_view(), VIEW, name="answer_lines"),
    page("padan/teks/", answers.Texts.as_view(), EDIT, name="text_list"),
    page("padan/teks/<int:key>/", answers_views.text, EDIT, name="text_show"),
    page("padan/teks/<int:key>/kemajuan/", answers_views.text_progress, EDIT, name="text_progress"),
    page("padan/pegawai/", answers.StaffLists.as_view(), EDIT, name="staff_list"),
    page("padan/pegawai/baru/", answers_views.upload_staff, EDIT, name="staff_upload"),
]
