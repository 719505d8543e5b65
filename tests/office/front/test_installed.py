"""The office as an app on a phone: manifest, worker, the page without a signal, who has which pages laid ready."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_manifest_and_worker_open_for_everybody_under_the_policy() -> None:
    manifest = Client().get("/manifest.webmanifest")
    told = json.loads(manifest.content)
    assert (told["display"], told["start_url"], told["scope"]) == ("standalone", "/", "/")
    worker = Client().get("/pekerja.js")
    assert worker["Content-Type"].startswith("text/javascript")
    assert "default-src 'self'" in worker["Content-Security-Policy"]
    assert '"/usul/baru/"' in worker.content.decode()
    assert Client().get("/luring/").status_code == 200


def test_only_pages_that_open_are_laid_ready(make_user: Any, sign_in: Any) -> None:
    for role, wanted in {
        "ketua_rt": "/usul/baru/ /kejadian/lapor/",
        "operator": "/kejadian/lapor/ /orang/tambah/ /usulan/",
        "donatur": "",
    }.items():
        page = sign_in(make_user(role)).get("/pemberitahuan/").content.decode()
        assert f'data-field-pages="{wanted}"' in page
