"""Pages of the review."""

from __future__ import annotations

from payung.office.access.pages import needs, page
from payung.office.access.permissions import Permission
from payung.office.duplicates import pages as views
from payung.office.duplicates.lists import Pairs

urlpatterns = [
    page("tinjau/", Pairs.as_view(), needs(Permission.PAIR_VIEW), name="pair_list"),
    page("tinjau/berikut/", views.following, needs(Permission.PAIR_EDIT), name="pair_next"),
    page("tinjau/<int:key>/", views.show, needs(Permission.PAIR_VIEW), name="pair_show"),
    page("tinjau/<int:key>/putuskan/", views.decide, needs(Permission.PAIR_EDIT), name="pair_decide"),
    page("tinjau/<int:key>/urungkan/", views.undo, needs(Permission.PAIR_EDIT), name="pair_undo"),
]
