"""Pages of the register."""

from __future__ import annotations

from payung.office.accounts.pages import needs, page
from payung.office.accounts.permissions import Permission
from payung.office.register import offices, views

urlpatterns = [
    page("orang/", views.People.as_view(), needs(Permission.PERSON_VIEW), name="person_list"),
    page("orang/<int:key>/", views.show, needs(Permission.PERSON_VIEW), name="person_show"),
    page("orang/<int:key>/nik/", views.unmask, needs(Permission.PERSON_UNMASK), name="person_unmask"),
    page(
        "jabatan/",
        offices.Board.as_view(),
        needs(Permission.ROSTER_VIEW, Permission.ROSTER_COUNT),
        name="roster_board",
    ),
    page(
        "jabatan/desa/<str:code>/",
        offices.village,
        needs(Permission.ROSTER_VIEW, Permission.ROSTER_COUNT),
        name="roster_village",
    ),
    page("jabatan/<int:key>/", offices.post, needs(Permission.ROSTER_VIEW), name="roster_post"),
]
