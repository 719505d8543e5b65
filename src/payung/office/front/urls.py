"""Pages that belong to no app alone."""

from __future__ import annotations

from payung.office.access.pages import PUBLIC, SIGNED_IN, needs, page
from payung.office.access.permissions import Permission
from payung.office.front import installed, log, machine, search, views

urlpatterns = [
    page("", views.home, SIGNED_IN, name="home"),
    page("manifest.webmanifest", installed.manifest, PUBLIC, name="manifest"),
    page("pekerja.js", installed.worker, PUBLIC, name="worker"),
    page("cari/", search.search, SIGNED_IN, name="search"),
    page("luring/", installed.offline, PUBLIC, name="offline"),
    page("sehat/", views.health, PUBLIC, name="health"),
    page("keadaan/", machine.show, needs(Permission.ACCOUNT_MANAGE), name="machine"),
    page("keadaan/pekerjaan/lagi/", machine.again, needs(Permission.ACCOUNT_MANAGE), name="job_again"),
    page("keadaan/berkas/hapus/", machine.erase, needs(Permission.ACCOUNT_MANAGE), name="file_erase"),
    page("keadaan/peragaan/", machine.reset, needs(Permission.ACCOUNT_MANAGE), name="demonstration_reset"),
    page("komponen/", views.components, SIGNED_IN, name="components"),
    page("riwayat/", log.History.as_view(), needs(Permission.LOG_VIEW), name="history"),
]
