"""Addresses of the handbook."""

from __future__ import annotations

from payung.office.access.pages import SIGNED_IN, page
from payung.office.handbook import pages

urlpatterns = [
    page("bantuan/", pages.home, SIGNED_IN, name="handbook"),
    page("bantuan/kata/", pages.glossary, SIGNED_IN, name="handbook_words"),
    page("bantuan/panduan/", pages.guide, SIGNED_IN, name="handbook_guide"),
]
