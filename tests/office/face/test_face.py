"""An app is its folder and one line of settings: a tiny one is found everywhere without touching anything else."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

FILES = {
    "__init__.py": "",
    "face.py": """
from payung.office.access.permissions import Permission
from payung.office.face import Deed, Entry, Face, Figure, Finding, Noun, Task
from payung.text import Text

DONE = []
FACE = Face(
    menu=(Entry(35, "tiny_home", Text("Mungil", "Tiny"), "list", (Permission.LOG_VIEW,)),),
    deeds={
        "tiny.do": Deed(
            Text("Yang mungil dilakukan", "The tiny was done"), names={"fee": (Text("biaya", "fee"), "rupiah")}
        )
    },
    nouns={"tiny": Noun(Text("si mungil", "tiny thing"), "tiny_show")},
    waits=lambda user: [Task(Text("Mungil menunggu", "Tiny waits"), 3, 0, "/mungil/")],
    figures=lambda user: [Figure(Text("Angka mungil", "Tiny figure"), 77, "/mungil/")],
    jobs={"tiny.work": lambda ticket: DONE.append(ticket.subject)},
    checks=(lambda: [Finding("tiny", "here", Text("salah", "wrong"))],),
)
""",
    "urls.py": """
from django.http import HttpResponse
from payung.office.access.pages import needs, page
from payung.office.access.permissions import Permission
urlpatterns = [
    page("mungil/", lambda request: HttpResponse("halo"), needs(Permission.LOG_VIEW), name="tiny_home"),
    page("mungil/<int:key>/", lambda request, key: HttpResponse("satu"), needs(Permission.LOG_VIEW), name="tiny_show"),
]
""",
}
SETTINGS = 'from payung.office.settings import *\nINSTALLED_APPS = [*INSTALLED_APPS, "tiny"]\n'
LOOK = """
import django; django.setup()
import datetime as dt
from django.core.management import call_command
call_command("migrate", verbosity=0)
from django.conf import settings
from django.test import Client
from django.urls import get_resolver
from payung.office.access.pages import Rule
from payung.office.accounts import actions
from payung.office.desk.labels import changes
from payung.office.face import deeds, faces
from payung.office.jobs import queue, worker
from payung.office.regions.models import Region

Region.objects.create(code="62.03", name="Kapuas", level="regency")
user = actions.create_user(by="t", username="pengguna", name="U", password="sandi-yang-panjang", temporary=False)
actions.give_role(by="t", user=user, role="inspektorat", region_code="62.03", starts=dt.date(2020, 1, 1))
client = Client(); client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[1])
home = client.get("/").content.decode()
assert "Mungil" in home and "Mungil menunggu" in home and "Angka mungil" in home and ">77<" in home, home
assert client.get("/mungil/").content == b"halo"
pages = {page.name: page.callback.rule for page in get_resolver().url_patterns}
assert isinstance(pages["tiny_home"], Rule)
assert deeds()["tiny.do"].en == "The tiny was done"
assert changes(None, {"fee": 16800}, "tiny.do") == ["biaya: Rp16.800"]
from payung.office.front import subjects
assert subjects.words("tiny:7") == "si mungil 7"
assert subjects.address("tiny:7", user) == "/mungil/7/"
assert subjects.words("user:pengguna").startswith("U, ") and subjects.address("user:pengguna", user) == ""
assert subjects.words("unheard:7") == "unheard:7"
from django.db import transaction
with transaction.atomic():
    queue.ask(by="t", kind="tiny.work", subject="x:1")
queue.BEAT = 600.0
assert worker.run_all() == 1
import tiny.face
assert tiny.face.DONE == ["x:1"]
assert any(finding.code == "tiny" for face in faces() for check in face.checks for finding in check())
print("found everywhere")
"""


def test_tiny_app_is_found_in_menu_first_page_history_pages_and_worker(tmp_path: Path) -> None:
    (tmp_path / "tiny").mkdir()
    (tmp_path / "home").mkdir()
    for name, text in FILES.items():
        (tmp_path / "tiny" / name).write_text(text)
    (tmp_path / "tiny_settings.py").write_text(SETTINGS)
    environment = {
        **os.environ,
        "PYTHONPATH": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "tiny_settings",
        "PAYUNG_HOME": str(tmp_path / "home"),
        "PAYUNG_HOSTS": "testserver",
        "PAYUNG_SECOND_FACTOR": "0",
        "PAYUNG_DATABASE": "",
    }
    told = subprocess.run(
        [sys.executable, "-c", LOOK], env=environment, capture_output=True, text=True, check=False
    )
    assert "found everywhere" in told.stdout, told.stderr
