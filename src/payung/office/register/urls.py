"""Pages of the register."""

from __future__ import annotations

from payung.office.access.pages import needs, page
from payung.office.access.permissions import Permission
from payung.office.register import card_views, offices, person_views, printing, views

VIEW, EDIT = needs(Permission.PERSON_VIEW), needs(Permission.PERSON_EDIT)

urlpatterns = [
    page("orang/", views.People.as_view(), needs(Permission.PERSON_VIEW), name="person_list"),
    page("orang/<int:key>/", views.show, needs(Permission.PERSON_VIEW), name="person_show"),
    page("orang/tambah/", person_views.add, EDIT, name="person_add"),
    page("orang/<int:key>/ubah/", person_views.change, EDIT, name="person_change"),
    page("orang/<int:key>/nik/betulkan/", person_views.correct_nik, EDIT, name="person_nik"),
    page("orang/<int:key>/ahli-waris/", person_views.add_heir, EDIT, name="person_heirs"),
    page("orang/<int:key>/ahli-waris/<int:heir>/", person_views.heir, EDIT, name="person_heir"),
    page("orang/<int:key>/kartu/", card_views.of_person, needs(Permission.CARD_EDIT), name="person_card"),
    page("kk/<int:key>/", person_views.household, VIEW, name="household_show"),
    page("kartu/", card_views.Waiting.as_view(), needs(Permission.CARD_VIEW), name="card_list"),
    page("kartu/cetak/", card_views.paper, needs(Permission.CARD_VIEW), name="card_print"),
    page("kartu/serahkan/", card_views.hand_over, needs(Permission.CARD_EDIT), name="card_hand_over"),
    page("kartu/terima/", card_views.receive, needs(Permission.CARD_EDIT), name="card_receive"),
    page("orang/<int:key>/nik/", views.unmask, needs(Permission.PERSON_UNMASK), name="person_unmask"),
    page(
        "jabatan/",
        offices.Board.as_view(),
        needs(Permission.ROSTER_VIEW, Permission.ROSTER_COUNT),
        name="roster_board",
    ),
    page(
        "jabatan/daftar/",
        offices.Posts.as_view(),
        needs(Permission.ROSTER_VIEW, Permission.ROSTER_COUNT),
        name="roster_list",
    ),
    page(
        "jabatan/desa/<str:code>/",
        offices.village,
        needs(Permission.ROSTER_VIEW, Permission.ROSTER_COUNT),
        name="roster_village",
    ),
    page(
        "jabatan/desa/<str:code>/cetak/",
        printing.roster,
        needs(Permission.ROSTER_VIEW),
        name="roster_print",
    ),
    page("jabatan/<int:key>/", offices.post, needs(Permission.ROSTER_VIEW), name="roster_post"),
]
