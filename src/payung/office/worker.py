"""The background worker as a process of its own: ``python -m payung.office.worker``."""

from __future__ import annotations

from payung.office import start
from payung.office.following import follow_parent

if __name__ == "__main__":
    follow_parent()
    start.load()
    from payung.office import keeping
    from payung.office.jobs.worker import run_for_ever

    keeping.register()
    run_for_ever()
