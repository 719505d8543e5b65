"""Pages of arrears."""

from __future__ import annotations

from payung.office.access.pages import needs, page
from payung.office.access.permissions import Permission
from payung.office.arrears import lists, pages

VIEW = needs(Permission.BILL_VIEW)

urlpatterns = [
    page("bayar/", lists.Board.as_view(), VIEW, name="payment_board"),
    page("tunggakan/", lists.Rungs.as_view(), VIEW, name="arrears_list"),
    page("tunggakan/<str:code>/", pages.payer, VIEW, name="arrears_payer"),
    page("tunggakan/tingkat/<int:key>/lewati/", pages.skip, needs(Permission.BILL_APPROVE), name="rung_skip"),
]
