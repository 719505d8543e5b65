"""Pages of letters."""

from __future__ import annotations

from payung.office.access.pages import needs, page
from payung.office.access.permissions import Permission
from payung.office.letters import lists, pages

READ, ISSUE = needs(Permission.LETTER_READ), needs(Permission.LETTER_ISSUE)

urlpatterns = [
    page("surat/", lists.Letters.as_view(), READ, name="letter_list"),
    page("surat/kop/", pages.heads, ISSUE, name="letterhead_edit"),
    page("surat/buat/<str:letter_kind>/<str:letter_subject>/", pages.issue, ISSUE, name="letter_issue"),
    page("surat/gagal/", lists.Unmade.as_view(), ISSUE, name="letterorder_list"),
    page("surat/permintaan/<int:key>/", pages.again, ISSUE, name="letterorder_again"),
    page("surat/<int:key>/", pages.show, READ, name="letter_show"),
    page("surat/<int:key>/berkas/", pages.file, READ, name="letter_file"),
    page("surat/<int:key>/ulang/", pages.reissue, ISSUE, name="letter_reissue"),
]
