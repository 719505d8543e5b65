"""The public page asked about ten thousand numbers, as whoever tries them all would: what is learned is little."""

from __future__ import annotations

import datetime as dt
import http.client
import re
import statistics
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
import accessworld
import pytest
from attackworld import VILLAGE, Attacked, Visitor
from figures import tried
from serviceworld import Open, needs_styles

from payung.office.check import limits
from payung.office.check.pages import TAKES

assert accessworld.OFFICE  # sets Django up
pytestmark = [pytest.mark.slow, needs_styles]
OFFICE = Path(__file__).parents[1] / "office"
BORN = [
    dt.date(1980, month, 1 + day) for day in range(10) for month in range(1, 6)
]  # fifty birth dates known
SERIALS = 200
ADDRESSES = 1000
AT_ONCE = 20
# Every tenth number has somebody, paid up to this month; nobody of the invented district is asked about.
FILL = f"""
import sys
sys.path.insert(0, {str(OFFICE)!r})
import datetime as dt
from django.db import transaction
from django.utils import timezone
from monthsworld import pay
from officeworld import listing
from payung.law import months
from payung.office.people import actions as register
born = [dt.date.fromisoformat(day) for day in {[day.isoformat() for day in BORN]!r}]
people = [
    listing(number, nik=f"621099{{day:%d%m%y}}{{number:04d}}", birth_date=day, name=f"RAHASIA {{day:%m%d}} {{number}}")
    for day in born for number in range(10, {SERIALS} + 1, 10)
]
now = months.month_of(timezone.localdate())
with transaction.atomic():
    landed = register.land(by="t", listings=people, village_code="{VILLAGE}", source="t:1")
pay([one.person.pk for one in landed], months.between(months.add(now, -3), now), f"{{months.add(now, -3)}}-01")
print(len(landed))
"""
WORDS = ("Terlindungi", "Tidak terlindungi", "Hubungi kantor desa", "Terlalu banyak pertanyaan")


def _nik(born: dt.date, serial: int) -> str:
    return f"621099{born:%d%m%y}{serial:04d}"


class Asking:
    """One line to the office over which anybody of any address asks."""

    def __init__(self, office: Open, token: str) -> None:
        self.line = http.client.HTTPConnection("127.0.0.1", office.port, timeout=60)
        self.token = token

    def __enter__(self) -> Asking:
        return self

    def __exit__(self, *_: object) -> None:
        self.line.close()

    def ask(self, nik: str, born: dt.date, address: str) -> tuple[int, str, float]:
        """Return status, page and the seconds that it took."""
        form = f"csrfmiddlewaretoken={self.token}&nik={nik}&birth_date={born.isoformat()}"
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"csrftoken={self.token}",
            "X-Forwarded-For": address,
        }
        begun = time.monotonic()
        self.line.request("POST", "/periksa/", form, headers)
        answer = self.line.getresponse()
        page = answer.read().decode()
        return answer.status, page, time.monotonic() - begun


def _token(office: Open) -> str:
    visitor = Visitor(office.address)
    assert visitor.get("/periksa/")[0] == 200
    return next(str(cookie.value) for cookie in visitor.jar if cookie.name == "csrftoken")


def _word(page: str) -> str:
    """Return which of the sentences an answer says; of what it says besides, nothing differs."""
    (told,) = re.findall(r'<div class="alert.*?</div>', page, re.DOTALL)
    return next(word for word in reversed(WORDS) if word in told)


def _shared(work: Iterator[Any], do: Callable[[Any, Asking], None], office: Open, token: str) -> None:
    """Do all of ``work``, some at a time, each on a line of its own."""
    lock = threading.Lock()

    def run() -> None:
        with Asking(office, token) as asking:
            while True:
                with lock:
                    one = next(work, None)
                if one is None:
                    return
                do(one, asking)

    threads = [threading.Thread(target=run) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.mark.usefixtures("long_attack")
def test_ten_thousand_numbers_teach_hardly_anything(attacked: Attacked) -> None:
    """Fifty birth dates are known, two hundred numbers of each are tried; every tenth number is covered."""
    assert int(attacked.python(FILL)) == len(BORN) * SERIALS // 10
    events = attacked.sql("SELECT count(*) FROM history_event")
    answers: list[tuple[int, int, str, str]] = []
    with attacked.open(PAYUNG_PROXIES="1", PAYUNG_DATABASE_POOL="1") as office:  # as it really runs
        token = _token(office)
        begun = time.time()

        def try_one(place: int, asking: Asking) -> None:
            # From many addresses in turn, birth dates mixed: the best that the limits leave to somebody in haste.
            born, serial = BORN[place % len(BORN)], 1 + place // len(BORN)
            address = f"203.0.{place % ADDRESSES // 250}.{1 + place % ADDRESSES % 250}"
            status, page, took = asking.ask(_nik(born, serial), born, address)
            assert "RAHASIA" not in page
            assert _nik(born, serial) not in page
            assert status == 503 or took >= TAKES
            answers.append((status, place, _word(page) if status != 503 else "", born.isoformat()))

        _shared(iter(range(len(BORN) * SERIALS)), try_one, office, token)
        hours = int(time.time()) // 3600 - int(begun) // 3600 + 1
        assert office.health()[0] == 200
        assert Visitor(office.address).sign_in("operator").get("/orang/")[0] == 200
        log = office.log
    statuses = Counter(status for status, *_ in answers)
    assert set(statuses) <= {200, 429, 503}, statuses
    assert len(answers) == len(BORN) * SERIALS
    assert 0 < statuses[200] <= limits.BY_ALL * hours
    assert max(Counter(born for status, _, _, born in answers if status == 200).values()) <= limits.BY_STEM
    # What is refused says the same of everybody; what is answered tells of a tenth, as of any number.
    assert {word for status, _, word, _ in answers if status == 429} == {"Terlalu banyak pertanyaan"}
    found = sum(word == "Terlindungi" for _, _, word, _ in answers)
    assert found <= statuses[200] // 5
    # Nothing of it stays: neither in the log nor in the history nor beside the prints.
    assert not re.search(r"621099\d{6}", log)
    assert attacked.sql("SELECT count(*) FROM history_event WHERE subject LIKE 'check%'") == [(0,)]
    assert attacked.sql("SELECT count(*) FROM history_event")[0][0] - events[0][0] < 10
    assert not any("621099" in str(row) for row in attacked.sql("SELECT * FROM check_asked"))
    assert attacked.payung("verify-history").returncode == 0
    tried("numbers tried on the public page from a thousand addresses", len(answers), through=statuses[200])


@pytest.mark.usefixtures("long_attack")
def test_time_of_an_answer_tells_nothing(attacked: Attacked) -> None:
    """Covered, unknown, known with another birth date, refused: each takes what every answer takes."""
    attacked.python(FILL)
    times: dict[str, list[float]] = {}
    with attacked.open(PAYUNG_PROXIES="1") as office, Asking(office, _token(office)) as asking:
        for turn in range(12):
            born, other = BORN[turn], BORN[turn + 1]
            for name, nik, day in (
                ("covered", _nik(born, 10), born),
                ("unknown", _nik(born, 11), born),
                ("another birth date", _nik(born, 20), other),
            ):
                status, page, took = asking.ask(nik, day, f"198.51.100.{turn + 1}")
                assert (status, _word(page) == "Terlindungi") == (200, name == "covered")
                times.setdefault(name, []).append(took)
        for turn in range(3 * limits.BY_ADDRESS):  # an hour may begin in between
            status, _, took = asking.ask(
                _nik(BORN[turn % len(BORN)], 30), BORN[turn % len(BORN)], "198.51.100.99"
            )
            if status == 429:
                times.setdefault("refused", []).append(took)
            if len(times.get("refused", [])) == 12:
                break
    fastest = {name: min(each) for name, each in times.items()}
    middle = {name: statistics.median(each) for name, each in times.items()}
    assert len(times["refused"]) == 12
    assert min(fastest.values()) >= TAKES, fastest
    # The fastest of twelve is what the work itself takes, whatever else the machine did.
    assert max(fastest.values()) - min(fastest.values()) < TAKES / 4, (fastest, middle)
