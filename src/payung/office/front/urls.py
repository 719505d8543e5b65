"""Pages that belong to no app alone."""

from __future__ import annotations

from payung.office.access.pages import PUBLIC, SIGNED_IN, needs, page
from payung.office.access.permissions import Permission
from payung.office.front import log, views

urlpatterns = [
    page("", views.home, SIGNED_IN, name="home"),
    page("sehat/", views.health, PUBLIC, name="health"),
    page("komponen/", views.components, SIGNED_IN, name="components"),
    page("riwayat/", log.History.as_view(), needs(Permission.LOG_VIEW), name="history"),
]
