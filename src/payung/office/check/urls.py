"""The public page."""

from __future__ import annotations

from payung.office.access.pages import PUBLIC, page
from payung.office.check.pages import check

urlpatterns = [page("periksa/", check, PUBLIC, name="check")]
