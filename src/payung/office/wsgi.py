"""The office as a WSGI application; started by `payung serve`."""

from __future__ import annotations

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from payung.office import bodies, temporary
from payung.office.following import follow_parent

follow_parent()
os.umask(0o077)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "payung.office.settings")
_application = get_wsgi_application()
temporary.use(settings.HOME)
application = bodies.Guarded(_application, threads=settings.ENVIRONMENT.threads)
