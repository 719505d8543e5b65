"""Pages of the exchange with the insurer."""

from __future__ import annotations

from payung.office.access.pages import needs, page
from payung.office.access.permissions import Permission
from payung.office.exchange import lists, pages

VIEW, EDIT = needs(Permission.DECREE_VIEW), needs(Permission.DECREE_EDIT)
NAMES = needs(Permission.PERSON_VIEW)

urlpatterns = [
    page("bpjs/", lists.Batches.as_view(), VIEW, name="batch_list"),
    page("bpjs/ditolak/", lists.Rejected.as_view(), NAMES, name="rejected_list"),
    page("bpjs/belum-selesai/", lists.Queue.as_view(), EDIT, name="answer_queue"),
    page("bpjs/belum-selesai/<int:key>/", pages.answer_row, EDIT, name="answer_row"),
    page("bpjs/susunan/", pages.template, EDIT, name="template_edit"),
    page("bpjs/<int:key>/", pages.batch_show, VIEW, name="batch_show"),
    page("bpjs/<int:key>/baris/", lists.Lines.as_view(), NAMES, name="batch_lines"),
    page("bpjs/<int:key>/jawaban/", pages.batch_answer, EDIT, name="batch_answer"),
    page("bpjs/<int:key>/kirim/", pages.batch_send, EDIT, name="batch_send"),
    page("bpjs/<int:key>/pengganti/", pages.batch_replace, EDIT, name="batch_replace"),
    page("bpjs/<int:key>/berkas/", pages.batch_file, EDIT, name="batch_file"),
    page("sk/<int:key>/kirim/", pages.enrol, EDIT, name="decree_enrol"),
]
