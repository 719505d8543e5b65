"""What somebody sees when a form came from a page that is too old."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from payung.office.access.requests import page_before
from payung.office.desk.words import say
from payung.office.service import origins
from payung.text import Text


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Send the person back to the page, with a sentence instead of a fault."""
    sentence = Text(
        "Halaman itu terlalu lama terbuka, jadi belum tersimpan. Kirim lagi dari sini.",
        "That page was open too long, so nothing was saved. Send it again from here.",
    )
    messages.error(request, say(origins.sentence(request, reason) or sentence))
    return redirect(request.path if request.path.startswith("/masuk/") else page_before(request))
