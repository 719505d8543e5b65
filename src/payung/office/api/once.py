"""A write happens once a key: the answer is kept in the transaction of what was done.

Same key, same body: the same answer again. Same key, another body: refused. While the first is being done: 409. What
is refused before it is done leaves the key free.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Callable
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from payung.errors import PayungError
from payung.office.api.models import Token, Written
from payung.office.api.problems import Problem
from payung.text import Text

LOST = dt.timedelta(minutes=10)  # after that whoever was doing it was killed; nothing of theirs was kept
KEPT = dt.timedelta(days=30)  # how long a key is remembered
DONE = 201
NO_KEY = Text(
    "Kirim kepala Idempotency-Key (1–80 tanda).", "Send the header Idempotency-Key (1 to 80 signs)."
)


def once(
    *, token: Token, key: str, address: str, body: bytes, do: Callable[[], dict[str, Any]]
) -> tuple[int, dict[str, Any], bool]:
    """Do ``do`` unless it was done under ``key``; return status, answer, and whether it is one of before.

    Raises :class:`Problem` where the key is missing, used for something else, or being used now, and where a rule
    refuses.
    """
    if not 1 <= len(key) <= 80 or not key.isprintable():
        raise Problem("validation", NO_KEY, {"Idempotency-Key": NO_KEY})
    asked = hashlib.sha256(address.encode() + b"\n" + body).hexdigest()
    claim = secrets.token_hex(16)
    held = _claim(token, key, asked, claim)
    if held is not None:
        return held.status, held.body, True
    try:
        with transaction.atomic():
            answer = do()
            kept = Written.objects.filter(token=token, key=key, claim=claim, status=0)
            if not kept.update(status=DONE, body=answer):
                raise Problem(
                    "in-flight", retry_after=1
                )  # somebody took over what seemed lost: theirs counts
    except BaseException as error:
        Written.objects.filter(token=token, key=key, claim=claim, status=0).delete()
        if isinstance(error, PayungError):
            fields = {error.at: error.message} if error.at else {}
            raise Problem("refused", error.message, fields) from None
        raise
    return DONE, answer, False


def _claim(token: Token, key: str, asked: str, claim: str) -> Written | None:
    """Take the key for ``claim``; return what was done under it before, ``None`` where it is ours now."""
    now = timezone.now()
    Written.objects.filter(token=token, at__lt=now - KEPT).exclude(status=0).delete()
    try:
        with transaction.atomic():
            Written.objects.create(token=token, key=key, asked=asked, claim=claim)
    except IntegrityError:
        there = Written.objects.filter(token=token, key=key).first()
        if there is None:
            raise Problem("in-flight", retry_after=1) from None  # it was let go at this very moment
        if there.asked != asked:
            raise Problem("other-body") from None
        if there.status:
            return there
        lost = Written.objects.filter(pk=there.pk, claim=there.claim, status=0, at__lt=now - LOST)
        if not lost.update(claim=claim, at=now):
            raise Problem("in-flight", retry_after=2) from None
    return None
