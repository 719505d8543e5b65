"""The office as a WSGI application; started by `payung serve`."""

from __future__ import annotations

import os
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from payung.office.service.parent import follow_parent


def _application() -> Any:
    """Return the office behind what receives bodies and, where that is asked for, counts requests."""
    from payung.office.service import bodies, temporary

    made: Any = get_wsgi_application()
    from payung.office.history import demonstration
    from payung.office.service import pristine

    demonstration.look()
    pristine.go_on()  # the process before this one may have been killed while it put a demonstration back
    temporary.use(settings.HOME)
    made = bodies.Guarded(made, threads=settings.ENVIRONMENT.threads)
    if settings.ENVIRONMENT.metrics_token:
        from payung.office.service import figures

        folder = os.environ.get("PROMETHEUS_MULTIPROC_DIR", "")
        made = figures.Measured(made, token=settings.ENVIRONMENT.metrics_token, folder=folder)
    return made


follow_parent()
os.umask(0o077)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "payung.office.settings")
application = _application()
