"""The page of mortality."""

from __future__ import annotations

from payung.office.access.pages import needs, page
from payung.office.access.permissions import Permission
from payung.office.mortality import pages

urlpatterns = [
    page(
        "kematian/perkiraan/",
        pages.compared,
        needs(Permission.CASE_VIEW, Permission.CASE_COUNT),
        name="mortality",
    ),
]
