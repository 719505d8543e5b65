"""Keep an office busy for a while, as people do: readers, and two who upload; then say how it held.

    python bench/office_soak.py [--minutes 10] [--readers 10]

Prints requests, faults, p50 and p95 in milliseconds, the memory of every process as the minutes go, and how fast it
still grew in the second half: what levels off is what was loaded once, what goes on growing is a leak. Memory is what
a process holds itself; pages of files that it has open (the database grows with every list) stand in their own column.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import random
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from pathlib import Path

PASSWORD = "sandi-yang-panjang"
PAGES = ("/", "/orang/", "/orang/?cari=siti", "/papan/", "/riwayat/", "/usulan/")
FILL = f"""
from payung.office.service import start
start.load(make=True)
start.prepare()
import datetime as dt
from payung.office.accounts import actions
from payung.office.regions import actions as regions
from payung.office.regions.models import Region
regions.load(by="soak", district="62.10")
village = Region.objects.filter(level="village").first().code
people = (("operator", "operator", village), ("camat", "camat", village[:8]), ("dinas", "dinsos", "62.10"))
for name, role, place in people:
    user = actions.create_user(by="soak", username=name, name="Rekaan", password="{PASSWORD}", temporary=False)
    actions.give_role(by="soak", user=user, role=role, region_code=place, starts=dt.date(2020, 1, 1))
from payung.office.submissions import actions as intake
print(intake.begin(by="operator", village_code=village, kind="rentan").pk)
"""


class Person:
    """One browser that is signed in."""

    def __init__(self, address: str, name: str) -> None:
        self.address, self.times, self.faults = address, [], []
        self.browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        page = self.ask("/masuk/")
        self.token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
        values = {"csrfmiddlewaretoken": self.token, "login": name, "password": PASSWORD}
        page = self.ask("/masuk/", urllib.parse.urlencode(values).encode())
        self.token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]

    def ask(self, path: str, body: bytes | None = None, kind: str = "") -> str:
        asked = urllib.request.Request(self.address + path, body, {"Content-Type": kind} if kind else {})
        begun = time.perf_counter()
        try:
            with self.browser.open(asked, timeout=60) as answer:
                return str(answer.read().decode(errors="replace"))
        except urllib.error.HTTPError as error:
            if error.code >= 500:
                self.faults.append(error.code)
            error.close()
        except OSError as error:
            self.faults.append(str(error))
        finally:
            self.times.append(time.perf_counter() - begun)
        return ""

    def upload(self, submission: str, number: int) -> None:
        """Send a list of 200 invented people that nobody sent before."""
        day = dt.date(1960, 1, 1) + dt.timedelta(days=number % 15_000)
        rows = [f"629999{day:%d%m%y}{row:04d};ORANG {number} {row};{day:%d-%m-%Y}" for row in range(1, 201)]
        text, mark = "\n".join(["NIK;NAMA;TANGGAL LAHIR", *rows]), uuid.uuid4().hex
        parts = (
            f'--{mark}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{self.token}\r\n'
            f'--{mark}\r\nContent-Disposition: form-data; name="files"; filename="d{number}.csv"\r\n'
            f"Content-Type: text/csv\r\n\r\n{text}\r\n--{mark}--\r\n"
        )
        self.ask(f"/usulan/{submission}/berkas/", parts.encode(), f"multipart/form-data; boundary={mark}")


def memory(parent: int) -> dict[str, int]:
    """Return the megabytes that a process and each of those below it hold themselves, and of files together.

    Proportional set sizes: what several share is counted once. ``files`` is what the system can take back at any time:
    programs, and the pages of the database that SQLite looks into.
    """
    wanted, many = {parent}, {}
    stats = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            stats[int(path.parent.name)] = int(path.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
    for _ in range(4):
        wanted |= {process for process, above in stats.items() if above in wanted}
    for process in sorted(wanted):
        try:
            lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        name = _role(process)
        sizes = {line.split()[0]: int(line.split()[1]) for line in lines[1:]}
        many[name] = many.get(name, 0) + sizes["Pss_Anon:"]
        many["files"] = many.get("files", 0) + sizes["Pss_File:"]
    return {name: held // 1024 for name, held in many.items()}


def _role(process: int) -> str:
    """Return what a process does for the office."""
    try:
        line = Path(f"/proc/{process}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return "gone"
    words = {"service.worker": "worker", "rosters.cells": "reader", " serve ": "serve", "granian": "server"}
    return next((role for word, role in words.items() if word in line), "server")


def watch(parent: int, until: float, every: float) -> list[tuple[float, dict[str, int]]]:
    """Look at the memory now and then, until the time is over; return seconds and megabytes by process."""
    begun, seen = time.monotonic(), []
    while True:
        seen.append((time.monotonic() - begun, memory(parent)))
        if time.monotonic() + every > until:
            return seen
        time.sleep(every)


def growth(seen: list[tuple[float, int]]) -> float:
    """Return the megabytes a minute by which a straight line through what was seen rises."""
    if len(seen) < 2:
        return 0.0
    return 60 * statistics.linear_regression(*zip(*seen, strict=True)).slope


def work(person: Person, until: float, submission: str, seed: int) -> None:
    """Look at pages, or send lists, until the time is over."""
    draws = random.Random(seed)
    while time.monotonic() < until:
        if submission:
            person.upload(submission, draws.randrange(10**6))
            time.sleep(5)
        else:
            person.ask(draws.choice(PAGES))
            time.sleep(draws.uniform(0.2, 2))


def main() -> None:
    """Open a throw-away office, keep it busy, print how it held; code 1 with any fault."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--readers", type=int, default=10)
    parser.add_argument("--quick", action="store_true", help="one minute only")
    asked = parser.parse_args()
    minutes = 1.0 if asked.quick else asked.minutes
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "office"
        values = {"PAYUNG_HOME": str(home), "PAYUNG_DATABASE": "", "PAYUNG_SECOND_FACTOR": "0"}
        surroundings = {**os.environ, **values, "PAYUNG_HOSTS": "127.0.0.1"}
        made = subprocess.run(
            [sys.executable, "-c", FILL], env=surroundings, check=True, capture_output=True, text=True
        )
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        command = [sys.executable, "-c", "from payung.cli import main; main()", "serve", "--port", str(port)]
        server = subprocess.Popen(command, env=surroundings, stdout=subprocess.DEVNULL)
        try:
            address = f"http://127.0.0.1:{port}"
            wait(address)
            people = [Person(address, ("camat", "dinas")[number % 2]) for number in range(asked.readers)]
            senders = [Person(address, "operator") for _ in range(2)]
            until = time.monotonic() + minutes * 60
            threads = [
                threading.Thread(
                    target=work, args=(one, until, made.stdout.strip() if one in senders else "", seed)
                )
                for seed, one in enumerate([*people, *senders])
            ]
            for thread in threads:
                thread.start()
            seen = watch(server.pid, until, minutes * 60 / 20)
            for thread in threads:
                thread.join()
            seen.append((time.monotonic() - until + minutes * 60, memory(server.pid)))
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=60)
    everybody = [*people, *senders]
    times = sorted(value * 1000 for one in everybody for value in one.times)
    faults = [fault for one in everybody for fault in one.faults]
    tenths = statistics.quantiles(times, n=20)
    print(
        f"{minutes:g} minutes, {asked.readers} readers and 2 uploaders: {len(times)} requests, {len(faults)} faults"
    )
    print(f"p50 {tenths[9]:.0f} ms, p95 {tenths[18]:.0f} ms")
    told(seen)
    raise SystemExit(1 if faults else 0)


def told(seen: list[tuple[float, dict[str, int]]]) -> None:
    """Print the memory by process as the minutes went, and how fast it grew in the second half."""
    names = sorted({name for _, held in seen for name in held})
    print(f"{'minute':>7}" + "".join(f"{name:>9}" for name in names) + f"{'all':>9}  MB")
    for at, held in seen:
        row = [*(held.get(name, 0) for name in names), sum(held.values())]
        print(f"{at / 60:>7.1f}" + "".join(f"{one:>9}" for one in row))
    half = seen[len(seen) // 2 :]
    rises = {name: growth([(at, held[name]) for at, held in half if name in held]) for name in names}
    print(
        "MB a minute in the second half: " + ", ".join(f"{name} {rise:+.1f}" for name, rise in rises.items())
    )


def wait(address: str) -> None:
    """Wait until the office answers."""
    for _ in range(300):
        try:
            urllib.request.urlopen(f"{address}/sehat/", timeout=5).close()
            return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the office did not open")


if __name__ == "__main__":
    main()
