"""Pages of donors; ``/donatur/saya/`` is the only one that a donor opens."""

from __future__ import annotations

from payung.office.access.pages import needs, page
from payung.office.access.permissions import Permission
from payung.office.donors import pages
from payung.office.donors.lists import Donors

VIEW, EDIT = needs(Permission.QUOTA_VIEW), needs(Permission.QUOTA_EDIT)
OWN = needs(Permission.PLEDGE_READ)

urlpatterns = [
    page("donatur/", Donors.as_view(), VIEW, name="donor_list"),
    page("donatur/baru/", pages.add, EDIT, name="donor_new"),
    page("donatur/saya/", pages.own, OWN, name="donor_own"),
    page("donatur/saya/sertifikat/<int:certificate>/", pages.certificate, OWN, name="donor_certificate"),
    page("donatur/<int:key>/", pages.show, VIEW, name="donor_show"),
    page("donatur/<int:key>/janji/", pages.pledge_new, EDIT, name="donor_pledge"),
    page("janji/<int:key>/", pages.pledge_show, VIEW, name="pledge_show"),
    page("janji/<int:key>/langkah/", pages.pledge_step, EDIT, name="pledge_step"),
]
