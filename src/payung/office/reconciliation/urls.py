"""Pages of the reconciliation."""

from __future__ import annotations

from payung.office.access.pages import needs, page
from payung.office.access.permissions import Permission
from payung.office.reconciliation import pages

VIEW, APPROVE = needs(Permission.RECONCILIATION_VIEW), needs(Permission.RECONCILIATION_APPROVE)

urlpatterns = [
    page("rekonsiliasi/", pages.home, VIEW, name="reconcile_home"),
    page("rekonsiliasi/bulan/", pages.show, VIEW, name="reconcile_month"),
    page("rekonsiliasi/bulan/setujui/", pages.sign, APPROVE, name="reconcile_sign"),
    page("rekonsiliasi/bulan/buka/", pages.reopen, APPROVE, name="reconcile_reopen"),
    page(
        "rekonsiliasi/bulan/cabang/",
        pages.load,
        needs(Permission.RECONCILIATION_EDIT),
        name="reconcile_load",
    ),
]
