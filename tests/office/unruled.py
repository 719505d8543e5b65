"""A URL table that forgot a rule."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path

from payung.office.urls import urlpatterns as ruled


def forgotten(request: HttpRequest) -> HttpResponse:
    """Return a page that nobody gave a rule."""
    return HttpResponse("open to all")


urlpatterns = [*ruled, path("unruled/", forgotten)]
