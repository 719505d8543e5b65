"""The background worker as a process of its own: ``python -m payung.office.service.worker``."""

from __future__ import annotations

from payung.office.service import start
from payung.office.service.parent import follow_parent

if __name__ == "__main__":
    follow_parent()
    start.load()
    from payung.office.history import demonstration

    demonstration.look()
    from payung.office.jobs.worker import run_for_ever
    from payung.office.service import leftovers

    leftovers.register()
    run_for_ever()
