"""Pages of events and cases."""

from __future__ import annotations

from payung.office.access.pages import PUBLIC, needs, page
from payung.office.access.permissions import Permission
from payung.office.cases.lists import Cases
from payung.office.cases.pages import families, one, reports

VIEW, EDIT = needs(Permission.CASE_VIEW), needs(Permission.CASE_EDIT)

urlpatterns = [
    page("kejadian/", Cases.as_view(), VIEW, name="case_list"),
    page(
        "kejadian/lapor/",
        reports.report,
        needs(Permission.CASE_EDIT, Permission.CASE_REPORT),
        name="case_report",
    ),
    page("kejadian/tautan/", reports.links, EDIT, name="case_links"),
    page("kejadian/belum-diklaim/", one.unclaimed, VIEW, name="case_unclaimed"),
    page("kejadian/untuk-keluarga/", families.words, needs(Permission.CLINIC_EDIT), name="case_words"),
    page("kejadian/<int:key>/", one.show, VIEW, name="case_show"),
    page("kejadian/<int:key>/keluarga/", families.family, VIEW, name="case_family"),
    page(
        "kejadian/<int:key>/langkah/",
        one.step,
        needs(Permission.CASE_EDIT, Permission.CASE_RESULT),
        name="case_step",
    ),
    page("kejadian/<int:key>/berkas/", one.paper, EDIT, name="case_paper"),
    page("kejadian/<int:key>/fakta/", one.correct, EDIT, name="case_correct"),
    page("kejadian/<int:key>/perkiraan/", one.facts, EDIT, name="case_facts"),
    page("kejadian/berkas/<int:key>/", one.paper_file, VIEW, name="casepaper_file"),
    page("lapor/<str:word>/", reports.public_report, PUBLIC, name="public_report"),
]
