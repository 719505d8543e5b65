"""How long the head's page takes: people, a year of paid months, a decree; many readers while a bill is drawn up.

.venv/bin/python bench/head_page.py [--people 100000] [--months 12] [--readers 50] [--seconds 60] [--home FOLDER]

SQLite in ``--home`` (a folder of its own, thrown away, where none is named; filled where it is empty), or the
PostgreSQL that ``PAYUNG_DATABASE`` names. The office is opened by ``payung serve`` with two processes and its worker;
each reader has an account of their own (head of the district, inspectorate, dinas, sub-district heads), opens the page
and rests 0.2 to 2 seconds. Meanwhile a bill of everybody is drawn up by a third process, and again. ``--statements``
prints what the page asks the database, and its milliseconds of this process.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import random
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import months as register

SHOWN = 8  # statements
ROLES = ("bupati", "inspektorat", "dinsos", "camat", "camat")  # of the readers, again and again
BILL = """
from payung.office.service import start
start.load(make=False)
import time
from django.db import transaction
from payung.office.bills.actions import draw_up
from payung.office.programme.models import Line
while True:
    begun = time.process_time(), time.perf_counter()
    with transaction.atomic():
        made = draw_up(by="bench", month="2026-11", line=Line.objects.get())
        transaction.set_rollback(True)  # and again, as long as they read
    people, cpu = sum(one.people for one in made.bills), time.process_time() - begun[0]
    print(f"  bill of {people:,} people: {cpu:.0f} ({time.perf_counter() - begun[1]:.0f}) s", flush=True)
"""


def people() -> None:
    """Give everybody a birth date and a category, as a register has them."""
    from django.db import connection

    from payung.office.people.models import Person, Standing

    with connection.cursor() as cursor:
        first = "DATE('1955-01-01', '+' || (id * 7919 % 22000) || ' days')"
        if connection.vendor == "postgresql":
            first = "DATE '1955-01-01' + (id * 7919 % 22000)::int"
        cursor.execute(f"UPDATE people_person SET birth_date = {first}")
    key, village = Person.objects.values_list("pk", "village_code").order_by("pk")[0]
    row = Standing.objects.create(person_id=key, category="rentan", village_code=village)
    kinds = ("rentan", "bpd", "ketua_rt", "mandiri")
    category = " ".join(f"WHEN {at} THEN '{kind}'" for at, kind in enumerate(kinds))
    told = {
        "person_id": "p.id",
        "category": f"CASE p.id % 4 {category} END",
        "village_code": "p.village_code",
    }
    register.copied(Standing, row.pk, 0, told, f"people_person p ON p.id <> {key}")


def office(readers: int) -> list[str]:
    """Make the places and the readers' accounts; return the word of a session of each."""
    from django.test import Client

    from payung.office.accounts import actions
    from payung.office.accounts.models import User
    from payung.office.people.models import Person
    from payung.office.regions.models import Region

    codes = set(Person.objects.order_by().values_list("village_code", flat=True).distinct())
    rows = {"62.03": "regency"}
    rows |= {code.rpartition(".")[0]: "subdistrict" for code in codes}
    rows |= dict.fromkeys(codes, "village")
    if not Region.objects.exists():
        Region.objects.bulk_create(Region(code=code, name=code, level=level) for code, level in rows.items())
    below = sorted(code for code, level in rows.items() if level == "subdistrict")
    words = []
    for number in range(readers):
        role = ROLES[number % len(ROLES)]
        name = f"pembaca{number}"
        user = User.objects.filter(username=name).first()
        if user is None:
            user = actions.create_user(
                by="bench",
                username=name,
                name="Pembaca",
                password=f"sandi-yang-panjang-{number}",
                temporary=False,
            )
            place = below[number % len(below)] if role == "camat" else "62.03"
            actions.give_role(by="bench", user=user, role=role, region_code=place, starts=dt.date(2020, 1, 1))
        client = Client(HTTP_HOST="127.0.0.1")
        client.force_login(user)
        words.append(client.cookies["sessionid"].value)
    return words


def statements(word: str) -> None:
    """Print what a reading of the page costs this process: after a deed of somebody, and the one that follows."""
    from django.db import connection, transaction
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from payung.office.history.actions import Entry, record

    client = Client(HTTP_HOST="127.0.0.1")
    client.cookies["sessionid"] = word
    client.get("/ringkasan/")  # the code is read
    with transaction.atomic():
        deed = Entry("list.export", "list:bench", reason="bench", after={"rows": 1})
        record(by="bench", entries=[deed])
    for name in ("first page after a deed", "the next one"):
        cpu = time.process_time()
        with CaptureQueriesContext(connection) as found:
            assert client.get("/ringkasan/").status_code == 200
        took = 1000 * (time.process_time() - cpu)
        asked = 1000 * sum(float(one["time"]) for one in found.captured_queries)
        print(f"  {name}: {took:.0f} ms of the process, {len(found)} statements ({asked:.0f} ms)", flush=True)
    for one in sorted(found.captured_queries, key=lambda one: -float(one["time"]))[:SHOWN]:
        print(f"    {one['time']}  {one['sql'][:150]}")


def tally() -> None:
    """Let the figures be counted once, as the worker does."""
    from payung.office.insight import work
    from payung.office.insight.models import Tally
    from payung.office.jobs import worker

    cpu, clock = time.process_time(), time.perf_counter()
    work.look()
    worker.run_one()
    size = len(Tally.objects.get().cells) / 1024
    took = time.process_time() - cpu
    print(
        f"  all figures counted by the job: {took:.0f} ({time.perf_counter() - clock:.0f}) s, {size:.0f} kB kept"
    )


class Reader(threading.Thread):
    """Opens the page again and again, as one account; keeps milliseconds and faults."""

    def __init__(self, address: str, word: str, seed: int, until: float) -> None:
        super().__init__()
        self.asked = urllib.request.Request(f"{address}/ringkasan/", headers={"Cookie": f"sessionid={word}"})
        self.draws, self.until = random.Random(seed), until
        self.times: list[float] = []
        self.faults: list[str] = []

    def run(self) -> None:
        """Read until the time is over."""
        while time.monotonic() < self.until:
            time.sleep(self.draws.uniform(0.2, 2))
            begun = time.perf_counter()
            try:
                with urllib.request.urlopen(self.asked, timeout=60) as answer:
                    page = answer.read()
                if answer.url != self.asked.full_url or b"answer-share" not in page:
                    self.faults.append(f"another page: {answer.url}")
            except OSError as error:  # urllib's are among them
                self.faults.append(str(error))
            self.times.append(1000 * (time.perf_counter() - begun))


def read(words: list[str], seconds: float, *, bill: bool) -> list[Reader]:
    """Open the office, let everybody read for a while, with a bill being drawn up; return the readers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-c", "from payung.cli import main; main()"]
    serving = [*command, "serve", "--port", str(port), "--workers", "2"]
    server = subprocess.Popen(serving, stdout=subprocess.DEVNULL)
    drawing = None
    try:
        address = f"http://127.0.0.1:{port}"
        for _ in range(600):
            try:
                urllib.request.urlopen(f"{address}/sehat/", timeout=5).close()
                break
            except OSError:
                time.sleep(0.2)
        warm = [Reader(address, word, seed, 0) for seed, word in enumerate(words)]
        for one in warm * 2:  # both processes have read their code
            urllib.request.urlopen(one.asked, timeout=60).close()
        drawing = subprocess.Popen([sys.executable, "-c", BILL]) if bill else None
        until = time.monotonic() + seconds
        readers = [Reader(address, word, seed, until) for seed, word in enumerate(words)]
        for one in readers:
            one.start()
        for one in readers:
            one.join()
    finally:
        if drawing is not None:
            drawing.terminate()
            drawing.wait()
        server.terminate()
        server.wait(timeout=120)
    return readers


def told(readers: list[Reader]) -> None:
    """Print how long the pages took."""
    times = sorted(took for one in readers for took in one.times)
    faults = [fault for one in readers for fault in one.faults]
    at = [times[min(len(times) * share // 100, len(times) - 1)] for share in (50, 95, 99)]
    print(f"  {len(readers)} readers: {len(times)} pages, {len(faults)} faults {faults[:3]}")
    print(
        f"  p50 {at[0]:.0f} ms, p95 {at[1]:.0f} ms, p99 {at[2]:.0f} ms, longest {times[-1]:.0f} ms",
        flush=True,
    )


def main() -> None:
    """Fill an empty office, and read its first page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--months", type=int, default=12)
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--home", type=Path)
    parser.add_argument("--no-bill", action="store_true")
    parser.add_argument("--statements", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as own:
        home = asked.home or Path(own)
        os.environ |= {"PAYUNG_HOME": str(home), "PAYUNG_SECOND_FACTOR": "0", "PAYUNG_HOSTS": "127.0.0.1"}
        from payung.office.service import start

        start.load(make=True)

        from django.core.management import call_command
        from django.db import connection

        from payung.office.months.models import Posting
        from payung.office.people.models import Person

        call_command("migrate", interactive=False, verbosity=0)
        if not Person.objects.exists():
            cpu, clock = time.process_time(), time.perf_counter()
            line = register.fill(asked.people, register.LAST, 1)
            people()
            register.history(line, register.LAST, asked.months, lifelike=True, missing=50, proven=True)
            print(f"filled in {time.process_time() - cpu:.0f} ({time.perf_counter() - clock:.0f}) s")
        words = office(asked.readers)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        rows = sum(Posting.objects.values_list("people", flat=True))
        print(f"{connection.vendor}: {Person.objects.count():,} people, {rows:,} paid months", flush=True)
        tally()
        if asked.statements:
            statements(words[0])
        connection.close()
        told(read(words, asked.seconds, bill=not asked.no_bill))


if __name__ == "__main__":
    main()
