"""One session of the race: issues letters of one register. Run as a program: ``python issuing.py MANY``."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from payung.office.service import start

start.load()

from django.db import OperationalError
from lettersworld import order_of

from payung.office.letters import actions


def main(many: int) -> None:
    """Issue ``many`` letters; a busy SQLite is asked again, as the worker does."""
    for _ in range(many):
        order = None
        while order is None:
            try:
                order = order_of("62.03.01.1008")
            except OperationalError:
                continue
        while True:
            try:
                assert actions.make(order=order) is not None, order.fault_en
            except OperationalError:
                continue
            break


if __name__ == "__main__":
    main(int(sys.argv[1]))
