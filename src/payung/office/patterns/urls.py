"""Pages of patterns: all of them the inspectorate's."""

from __future__ import annotations

from payung.office.access.pages import needs, page
from payung.office.access.permissions import Permission
from payung.office.patterns import pages
from payung.office.patterns.lists import Samples

VIEW = needs(Permission.PATTERN_VIEW)

urlpatterns = [
    page("pola/", pages.listed, VIEW, name="pattern_list"),
    page("pola/sampel/", Samples.as_view(), VIEW, name="sample_list"),
    page("pola/sampel/baru/", pages.draw, VIEW, name="sample_draw"),
    page("pola/sampel/<int:key>/", pages.show, VIEW, name="sample_show"),
]
