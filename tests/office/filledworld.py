"""Fills an office in processes of its own: something in every table of people and of money."""

from __future__ import annotations

from pathlib import Path

FILL = f"""
import sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
from pathlib import Path
from django.conf import settings
from officeworld import PLACES, VILLAGE
from payung.office.regions.models import Region
Region.objects.bulk_create(
    [Region(code=code, name=name, level=level) for code, (name, level) in PLACES.items()], ignore_conflicts=True
)
from insightworld import fill, people
from payung.office.face import faces
(one,) = people(500, 1, VILLAGE)
for face in faces():
    if face.sample:
        face.sample({{"person": one, "village": VILLAGE, "by": "t"}})
fill()
from payung.office.insight import actions
from payung.office.reconciliation.actions import sign
from payung.office.reconciliation.states import Side
actions.add_denominator(by="t", source="BPS", year=2025, definition="pekerja", parts={{"62.03": 1000}})
for who, side in (("dinas", Side.DISTRICT), ("cabang", Side.BRANCH)):
    sign(by=who, month="2026-09", district="62.03", side=side)
(Path(settings.MEDIA_ROOT) / "x").mkdir()
(Path(settings.MEDIA_ROOT) / "x" / "y").write_bytes(b"sealed")
"""
