"""Whether the office works, as a monitor asks: database, worker, stuck work, disk. No names, no numbers of people."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.db import DatabaseError, InterfaceError
from django.db.models import Q
from django.utils import timezone

from payung import __version__
from payung.office.jobs import endings
from payung.office.jobs.models import Beat, Job
from payung.office.jobs.queue import STALE
from payung.text import Text

STUCK = 10 * STALE  # after so long a job waits for nobody
SILENT = dt.timedelta(seconds=60)  # after so long without a sign of life a worker is away
RECENT = dt.timedelta(days=1)
ROOM = 200 * 1024 * 1024  # bytes that must be free on the disk of the office
AWAY = Text(
    "Basis data tidak terjangkau: pekerjaan menunggu dan berlanjut sendiri bila ia kembali.",
    "The database is away: work waits and goes on by itself when it is back.",
)
# What is told → when it is wrong, and the sentence for it.
SENTENCES: dict[str, tuple[Callable[[Any], bool], Text]] = {
    "disk": (
        lambda value: value is False,
        Text(
            "Disk server hampir penuh: yang baru mungkin tidak tersimpan. Admin: kosongkan tempat; sesudah itu semua "
            "berlanjut sendiri.",
            "The disk of the server is almost full: what is new may not be saved. Administrator: make room; then all "
            "goes on by itself.",
        ),
    ),
    "worker": (
        lambda value: value is False,
        Text(
            "Pekerja latar tidak hidup: daftar yang diunggah menunggu. Admin: periksa payung serve.",
            "The background worker is away: uploaded lists wait. Administrator: look at payung serve.",
        ),
    ),
    "jobs_waiting_long": (
        bool,
        Text(
            "Ada pekerjaan yang menunggu lebih dari lima menit. Admin: apakah payung serve berjalan?",
            "Work waits for more than five minutes. Administrator: does payung serve run?",
        ),
    ),
    "jobs_resting": (
        bool,
        Text(
            "Ada pekerjaan yang terhenti (disk, basis data, atau pekerja latar) dan dicoba lagi sendiri sesudah jeda.",
            "Work stopped (disk, database or background worker) and is tried again by itself after a pause.",
        ),
    ),
    "ended_lately": (
        bool,
        Text(
            "Server atau pekerja latar berhenti sendiri dalam sejam terakhir dan dinyalakan lagi. Admin: cari sebabnya "
            "dalam log (journalctl -u payung).",
            "The server or the background worker ended by itself within the last hour and was started again. "
            "Administrator: look for the cause in the log (journalctl -u payung).",
        ),
    ),
    "jobs_broken": (
        bool,
        Text(
            "Ada pekerjaan yang gagal: buka Keadaan kantor dan tekan Mulai lagi.",
            "Work failed: open the state of the office and press Start again.",
        ),
    ),
}


def look() -> tuple[bool, dict[str, Any]]:
    """Return whether the office works, and what a monitor is told.

    ``worker`` is null before the first one ever lived. ``jobs_broken`` of the last day, and ``ended_lately`` (how often
    a process ended by itself within the hour), do not make the office down: they say that somebody must look.
    """
    told: dict[str, Any] = {"ok": False, "version": __version__, "database": True, "disk": has_room()}
    now = timezone.now()
    try:
        told["jobs_waiting_long"] = stuck(now).count()
        told["jobs_broken"] = broken(now).count()
        told["jobs_resting"] = resting(now).count()
        told["worker"] = worker_lives(now)
        told["ended_lately"] = endings.lately()
    except (DatabaseError, InterfaceError):
        told["database"] = False
        told["said"], told["said_en"] = [AWAY.id], [AWAY.en]
        return False, told
    told["ok"] = told["disk"] and not told["jobs_waiting_long"] and told["worker"] is not False
    if sentences := said(told):
        told["said"] = [one.id for one in sentences]
        told["said_en"] = [one.en for one in sentences]
    return bool(told["ok"]), told


def said(told: Mapping[str, Any]) -> list[Text]:
    """Return what is wrong, one sentence each, with what to do; nothing where all is well."""
    return [sentence for name, (wrong, sentence) in SENTENCES.items() if wrong(told.get(name))]


def trouble() -> Text | None:
    """Return the sentence that every page shows while the disk is full, else ``None``; asks no database."""
    return None if has_room() else SENTENCES["disk"][1]


def resting(now: dt.datetime) -> Any:
    """Return jobs that wait for a disk or a database to come back: they go on by themselves."""
    return Job.objects.filter(state=Job.State.QUEUED, not_before__gt=now, attempt__gt=1)


def stuck(now: dt.datetime) -> Any:
    """Return jobs that wait, or lie abandoned, for too long. A job that rests between attempts is not stuck."""
    long_ago = now - STUCK
    due = Q(not_before__isnull=True, created__lt=long_ago) | Q(not_before__lt=long_ago)
    abandoned = Q(state=Job.State.RUNNING, heartbeat__lt=long_ago)
    return Job.objects.filter(Q(due, state=Job.State.QUEUED) | abandoned)


def broken(now: dt.datetime) -> Any:
    """Return jobs of the last day that failed by a fault of the office."""
    return Job.objects.filter(state=Job.State.FAILED, broken=True, finished__gt=now - RECENT)


def worker_lives(now: dt.datetime) -> bool | None:
    """Tell whether any worker shows a sign of life; ``None`` where there never was one.

    A sign from the future is none: the clock was set back, and who lives gives the next one within seconds.
    """
    if Beat.objects.filter(at__gt=now - SILENT, at__lt=now + SILENT).exists():
        return True
    return False if Beat.objects.exists() else None


def has_room() -> bool:
    """Tell whether the disk of the office has room for uploads and the database."""
    try:
        return shutil.disk_usage(settings.HOME).free >= ROOM
    except OSError:
        return False
