"""The worker: takes one job after another until it is told to stop."""

from __future__ import annotations

import datetime as dt
import errno
import logging
import os
import signal
import socket
import threading
from types import FrameType

from django.db import DatabaseError, Error, IntegrityError, close_old_connections, connection
from django.utils import timezone

from payung.errors import PayungError
from payung.office.jobs import daily, often, queue, retention
from payung.office.jobs.models import Beat, Job
from payung.office.outages import passes
from payung.text import Text

PAUSE = 0.5  # seconds between looks at an empty queue
AWAY = 2.0  # seconds of the first pause while the database is away; it doubles
LONGEST = 30.0  # seconds between looks at a database that is away
FORGET = 86400.0  # seconds after which the sign of life of a worker that is gone is removed
PASSING = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS, errno.ESTALE})  # of a disk
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
    """Work until SIGTERM or SIGINT; the job in hand is finished first. A database that is away is waited for."""
    stopping = threading.Event()

    def stop(number: int, frame: FrameType | None) -> None:
        stopping.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    if connection.vendor == "sqlite":
        connection.settings_dict["OPTIONS"]["timeout"] = 20  # nobody waits for the worker at a page
    life = threading.Thread(target=_show_life, args=(stopping,), daemon=True)
    life.start()
    pause = AWAY
    while not stopping.is_set():
        close_old_connections()
        try:
            busy = run_one()
            if not busy:
                retention.when_due()
                daily.when_due()
                often.when_due()
        except Error as error:
            if not passes(error):
                raise
            connection.close()
            if pause == AWAY:  # said once
                LOG.warning("the database is away or busy, waiting: %s", error)
            stopping.wait(pause)
            pause = min(LONGEST, pause * 2)
            continue
        pause = AWAY
        if not busy:
            stopping.wait(PAUSE)
    life.join()


def name() -> str:
    """Return what this worker is called in its sign of life."""
    return f"{socket.gethostname()}-{os.getpid()}"[:120]


def _show_life(stopping: threading.Event) -> None:
    """Save a sign of life again and again, also while a job runs; take it back at the end."""
    try:
        while not stopping.is_set():
            try:
                live()
            except DatabaseError:
                connection.close()
            stopping.wait(queue.BEAT)
        Beat.objects.filter(worker=name()).delete()
    except DatabaseError:
        LOG.debug("no sign of life could be saved")
    finally:
        connection.close()


def live() -> None:
    """Save a sign of life of this worker, and forget workers that are long gone."""
    now = timezone.now()
    Beat.objects.update_or_create(worker=name(), defaults={"at": now})
    Beat.objects.filter(at__lt=now - dt.timedelta(seconds=FORGET)).delete()


def _do(kind: str, ticket: queue.Ticket) -> None:
    work = queue.work_of(kind)
    if work is None:
        _finish(ticket, Text(f"Tidak ada yang mengerjakan {kind!r}.", f"Nothing does {kind!r}."), broken=True)
        return
    try:
        work(ticket)
    except queue.LostError:
        raise
    except PayungError as error:
        _finish(ticket, error.message)
    except IntegrityError:
        # Another worker made the same a moment before: this work looks again and goes on.
        LOG.warning("job %s looks again", ticket.key, exc_info=True)
        ticket.let_go(rest=False)
    except Error as error:
        if not passes(error):
            _broke(ticket)
            return
        LOG.warning("job %s is tried again later", ticket.key, exc_info=True)
        _let_go(ticket)
    except OSError as error:
        if error.errno not in PASSING:
            _broke(ticket)
            return
        LOG.warning("job %s is tried again later", ticket.key, exc_info=True)
        _let_go(ticket)
    except Exception:
        _broke(ticket)
    else:
        _finish(ticket, None)


def _let_go(ticket: queue.Ticket) -> None:
    """Give the job back; where not even that can be written, its silence gives it back."""
    if not connection.in_atomic_block:
        connection.close()
    try:
        ticket.let_go()
    except Error as error:
        if not passes(error):
            raise
        LOG.warning("job %s could not be given back", ticket.key)


def _broke(ticket: queue.Ticket) -> None:
    """Give the job up. The row keeps what a person needs, the log keeps the rest; the next job must not wait."""
    LOG.exception("job %s failed", ticket.key)
    broken = Text(
        "Ada yang rusak saat mengerjakan ini; tidak ada yang tersimpan setengah. Hubungi admin.",
        "Something broke in this work; nothing was half saved. Ask the administrator.",
    )
    _finish(ticket, broken, broken=True)


def _finish(ticket: queue.Ticket, fault: Text | None, *, broken: bool = False) -> None:
    Job.objects.filter(pk=ticket.key, attempt=ticket.attempt, state=Job.State.RUNNING).update(
        state=Job.State.FAILED if fault else Job.State.DONE,
        finished=timezone.now(),
        broken=broken,
        fault_id=fault.id if fault else "",
        fault_en=fault.en if fault else "",
    )


def _beat(ticket: queue.Ticket, stop: threading.Event) -> None:
    try:
        while not stop.wait(queue.BEAT):
            try:
                ticket.beat()
            except Error as error:
                if not passes(error):
                    raise
                connection.close()  # busy or away: the next beat may come through
    except queue.LostError:
        return
    finally:
        connection.close()
