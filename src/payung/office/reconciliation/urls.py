"""Pages of the reconciliation."""

from __future__ import annotations

from payung.office.access.pages import needs, page
from payung.office.access.permissions import Permission
from payung.office.reconciliation import pages

VIEW, APPROVE = needs(Permission.RECONCILIATION_VIEW), needs(Permission.RECONCILIATION_APPROVE)

urlpatterns = [
    page("rekonsiliasi/", pages.home, VIEW, name="reconcile_home"),
    page("rekonsiliasi/<str:month>/", pages.show, VIEW, name="reconcile_month"),
    page("rekonsiliasi/<str:month>/setujui/", pages.sign, APPROVE, name="reconcile_sign"),
    page("rekonsiliasi/<str:month>/buka/", pages.reopen, APPROVE, name="reconcile_reopen"),
    page(
        "rekonsiliasi/<str:month>/cabang/",
        pages.load,
        needs(Permission.RECONCILIATION_EDIT),
        name="reconcile_load",
    ),
]
