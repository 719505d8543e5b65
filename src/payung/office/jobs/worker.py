"""The worker: takes one job after another until it is told to stop."""

from __future__ import annotations

import logging
import signal
import threading
import time
from types import FrameType

from django.db import IntegrityError, OperationalError, close_old_connections, connection
from django.utils import timezone

from payung.errors import PayungError
from payung.office.jobs import queue
from payung.office.jobs.models import Job
from payung.text import Text

PAUSE = 0.5  # seconds between looks at an empty queue
LOG = logging.getLogger("payung.jobs")


def run_one() -> bool:
    """Do one waiting job, if there is one; tell whether there was."""
    queue.reap()
    taken = queue.take()
    if taken is None:
        return False
    job, ticket = taken
    stop = threading.Event()
    heart = threading.Thread(target=_beat, args=(ticket, stop), daemon=True)
    heart.start()
    try:
        _do(job.kind, ticket)
    except queue.LostError:
        LOG.warning("job %s was taken over", ticket.key)
    finally:
        stop.set()
        heart.join()
    return True


def run_all() -> int:
    """Do everything that waits; return how many jobs there were."""
    many = 0
    while run_one():
        many += 1
    return many


def run_for_ever() -> None:
    """Work until SIGTERM or SIGINT; the job in hand is finished first."""
    stopping = threading.Event()

    def stop(number: int, frame: FrameType | None) -> None:
        stopping.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    while not stopping.is_set():
        close_old_connections()
        if not run_one():
            time.sleep(PAUSE)


def _do(kind: str, ticket: queue.Ticket) -> None:
    work = queue.work_of(kind)
    if work is None:
        _finish(ticket, Text(f"Tidak ada yang mengerjakan {kind!r}.", f"Nothing does {kind!r}."))
        return
    try:
        work(ticket)
    except queue.LostError:
        raise
    except PayungError as error:
        _finish(ticket, error.message)
    except (OperationalError, IntegrityError):
        # Busy, away, or another worker made the same a moment before: this work looks again and goes on.
        LOG.warning("job %s is tried again", ticket.key, exc_info=True)
        ticket.let_go()
    except Exception:
        # The row keeps what a person needs; the log keeps the rest. The next job must not wait for a mend.
        LOG.exception("job %s failed", ticket.key)
        _finish(
            ticket,
            Text(
                "Ada yang rusak saat mengerjakan ini; tidak ada yang tersimpan setengah. Hubungi admin.",
                "Something broke in this work; nothing was half saved. Ask the administrator.",
            ),
        )
    else:
        _finish(ticket, None)


def _finish(ticket: queue.Ticket, fault: Text | None) -> None:
    Job.objects.filter(pk=ticket.key, attempt=ticket.attempt, state=Job.State.RUNNING).update(
        state=Job.State.FAILED if fault else Job.State.DONE,
        finished=timezone.now(),
        fault_id=fault.id if fault else "",
        fault_en=fault.en if fault else "",
    )


def _beat(ticket: queue.Ticket, stop: threading.Event) -> None:
    try:
        while not stop.wait(queue.BEAT):
            try:
                ticket.beat()
            except OperationalError:
                connection.close()  # busy or away: the next beat may come through
    except queue.LostError:
        return
    finally:
        connection.close()
