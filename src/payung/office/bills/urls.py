"""Pages of bills and payments."""

from __future__ import annotations

from payung.office.access.pages import needs, page
from payung.office.access.permissions import Permission
from payung.office.bills import lists, pages

VIEW, EDIT, PAY = needs(Permission.BILL_VIEW), needs(Permission.BILL_EDIT), needs(Permission.BILL_PAY)
VOID = needs(Permission.BILL_EDIT, Permission.BILL_APPROVE)

urlpatterns = [
    page("tagihan/", lists.Bills.as_view(), VIEW, name="bill_list"),
    page("tagihan/baru/", pages.new, EDIT, name="bill_new"),
    page("tagihan/<int:key>/", pages.show, VIEW, name="bill_show"),
    page("tagihan/<int:key>/kirim/", pages.send, needs(Permission.BILL_APPROVE), name="bill_send"),
    page(
        "tagihan/<int:key>/batal/",
        pages.void,
        needs(Permission.BILL_EDIT, Permission.BILL_APPROVE),
        name="bill_void",
    ),
    page("tagihan/<int:key>/cabang/", pages.insurer, EDIT, name="bill_insurer"),
    page("tagihan/perkiraan/", lists.Forecasts.as_view(), VIEW, name="forecast"),
    page("uang/", lists.Payments.as_view(), VIEW, name="payment_list"),
    page("uang/baru/", pages.payment_new, PAY, name="payment_new"),
    page("uang/menunggu/", lists.Waiting.as_view(), VIEW, name="payment_waiting"),
    page("uang/<int:key>/", pages.payment, VIEW, name="payment_show"),
]
