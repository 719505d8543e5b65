"""Addresses of notices."""

from __future__ import annotations

from payung.office.access.pages import PUBLIC, SIGNED_IN, page
from payung.office.notices import pages
from payung.office.notices.lists import Notices

urlpatterns = [
    page("pemberitahuan/", Notices.as_view(), SIGNED_IN, name="notice_list"),
    page("pemberitahuan/semua/", pages.read_all, SIGNED_IN, name="notice_read_all"),
    page("pemberitahuan/cara/", pages.how, SIGNED_IN, name="notice_how"),
    page("pemberitahuan/buka/", pages.open_notice, SIGNED_IN, name="notice_open"),
    page("kalender/<str:calendar>.ics", pages.feed, PUBLIC, name="calendar_feed"),
]
