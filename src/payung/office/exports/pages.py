"""Asking for a long list, and fetching it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from payung.errors import PayungError
from payung.office.access.requests import user_of
from payung.office.desk.act import act
from payung.office.desk.lists import ListPage
from payung.office.desk.words import say, typed
from payung.office.exports import actions, lists
from payung.office.exports.models import Export
from payung.office.vault.files import unsealing
from payung.text import Text

KINDS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
PREPARED = Text(
    "Daftar ini panjang: berkasnya sedang disiapkan dan muncul di sini.",
    "This list is long: its file is being prepared and will appear here.",
)


def ask(page: ListPage[Any], request: HttpRequest, reason: str, kind: str) -> HttpResponse:
    """Have a long list prepared, and lead to where it will be."""
    told = act(
        request,
        lambda: actions.ask(
            by=user_of(request), address=request.path, query=request.GET.urlencode(), kind=kind, reason=reason
        ),
        to=reverse("export_list"),
        told=PREPARED,
    )
    return told or redirect("export_list")


def fetch(request: HttpRequest) -> HttpResponse:
    """Hand the file out, opened on the way."""
    number = typed(request.POST, "export", 18)
    if request.method != "POST":
        return redirect("export_list")
    try:
        key = int(number) if number.isascii() and number.isdecimal() else 0
        export: Export = actions.fetch(by=user_of(request), key=key)
    except PayungError as error:
        messages.error(request, say(error.message))
        return redirect("export_list")
    file = Path(settings.MEDIA_ROOT) / export.path
    if not file.is_file():
        gone = Text("Berkas itu sudah dihapus: unduh lagi.", "That file was removed: take it out again.")
        messages.error(request, say(gone))
        return redirect("export_list")
    response = StreamingHttpResponse(_opened(file, export.name), content_type=KINDS[export.kind])
    response["Content-Disposition"] = f'attachment; filename="{export.name}"'
    response["Content-Length"] = str(export.size)
    return cast(HttpResponse, response)


def _opened(path: Path, name: str) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield from unsealing(file, name)


def show(request: HttpRequest) -> HttpResponse:
    """The exports of this person; other systems take lists out by themselves."""
    return lists.Exports.as_view()(request)
