"""All pages: those of every app that has a face, in the order of the settings. The tests walk this table."""

from __future__ import annotations

from django.urls import URLPattern

from payung.office.face.read import part_of, with_face

urlpatterns: list[URLPattern] = [
    pattern for app, _ in with_face() for pattern in getattr(part_of(app, "urls"), "urlpatterns", ())
]
handler500 = "payung.office.service.faults.broken"
handler400 = "payung.office.service.faults.refused"
