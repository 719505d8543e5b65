"""The office as a WSGI application; started by `payung serve`."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "payung.office.settings")
application = get_wsgi_application()
