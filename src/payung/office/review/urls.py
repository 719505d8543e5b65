"""Pages of the review."""

from __future__ import annotations

from payung.office.access.pages import needs, page
from payung.office.access.permissions import Permission
from payung.office.review import views

urlpatterns = [
    page("tinjau/", views.Pairs.as_view(), needs(Permission.MATCH_VIEW), name="review_list"),
    page("tinjau/berikut/", views.following, needs(Permission.MATCH_EDIT), name="review_next"),
    page("tinjau/<int:key>/", views.show, needs(Permission.MATCH_VIEW), name="review_pair"),
    page("tinjau/<int:key>/putuskan/", views.decide, needs(Permission.MATCH_EDIT), name="review_decide"),
    page("tinjau/<int:key>/urungkan/", views.undo, needs(Permission.MATCH_EDIT), name="review_undo"),
]
