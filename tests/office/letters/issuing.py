"""Four sessions issue three letters each of one register at once.

Run as a program on an office of its own; prints one JSON object: the numbers, and where the history is broken.
"""

from __future__ import annotations

import json
import sys

from payung.office.service import start

start.load()

from lettersworld import order_of
from officeworld import VILLAGE
from races import make_office, together, until_free

from payung.office.history.chain import verify
from payung.office.letters import actions
from payung.office.letters.models import Letter

SESSIONS, EACH = 4, 3


def session() -> int:
    """Issue some letters; return how many."""
    for _ in range(EACH):
        order = until_free(lambda: order_of(VILLAGE))
        assert until_free(lambda o=order: actions.make(order=o)) is not None, order.fault_en  # type: ignore[misc]
    return EACH


def main() -> None:
    """Make the office, let the sessions issue, say what there is."""
    make_office()
    issued = together([session] * SESSIONS)
    serials = list(Letter.objects.order_by("serial").values_list("serial", flat=True))
    sys.stdout.write(json.dumps({"issued": issued, "serials": serials, "broken": verify().broken_at}))


if __name__ == "__main__":
    main()
