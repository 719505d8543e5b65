"""What exports say of themselves."""

from __future__ import annotations

from payung.office.access.permissions import Permission
from payung.office.exports import actions, work
from payung.office.face import Entry, Face
from payung.text import Text

FACE = Face(
    menu=(
        Entry(
            615,
            "export_list",
            Text("Unduhan", "Exports"),
            "download",
            (Permission.REPORT_EXPORT, Permission.LOG_EXPORT),
        ),
    ),
    deeds={"export.fetch": Text("Berkas unduhan diambil", "Export fetched")},
    jobs={actions.KIND: work.work},
)
