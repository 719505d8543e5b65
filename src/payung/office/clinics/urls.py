"""Pages of clinics."""

from __future__ import annotations

from payung.office.access.pages import needs, page
from payung.office.access.permissions import Permission
from payung.office.clinics import pages
from payung.office.clinics.lists import Clinics

VIEW = needs(Permission.CASE_VIEW, Permission.CASE_REPORT, Permission.CLINIC_EDIT)
EDIT = needs(Permission.CLINIC_EDIT)

urlpatterns = [
    page("plkk/", Clinics.as_view(), VIEW, name="clinic_list"),
    page("plkk/katakan/", pages.says, VIEW, name="clinic_says"),
    page("plkk/baru/", pages.add, EDIT, name="clinic_add"),
    page("plkk/daftar/", pages.take, EDIT, name="clinic_take"),
    page("plkk/<int:key>/", pages.edit, EDIT, name="clinic_edit"),
]
