"""The checks that the history, what guards it, and the tables that it speaks of are what the office made them."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Iterator

from django.apps import apps
from django.db import connection
from django.db.models import Count, Min

from payung.office import guards
from payung.office.face import Finding
from payung.office.history import chain, ddl, marks, verdicts, watch
from payung.office.history.models import Event, Head
from payung.office.service import installation
from payung.office.vault import bindings
from payung.text import Text

FEW = 20  # findings of one kind that are listed
APART = dt.timedelta(hours=1)  # what the first account may be older than the first event
# What was done, and the table that cannot be empty after it: nothing takes those rows away again.
MADE = {
    "answer.upload": "answers.Answer",
    "batch.send": "exchange.Batch",
    "bill.draw": "bills.Bill",
    "closing.close": "reconciliation.Closing",
    "decree.sign": "programme.Decree",
    "months.post": "months_posting",
    "payment.arrive": "bills.Payment",
    "person.standing": "people.Standing",
    "post.create": "posts.Post",
    "regions.load": "regions.Region",
    "submission.accept": "submissions.Submission",
}
# One event is one row, and no row of these ever goes.
COUNTED = {"person.create": "people.Person", "user.create": "accounts.User"}


def verify(noted: Iterable[chain.Noted] = ()) -> chain.Verdict:
    """Walk the chain; compare it with every link that was noted (and with ``noted``) and the age of the office."""
    verdict = chain.verify([*marks.noted(), *noted])
    if verdict.broken_at is not None:
        return verdict
    from payung.office.accounts.models import User

    first = User.objects.aggregate(first=Min("created"))["first"]
    if verdict.events == 0:
        used = first is not None or (installation.installation() is not None and in_use())
        return chain.Verdict(0, verdict.chain, 1, "empty") if used else verdict
    since = Head.objects.values_list("since", flat=True).get(pk=1)
    if first is not None and since is not None and since > first + APART:
        return chain.Verdict(
            verdict.events, verdict.chain, 1, "anew", f"{first:%Y-%m-%d}", verdict.keyed_from
        )
    return verdict


def in_use() -> bool:
    """Tell whether anything of an office is there: places or people."""
    from payung.office.people.models import Person
    from payung.office.regions.models import Region

    return Region.objects.exists() or Person.everybody.exists()


def of_history() -> Iterator[Finding]:
    """Walk the chain of the history, compared with every link that this machine noted."""
    verdict = verify()
    if verdict.broken_at is not None:
        yield Finding("history.broken", f"event:{verdict.broken_at}", verdicts.sentence(verdict))


def of_guards() -> Iterator[Finding]:
    """Look whether the database still refuses what it refused after the last migration."""
    wanted = [*ddl.FIRST[connection.vendor], *guards.names(ddl.guards(connection.vendor))]
    for name in guards.missing(wanted):
        told = Text(
            f"Basis data tidak lagi menolak perubahan riwayat (pemicu {name} hilang): pulihkan dari cadangan.",
            f"The database no longer refuses to change the history (the trigger {name} is gone): restore a backup.",
        )
        yield Finding("history.open", name, told)
    if not watch.is_noted() and installation.installation() is None:
        return  # never opened by `payung serve`
    for name, told in watch.differing():
        yield Finding("guards.changed", name, told)


def of_emptied() -> Iterator[Finding]:
    """Look whether tables are empty, or shorter, though the history says that rows were put into them."""
    asked = Event.objects.filter(action__in=[*MADE, *COUNTED]).order_by().values_list("action")
    for action, many in sorted(asked.annotate(many=Count("pk"))):
        name = MADE.get(action) or COUNTED[action]
        table = apps.get_model(name)._meta.db_table if "." in name else name
        least = many if action in COUNTED else 1
        if (there := _rows(table, least)) < least:
            told = Text(
                f"Tabel {table} berisi {there} baris, padahal riwayat mencatat {least} kali {action}: pulihkan dari "
                "cadangan.",
                f"The table {table} has {there} rows though the history has {action} {least} times: restore a backup.",
            )
            yield Finding("table.empty", table, told)


def of_sealed() -> Iterator[Finding]:
    """Look whether every sealed value opens in its own row and is what the index beside it says."""
    for where, error in itertools.islice(bindings.moved(), FEW):
        told = Text(
            f"Nilai tersegel pada {where} bukan milik baris itu: simpan salinan basis data, pulihkan dari cadangan.",
            f"The sealed value in {where} is not that of its row: keep a copy of the database, restore a backup.",
        )
        yield Finding("sealed.moved", where, error.message if error else told)
    if many := bindings.unbound():
        told = Text(
            f"{many} baris menyimpan nilai dari versi lama yang belum terikat pada barisnya: payung serve mengikatnya "
            "dalam sehari, kecuali baris yang terkunci (kiriman).",
            f"{many} rows hold values of an earlier version that are not bound to their rows yet: payung serve binds "
            "them within a day, but for rows that are closed (batches that were sent).",
        )
        yield Finding("sealed.unbound", "sealed", told, fault=False)


def _rows(table: str, least: int) -> int:
    """Return how many rows a table has; more than ``least`` are not counted one by one where one is enough."""
    limit = " LIMIT 1" if least == 1 else ""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM (SELECT 1 FROM {connection.ops.quote_name(table)}{limit}) rows")
        return int(cursor.fetchone()[0])
