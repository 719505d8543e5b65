"""Addresses of suggested names."""

from __future__ import annotations

from payung.office.access.pages import needs, page
from payung.office.access.permissions import Permission
from payung.office.suggestions import pages
from payung.office.suggestions.lists import Suggestions

DRAFT, EDIT = Permission.SUBMISSION_DRAFT, Permission.SUBMISSION_EDIT

urlpatterns = [
    page("usul/", Suggestions.as_view(), needs(DRAFT, EDIT), name="suggestion_list"),
    page("usul/baru/", pages.new, needs(DRAFT), name="suggestion_new"),
    page("usul/putuskan/", pages.decide, needs(EDIT), name="suggestion_decide"),
]
