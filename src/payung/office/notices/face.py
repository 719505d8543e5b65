"""What notices say of themselves."""

from __future__ import annotations

from typing import Any

from payung.office.accounts.actions import create_user
from payung.office.accounts.models import User
from payung.office.face import Deed, Face
from payung.office.notices import actions, pages, work
from payung.office.notices.actions import MAIL
from payung.text import Text


def _sample(world: Any) -> dict[str, Any]:
    """Make the calendar of somebody; return the word of its address."""
    user = User.objects.order_by("pk").first() or create_user(
        by=world["by"], username="t.kalender", name="Kalender", password=None
    )
    return {"calendar": actions.open_calendar(by=user)}


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
