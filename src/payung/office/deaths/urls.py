"""Pages of deaths."""

from __future__ import annotations

from payung.office.access.pages import needs, page
from payung.office.access.permissions import Permission
from payung.office.deaths import lists, pages

VIEW = needs(Permission.CASE_VIEW)
TAKE = needs(*pages.MAY)

urlpatterns = [
    page("kematian/", lists.Deaths.as_view(), VIEW, name="death_list"),
    page("kematian/baru/", pages.new, TAKE, name="death_new"),
    page("kematian/hentikan/", pages.stop, TAKE, name="deaths_stop"),
    page("kematian/<int:key>/", pages.show, VIEW, name="death_show"),
]
