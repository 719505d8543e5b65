"""Pages of the programme."""

from __future__ import annotations

from payung.office.access.pages import PUBLIC, needs, page
from payung.office.access.permissions import Permission
from payung.office.programme import decree_pages, lists, pages

VIEW, EDIT = needs(Permission.DECREE_VIEW), needs(Permission.DECREE_EDIT)
MONEY, GIVE = needs(Permission.QUOTA_VIEW), needs(Permission.QUOTA_EDIT)
NAMES = needs(Permission.PERSON_VIEW)

urlpatterns = [
    page("perjanjian/", lists.Agreements.as_view(), VIEW, name="agreement_list"),
    page("perjanjian/baru/", pages.agreement_new, EDIT, name="agreement_new"),
    page("perjanjian/<int:key>/", pages.agreement_show, VIEW, name="agreement_show"),
    page("perjanjian/<int:key>/berkas/<int:file>/", pages.agreement_file, VIEW, name="agreement_file"),
    page("kalender/", pages.calendar, VIEW, name="programme_calendar"),
    page("segmen/", pages.segments, VIEW, name="programme_segments"),
    page("dana/", lists.Lines.as_view(), MONEY, name="line_list"),
    page("dana/baru/", pages.line_new, GIVE, name="line_new"),
    page("dana/<int:key>/", pages.line_show, MONEY, name="line_show"),
    page("sk/", lists.Decrees.as_view(), VIEW, name="decree_list"),
    page("sk/baru/", decree_pages.decree_new, EDIT, name="decree_new"),
    page("sk/periksa/", decree_pages.decree_check, PUBLIC, name="decree_check"),
    page("sk/<int:key>/", decree_pages.decree_show, VIEW, name="decree_show"),
    page(
        "sk/<int:key>/langkah/",
        decree_pages.decree_step,
        needs(Permission.DECREE_EDIT, Permission.DECREE_DECIDE),
        name="decree_step",
    ),
    page("sk/<int:key>/berkas/", decree_pages.decree_keep, EDIT, name="decree_keep"),
    page("sk/<int:key>/berkas/<int:signed>/", decree_pages.decree_file, NAMES, name="decree_file"),
    page("sk/<int:key>/kertas/", decree_pages.decree_paper, NAMES, name="decree_paper"),
    page("sk/<int:key>/lampiran/", lists.People.as_view(), NAMES, name="decree_people"),
]
