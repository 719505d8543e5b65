"""Pages of cards."""

from __future__ import annotations

from payung.office.access.pages import needs, page
from payung.office.access.permissions import Permission
from payung.office.cards import lists, pages

VIEW, EDIT = needs(Permission.CARD_VIEW), needs(Permission.CARD_EDIT)

urlpatterns = [
    page("orang/<int:key>/kartu/", pages.of_person, EDIT, name="person_card"),
    page("kartu/", lists.Waiting.as_view(), VIEW, name="card_list"),
    page("kartu/cetak/", pages.paper, VIEW, name="card_print"),
    page("kartu/serahkan/", pages.hand_over, EDIT, name="card_hand_over"),
    page("kartu/terima/", pages.receive, EDIT, name="card_receive"),
]
