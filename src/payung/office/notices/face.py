"""What notices say of themselves."""

from __future__ import annotations

from typing import Any

from payung.office.face import Deed, Face
from payung.office.notices import pages, work
from payung.office.notices.actions import MAIL
from payung.text import Text


def _sample(world: Any) -> dict[str, Any]:
    """Return the keys that the addresses take: no notice and no calendar stands at these."""
    return {"word": "tidak-ada"}


FACE = Face(
    deeds={
        "notice.choose": Deed(
            Text("Cara pemberitahuan diubah", "Way of being told changed"),
            {"mails": Text("lewat surel", "by e-mail")},
        ),
        "calendar.open": Text("Alamat kalender dibuat", "Address of the calendar made"),
        "calendar.close": Text("Alamat kalender diakhiri", "Address of the calendar ended"),
    },
    jobs={MAIL: work.work},
    beside={"submission": pages.panel("submission")},
    sample=_sample,
)
