"""Addresses of policies."""

from __future__ import annotations

from payung.office.access.pages import needs, page
from payung.office.access.permissions import Permission
from payung.office.policies import lists, pages

SEES = needs(Permission.QUOTA_VIEW, Permission.QUOTA_DECIDE)

urlpatterns = [
    page("kebijakan/", lists.Policies.as_view(), SEES, name="policy_list"),
    page("kebijakan/baru/", pages.new, needs(Permission.QUOTA_EDIT), name="policy_new"),
    page("kebijakan/<int:key>/", pages.show, SEES, name="policy_show"),
    page(
        "kebijakan/<int:key>/orang/",
        lists.Effects.as_view(),
        needs(Permission.PERSON_VIEW),
        name="policy_people",
    ),
]
