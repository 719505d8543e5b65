"""What makes the office an app on a phone: manifest, worker, and the page that stands where there is no signal."""

from __future__ import annotations

import hashlib
import json

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse

from payung.office.desk.field import field_pages
from payung.office.desk.words import say
from payung.text import Text

SHELL = (
    "vendor/tabler.min.css",
    "vendor/htmx.min.js",
    *(
        f"payung/{name}"
        for name in ("payung.css", "theme.js", "payung.js", "forms.js", "offline.js", "icon.svg")
    ),
)


def manifest(request: HttpRequest) -> HttpResponse:
    """Tell a browser how the office is installed as an app."""
    icon = {"src": static("payung/icon.svg"), "sizes": "any", "type": "image/svg+xml"}
    told = {
        "name": "Payung",
        "short_name": "Payung",
        "description": say(Text("Perlindungan pekerja desa", "Protection of village workers")),
        "lang": "id",
        "start_url": reverse("home"),
        "scope": "/",
        "display": "standalone",
        "background_color": "#f4f6f6",
        "theme_color": "#0f5e59",
        "icons": [{**icon, "purpose": "any"}, {**icon, "purpose": "maskable"}],
        "shortcuts": [
            {"name": say(Text("Usulkan nama", "Suggest a name")), "url": reverse("suggestion_new")},
            {"name": say(Text("Laporkan kejadian", "Report an event")), "url": reverse("case_report")},
        ],
    }
    response = JsonResponse(told, content_type="application/manifest+json")
    response["Cache-Control"] = "no-cache"
    return response


def worker(request: HttpRequest) -> HttpResponse:
    """Return the worker; another style or script makes another one."""
    shell = [*(static(name) for name in SHELL), reverse("offline")]
    values = {
        "version": hashlib.sha256(json.dumps(shell).encode()).hexdigest()[:12],
        "shell": json.dumps(shell),
        "field": json.dumps(field_pages()),
        "offline": reverse("offline"),
        "open": reverse("public_report", args=["x"]).removesuffix("x/"),
        "static": settings.STATIC_URL,
    }
    response = render(request, "front/worker.js", values, content_type="text/javascript")
    response["Cache-Control"] = "no-cache"
    return response


def offline(request: HttpRequest) -> HttpResponse:
    """Say that there is no signal, and which pages open without one."""
    return render(request, "front/offline.html")
