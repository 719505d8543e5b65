"""The public pages."""

from __future__ import annotations

from payung.office.access.pages import PUBLIC, page
from payung.office.check import letters
from payung.office.check.pages import check

urlpatterns = [
    page("periksa/", check, PUBLIC, name="check"),
    page("cek-surat/", letters.check, PUBLIC, name="letter_check"),
]
