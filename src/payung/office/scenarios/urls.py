"""The page of choices."""

from __future__ import annotations

from payung.office.access.pages import needs, page
from payung.office.access.permissions import Permission
from payung.office.scenarios import pages

urlpatterns = [page("dana/skenario/", pages.compared, needs(Permission.QUOTA_VIEW), name="scenarios")]
