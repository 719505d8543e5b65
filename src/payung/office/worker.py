"""The background worker as a process of its own: ``python -m payung.office.worker``."""

from __future__ import annotations

from payung.office import start

if __name__ == "__main__":
    start.load()
    from payung.office.jobs.worker import run_for_ever

    run_for_ever()
