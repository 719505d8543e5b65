"""Pages of exports."""

from __future__ import annotations

from payung.office.access.pages import SIGNED_IN, page
from payung.office.exports import pages

urlpatterns = [
    page("unduhan/", pages.show, SIGNED_IN, name="export_list"),
    page("unduhan/ambil/", pages.fetch, SIGNED_IN, name="export_fetch"),
]
