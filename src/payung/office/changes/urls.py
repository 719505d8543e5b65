"""Pages of changes."""

from __future__ import annotations

from payung.office.access.pages import needs, page
from payung.office.access.permissions import Permission
from payung.office.changes import lists, pages

SEES = needs(Permission.CHANGE_EDIT, Permission.CHANGE_APPROVE)

urlpatterns = [
    page("mutasi/", lists.Changes.as_view(), SEES, name="change_list"),
    page("mutasi/kirim/", pages.to_insurer, needs(Permission.DECREE_EDIT), name="change_send"),
    page("mutasi/berakhir/", pages.ending, SEES, name="change_endings"),
    page("mutasi/pemutakhiran/", lists.Refreshes.as_view(), SEES, name="refresh_list"),
    page("mutasi/pemutakhiran/<str:code>/", pages.refresh, SEES, name="refresh_village"),
    page("mutasi/<int:key>/", pages.show, SEES, name="change_show"),
    page("mutasi/<int:key>/putuskan/", pages.decide, needs(Permission.CHANGE_APPROVE), name="change_decide"),
    page("orang/<int:key>/mutasi/", pages.report, needs(Permission.CHANGE_EDIT), name="person_change_report"),
]
