"""Changing the secret of an office that is closed: everything that it seals or finds is written anew.

Files first, each by itself; then all rows and the history in one transaction; then the secret. The new secret lies
beside the old one (``secret.next``) until all is done: a change that was cut off goes on when it is asked for again,
and until then nothing else opens the office.

What only the old key can tell stays as it is: links of events of before (their key is kept, sealed with the new
secret), prints of numbers in the history, backups of before (they open with the old secret).
"""

from __future__ import annotations

import dataclasses
import json
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction
from django.utils import timezone

from payung.errors import InputError, MissingDataError
from payung.office.history import chain, watch
from payung.office.history.actions import BY_ITSELF, Entry, record
from payung.office.history.models import Event, Head, PastKey
from payung.office.service import foundation, installation, tables
from payung.office.service.environment import SECRET_FILE, Environment
from payung.office.vault import bindings
from payung.office.vault.files import MAGIC, is_sealed, sealing, unsealing
from payung.office.vault.sealed import blind, seal, unseal
from payung.text import Text

NEXT = installation.NEXT_SECRET
CHUNK = 500
NUMBERS = ("nik", "kk", "kpj", "phone")  # what blind indexes are of
Says = Callable[[Text], None]


def is_under_way(home: Path) -> bool:
    """Tell whether a change of the secret was begun and not ended."""
    return (home / NEXT).exists()


def rotate(*, reason: str, says: Says) -> dict[str, int]:
    """Change the secret of this closed office, or go on with a change that was cut off; return what was written anew.

    Raises :class:`InputError` without a reason, where the office is open, where its secret does not lie in its home,
    and where something does not open with the secret of now: then nothing but files was changed, and it goes on.
    """
    from payung.office.jobs import health

    old: Environment = settings.ENVIRONMENT
    path = old.home / SECRET_FILE
    if not reason.strip():
        raise InputError(Text("Tulis alasannya.", "Write the reason."), at="reason")
    if not path.is_file() or path.read_text(encoding="utf-8").strip() != old.secret:
        raise InputError(
            Text(
                f"Rahasia kantor ini berasal dari PAYUNG_SECRET: simpan dahulu di {path} (chmod 600), lalu kosongkan "
                "PAYUNG_SECRET.",
                f"The secret of this office comes from PAYUNG_SECRET: put it into {path} (chmod 600) first, then leave "
                "PAYUNG_SECRET empty.",
            )
        )
    if health.worker_lives(timezone.now()):
        raise InputError(
            Text(
                "Kantor masih buka: tutup dulu payung serve dan payung worker (tunggu satu menit bila dimatikan "
                "paksa).",
                "The office is open: end payung serve and payung worker first (wait a minute where they were killed).",
            )
        )
    if not is_under_way(old.home):
        _refuse_what_is_not_whole()
        foundation.write_whole(old.home / NEXT, secrets.token_hex(32) + "\n")
    new = dataclasses.replace(old, secret=(old.home / NEXT).read_text(encoding="utf-8").strip())
    done = {"files": _files(old, new, says)}
    found = installation.installation()
    if found is None or found.secret != _print(new):  # else only the last step is left
        done |= _database(old, new, reason.strip()[:300], says)
    _put_in_place(old.home)
    return done


def _refuse_what_is_not_whole() -> None:
    """Refuse an office that is of another version or secret, or whose history or guards somebody changed.

    What is written anew would hide it.
    """
    from payung.office.service import proofs

    installation.refuse_newer()
    installation.refuse_another_secret()
    if waiting := installation.pending():
        raise InputError(
            Text(
                f"Basis data belum memuat {waiting[0]}: jalankan payung serve sekali, lalu tutup lagi.",
                f"The database lacks {waiting[0]}: run payung serve once, then close it again.",
            )
        )
    for look in (proofs.of_history, proofs.of_guards, proofs.of_sealed):
        for finding in look():
            if finding.fault:
                raise InputError(finding.what)


def _print(environment: Environment) -> str:
    return environment.key("fingerprint").hex()


def _put_in_place(home: Path) -> None:
    """Let the new secret be that of the office; the old one stays beside it, for backups of before."""
    kept = home / f"secret-{timezone.localdate():%Y-%m-%d}.old"
    if not kept.exists():
        os.link(home / SECRET_FILE, kept)
    (home / NEXT).replace(home / SECRET_FILE)


@contextmanager
def _with(environment: Environment) -> Iterator[None]:
    """Let this process work with the keys of ``environment``."""
    before = (settings.ENVIRONMENT, settings.FIELD_KEY, settings.INDEX_KEY)
    settings.ENVIRONMENT = environment
    settings.FIELD_KEY, settings.INDEX_KEY = environment.key("fields"), environment.key("blind index")
    try:
        yield
    finally:
        settings.ENVIRONMENT, settings.FIELD_KEY, settings.INDEX_KEY = before


def _files(old: Environment, new: Environment, says: Says) -> int:
    """Seal every file with the new key in place of itself; those that have it already stay. Return how many."""
    many, root = 0, Path(settings.MEDIA_ROOT)
    before, after = old.key("files"), new.key("files")
    for path in sorted(one for one in root.rglob("*") if one.is_file()):
        with path.open("rb") as file:
            if not is_sealed(file.read(len(MAGIC))) or _opens(path, after):
                continue
        part = path.with_name(f".part-{secrets.token_hex(4)}")
        try:
            with path.open("rb") as source, part.open("wb") as target:
                part.chmod(0o600)
                for piece in sealing(unsealing(source, path.name, key=before), key=after):
                    target.write(piece)
                target.flush()
                os.fsync(target.fileno())
            os.utime(part, ns=(path.stat().st_atime_ns, path.stat().st_mtime_ns))  # rules of keeping go by it
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
        many += 1
        if many % 100 == 0:
            says(Text(f"{many} berkas", f"{many} files"))
    return many


def _opens(path: Path, key: bytes) -> bool:
    with path.open("rb") as file:
        try:
            next(unsealing(file, path.name, key=key), None)
        except MissingDataError:
            return False
    return True


def _database(old: Environment, new: Environment, reason: str, says: Says) -> dict[str, int]:
    with transaction.atomic():
        with tables.without_triggers(connection):
            known = _rows(old, new, says)
            lost = _indexes(known)
            _second_factors(new)
            closed = _forget()
            _chain(old, new)
            apps.get_model("jobs.Installation").objects.filter(pk=1).update(secret=_print(new))
        with _with(new):
            after = {"rows": known.many, "unknown": lost, "links": closed}
            record(by=BY_ITSELF, entries=[Entry("secret.rotate", "office", reason=reason, after=after)])
            if watch.is_noted():
                watch.note()
    return {"rows": known.many, "unknown": lost, "links": closed}


@dataclasses.dataclass
class _Known:
    """What was met on the way: rows that were written anew, and the new blind index of each old one."""

    many: int = 0
    index: dict[str, str] = dataclasses.field(default_factory=dict)


def _rows(old: Environment, new: Environment, says: Says) -> _Known:
    known, field_key = _Known(), new.key("fields")
    before, after = old.key("blind index"), new.key("blind index")
    for model, fields in bindings.sealed_models():
        numbers = [field for field in fields if field.name in NUMBERS]
        for rows in _chunks(model, [str(field.column) for field in fields]):
            changed: list[list[Any]] = []
            for key, *values in rows:
                opened = [
                    None if value is None else unseal(bytes(value), field.place)
                    for field, value in zip(fields, values, strict=True)
                ]
                for field, text in zip(fields, opened, strict=True):
                    if field in numbers and text:
                        known.index[str(blind(text, field.name, key=before))] = str(
                            blind(text, field.name, key=after)
                        )
                    elif text and field not in numbers:
                        _numbers_in(text, known.index, before, after)
                changed.append(
                    [
                        *(
                            None if text is None else seal(str(text), field.place, int(key), key=field_key)
                            for field, text in zip(fields, opened, strict=True)
                        ),
                        key,
                    ]
                )
            _update(model, [str(field.column) for field in fields], changed)
            known.many += len(changed)
        says(Text(f"{model._meta.db_table}: {known.many}", f"{model._meta.db_table}: {known.many}"))
    return known


def _numbers_in(text: str, index: dict[str, str], before: bytes, after: bytes) -> None:
    """Note the numbers that stand in a sealed JSON text (a row of a list, a line of an answer)."""
    try:
        found = json.loads(text)
    except ValueError:
        return
    waiting = [found]
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            waiting += one
        elif isinstance(one, dict):
            waiting += one.values()
            for name in NUMBERS:
                if isinstance(one.get(name), str) and one[name]:
                    index[str(blind(one[name], name, key=before))] = str(blind(one[name], name, key=after))


def _indexes(known: _Known) -> int:
    """Write every blind index anew; return how many are of numbers that no value says any more, and were emptied."""
    lost = 0
    for model in tables.all_models():
        columns = [
            field
            for field in model._meta.concrete_fields
            if isinstance(field, models.CharField) and field.name in {f"{name}_index" for name in NUMBERS}
        ]
        for field in columns:
            for rows in _chunks(model, [str(field.column)]):
                changed = [[known.index.get(value), key] for key, value in rows if value]
                gone = [key for value, key in changed if value is None]
                if gone and not field.null:
                    raise InputError(
                        Text(
                            f"{model._meta.db_table}:{gone[0]}: indeksnya bukan milik nilai mana pun; jalankan payung "
                            "check --only sealed.",
                            f"{model._meta.db_table}:{gone[0]}: its index is of no value; run payung check --only "
                            "sealed.",
                        )
                    )
                _update(model, [str(field.column)], changed)
                lost += len(gone)
    return lost


def _chunks(model: type[models.Model], columns: list[str]) -> Iterator[list[tuple[Any, ...]]]:
    quote, last = connection.ops.quote_name, 0
    key, table = bindings.quote_of(model), quote(model._meta.db_table)
    named = ", ".join([key, *map(quote, columns)])
    while True:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {named} FROM {table} WHERE {key} > %s ORDER BY 1 LIMIT {CHUNK}", [last])
            rows = cursor.fetchall()
        if not rows:
            return
        last = rows[-1][0]
        yield rows


def _update(model: type[models.Model], columns: list[str], rows: list[list[Any]]) -> None:
    quote = connection.ops.quote_name
    named = ", ".join(f"{quote(column)} = %s" for column in columns)
    statement = f"UPDATE {quote(model._meta.db_table)} SET {named} WHERE {bindings.quote_of(model)} = %s"
    with connection.cursor() as cursor:
        cursor.executemany(statement, rows)


def _second_factors(new: Environment) -> None:
    from allauth.mfa.models import Authenticator

    from payung.office.accounts import second_factor

    key = new.key("second factor")

    def again(text: Any) -> Any:
        sealed = isinstance(text, str) and text.startswith(second_factor.SEALED)
        return second_factor.seal(second_factor.unseal(text), key=key) if sealed else text

    for kept in Authenticator.objects.all():
        data = {
            name: [again(one) for one in value] if isinstance(value, list) else again(value)
            for name, value in kept.data.items()
        }
        Authenticator.objects.filter(pk=kept.pk).update(data=data)


def _forget() -> int:
    """Take away what can only be made anew: sessions, hourly counts, links of villages. Return how many links."""
    from django.contrib.sessions.models import Session

    Session.objects.all().delete()
    apps.get_model("check.Asked").objects.all().delete()
    links = apps.get_model("cases.VillageLink").objects.filter(closed_at__isnull=True)
    return int(links.update(closed_at=timezone.now()))


def _chain(old: Environment, new: Environment) -> None:
    """Keep the key of the events so far, and the keys of before, sealed with the new secret; seal the head anew."""
    past = chain.past_keys()
    last = Event.objects.order_by("-number").values_list("number", flat=True).first() or 0
    with _with(old):
        past.append((last, chain.key()))
        head = Head.objects.filter(pk=1).first()
        if head is not None and not chain.sealed(head):
            raise InputError(
                Text(
                    "Ujung riwayat bukan dari kantor ini: jalankan payung verify-history dahulu.",
                    "The end of the history is not of this office: run payung verify-history first.",
                )
            )
    with _with(new):
        PastKey.objects.all().delete()
        own = chain.key_of_seals()
        PastKey.objects.bulk_create(
            PastKey(until=until, sealed=chain.sealed_key(key, until, own)) for until, key in past
        )
        if head is not None:
            Head.objects.filter(pk=1).update(seal=chain.seal(head))
