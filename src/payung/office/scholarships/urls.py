"""Pages of scholarships."""

from __future__ import annotations

from payung.office.access.pages import needs, page
from payung.office.access.permissions import Permission
from payung.office.scholarships import pages

VIEW = needs(Permission.CASE_VIEW)

urlpatterns = [
    page("beasiswa/", pages.Children.as_view(), VIEW, name="child_list"),
    page("beasiswa/<int:key>/", pages.show, VIEW, name="child_show"),
    page("kejadian/<int:key>/anak/", pages.add, needs(Permission.CASE_EDIT), name="case_child"),
]
