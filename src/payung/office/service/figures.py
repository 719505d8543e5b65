"""Figures of the office for a collector (Prometheus): requests of all server processes, queue, worker, disk, sign-ins.

Answered at /metrics to whoever sends PAYUNG_METRICS_TOKEN; without that setting nothing is counted. No names, no
paths: a path may hold a key, and what was searched for is nobody's business.
"""

from __future__ import annotations

import hmac
import shutil
import time
from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.db import DatabaseError, InterfaceError, close_old_connections
from django.db.models import Count, Min
from django.utils import timezone
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

PATH = "/metrics"
LIMITS = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)  # seconds
METHODS = frozenset({"GET", "POST", "HEAD"})

_mine = CollectorRegistry()
REQUESTS = Counter("payung_requests", "Requests answered", ["method", "status"], registry=_mine)
SECONDS = Histogram("payung_request_seconds", "Seconds until an answer began", buckets=LIMITS, registry=_mine)


class Measured:
    """The office with every request counted, and the figures at :data:`PATH`."""

    def __init__(self, application: Any, *, token: str, folder: str) -> None:
        self.application, self.token, self.folder = application, token, folder

    def __call__(self, environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        """Answer a collector, or let the office answer and count it."""
        if environ.get("PATH_INFO") == PATH:
            return self._figures(environ, start)
        began, method = time.monotonic(), environ.get("REQUEST_METHOD", "")

        def counted(status: str, headers: Any, exc_info: Any = None) -> Any:
            REQUESTS.labels(method if method in METHODS else "other", status[:3]).inc()
            SECONDS.observe(time.monotonic() - began)
            return start(status, headers)

        answer: Iterable[bytes] = self.application(environ, counted)
        return answer

    def _figures(self, environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        given = str(environ.get("HTTP_AUTHORIZATION", "")).removeprefix("Bearer ")
        if not hmac.compare_digest(given.encode(), self.token.encode()):
            start("401 Unauthorized", [("Content-Type", "text/plain"), ("WWW-Authenticate", "Bearer")])
            return [b"token?\n"]
        body = latest(self.folder)
        start("200 OK", [("Content-Type", CONTENT_TYPE_LATEST), ("Cache-Control", "no-store")])
        return [body]


def latest(folder: str) -> bytes:
    """Return all figures; ``folder`` is where the server processes keep theirs, empty where there is one only."""
    registry = CollectorRegistry() if folder else _mine
    if folder:
        MultiProcessCollector(registry, path=folder)  # type: ignore[no-untyped-call]
    own = CollectorRegistry()
    own.register(Office())
    return generate_latest(registry) + generate_latest(own)


class Office(Collector):
    """What stands in the database, asked when somebody collects."""

    def collect(self) -> Iterator[Metric]:
        """Yield the figures; of a database that is away only that."""
        close_old_connections()
        try:
            found = list(_of_database())
            alive = 1
        except (DatabaseError, InterfaceError):
            found, alive = [], 0
        finally:
            close_old_connections()
        yield GaugeMetricFamily("payung_database_up", "Whether the database answers", value=alive)
        yield from found
        free = shutil.disk_usage(settings.HOME).free
        yield GaugeMetricFamily("payung_disk_free_bytes", "Free bytes on the disk of the office", value=free)


def _of_database() -> Iterator[Metric]:
    from allauth.usersessions.models import UserSession
    from axes.models import AccessAttempt

    from payung.office.jobs import health
    from payung.office.jobs.models import Beat, Job
    from payung.office.service.installation import installation

    now = timezone.now()
    states = GaugeMetricFamily("payung_jobs", "Jobs by state", labels=["state"])
    many = dict(Job.objects.order_by().values_list("state").annotate(Count("pk")))
    for state in Job.State:
        states.add_metric([state], many.get(state, 0))
    yield states
    oldest = Job.objects.filter(state=Job.State.QUEUED).aggregate(at=Min("created"))["at"]
    waited = (now - oldest).total_seconds() if oldest else 0
    yield GaugeMetricFamily("payung_oldest_job_seconds", "Age of the oldest waiting job", value=waited)
    broken = health.broken(now).count()
    yield GaugeMetricFamily("payung_jobs_broken", "Jobs of the last day that the office broke", value=broken)
    workers = Beat.objects.filter(at__gt=now - health.SILENT).count()
    yield GaugeMetricFamily("payung_workers", "Background workers that show life", value=workers)
    yield GaugeMetricFamily("payung_sessions", "Open sessions", value=UserSession.objects.count())
    limit = settings.AXES_FAILURE_LIMIT
    locked = AccessAttempt.objects.filter(
        failures_since_start__gte=limit, attempt_time__gt=now - _cool_off()
    ).count()
    yield GaugeMetricFamily("payung_locked_out", "Names locked at an address now", value=locked)
    found = installation()
    when = found.backed_up.timestamp() if found and found.backed_up else 0
    yield GaugeMetricFamily(
        "payung_last_backup_timestamp_seconds", "When the last backup was made", value=when
    )


def _cool_off() -> Any:
    from axes.helpers import get_cool_off

    return get_cool_off()
