"""The office as a WSGI application; started by `payung serve`."""

from __future__ import annotations

import os
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from payung.office.service.parent import follow_parent

# Where a process of the server keeps its figures: files that are memory. Without room on the disk, writing into such
# memory ends the process; so the room is taken first, or nothing is counted.
KEPT = {f"{kind}_{os.getpid()}.db": 1 << 16 for kind in ("counter", "histogram")}


def _application() -> Any:
    """Return the office behind what receives bodies and, where that is asked for, counts requests."""
    from payung.office.jobs import endings
    from payung.office.service import bodies, temporary

    endings.note(endings.PROCESS)
    made: Any = get_wsgi_application()
    from payung.office.history import demonstration
    from payung.office.service import pristine

    demonstration.look()
    pristine.go_on()  # the process before this one may have been killed while it put a demonstration back
    temporary.use(settings.HOME)
    made = bodies.Guarded(made, threads=settings.ENVIRONMENT.threads)
    folder = os.environ.get("PROMETHEUS_MULTIPROC_DIR", "")
    if settings.ENVIRONMENT.metrics_token and temporary.take(folder, KEPT):
        from payung.office.service import figures

        made = figures.Measured(made, token=settings.ENVIRONMENT.metrics_token, folder=folder)
    return made


follow_parent()
os.umask(0o077)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "payung.office.settings")
application = _application()
