"""Making, ending and reading tokens."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets

from django.db import transaction
from django.utils import timezone

from payung.errors import InputError
from payung.office.access.permissions import Permission
from payung.office.accounts.models import Grant, User
from payung.office.api.models import Token
from payung.office.history.actions import Entry, record
from payung.office.regions.tree import contains
from payung.text import Text

PREFIX = "payung_"
LONGEST = 366  # days that a token may hold
# What a token may write. Everything else it may only read, and only what its user may.
WRITES = frozenset(
    {
        *(Permission.SUBMISSION_EDIT, Permission.SUBMISSION_SUBMIT, Permission.SUBMISSION_ENDORSE),
        *(
            Permission.SUBMISSION_ACCEPT,
            Permission.DECREE_EDIT,
            Permission.DECREE_DECIDE,
            Permission.QUOTA_EDIT,
        ),
        *(Permission.BILL_EDIT, Permission.BILL_APPROVE, Permission.BILL_PAY),
        *(Permission.RECONCILIATION_EDIT, Permission.RECONCILIATION_APPROVE),
        *(Permission.CHANGE_EDIT, Permission.CHANGE_APPROVE),
        *(Permission.ANSWER_EDIT, Permission.PAIR_EDIT, Permission.POST_EDIT, Permission.CARD_EDIT),
        *(Permission.CASE_EDIT, Permission.CASE_REPORT, Permission.CASE_RESULT, Permission.LETTER_ISSUE),
    }
)
READ_VERBS = ("view", "count", "read")
READS = frozenset({Permission.REPORT_EXPORT})  # besides: whole lists as files


def print_of(word: str) -> str:
    """Return what is kept of a token: a word of 256 random bits needs no slow hash."""
    return hashlib.sha256(word.encode()).hexdigest()


def make(
    *, by: User, name: str, until: dt.date, writes: bool = False, region_code: str = ""
) -> tuple[Token, str]:
    """Make a token that acts for ``by``; return it and its word, which nobody can see again.

    Raises :class:`InputError` for a day that has passed or is too far, or a place that ``by`` does not see.
    """
    today = timezone.localdate()
    if not today <= until <= today + dt.timedelta(days=LONGEST):
        raise InputError(
            Text(
                f"Pilih hari terakhir antara hari ini dan {LONGEST} hari lagi.",
                f"Choose a last day between today and {LONGEST} days from now.",
            ),
            at="until",
        )
    if region_code and not any(contains(grant.region_code, region_code) for grant in by.grants_now):
        raise InputError(
            Text(f"{region_code} di luar wilayah Anda.", f"{region_code} lies outside of your region."),
            at="region_code",
        )
    word = PREFIX + secrets.token_hex(32)
    with transaction.atomic():
        token = Token.objects.create(
            user=by,
            name=name.strip()[:120],
            print=print_of(word),
            ends=word[-4:],
            writes=writes,
            region_code=region_code,
            until=until,
            by=by.username,
        )
        after = {"name": token.name, "until": str(until), "writes": writes, "region": region_code}
        record(by=by.username, entries=[Entry("token.make", token.subject, after=after)])
    return token, word


@transaction.atomic
def close(*, by: str, token: Token) -> None:
    """End a token; it opens nothing from now on."""
    changed = Token.objects.filter(pk=token.pk, closed_at__isnull=True).update(closed_at=timezone.now())
    if changed:
        record(by=by, entries=[Entry("token.close", token.subject, after={"name": token.name})])


def opened(word: str) -> tuple[Token, User] | None:
    """Return the token of a word and its user, who reaches no further than both; ``None`` where it opens nothing."""
    if not word.startswith(PREFIX) or len(word) > 100:
        return None
    token = Token.objects.filter(print=print_of(word)).select_related("user").first()
    if token is None or not token.holds:
        return None
    user = token.user
    if not user.is_active or user.must_change_password:
        return None
    return token, narrowed(token, user)


def narrowed(token: Token, user: User) -> User:
    """Return ``user`` as ``token`` lets them act: fewer permissions, a smaller place."""
    allowed = {
        permission
        for permission in Permission
        if permission.rpartition(".")[2] in READ_VERBS
        or permission in READS
        or (token.writes and permission in WRITES)
    }
    user.limited = frozenset(allowed)
    if token.region_code:
        user.grants_now = [one for grant in user.grants_now if (one := _within(grant, token.region_code))]
    return user


def _within(grant: Grant, region_code: str) -> Grant | None:
    """Return the part of a grant that lies at ``region_code``; ``None`` where it lies elsewhere. Never saved."""
    if contains(grant.region_code, region_code):
        grant.region_code = region_code
        return grant
    return grant if contains(region_code, grant.region_code) else None
