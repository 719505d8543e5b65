"""The writes of policies: proposed with who changes, counted again, approved by somebody else, refused, withdrawn.

Up to :data:`AT_ONCE` people are judged while the page waits; of more a job counts (:mod:`payung.office.policies.work`),
and until it has, the proposal is in round 0 and nobody approves it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from itertools import islice

from django.db import IntegrityError, transaction
from django.utils import timezone

from payung.codes import Level
from payung.errors import InputError
from payung.law import months
from payung.office.access.apart import keep_apart
from payung.office.history.actions import Entry, record
from payung.office.jobs import queue
from payung.office.policies import queries, rules
from payung.office.policies.models import Effect, Policy
from payung.office.policies.states import PolicyState
from payung.office.regions.models import Region
from payung.text import Text

KIND = "policy.count"  # of the job
AT_ONCE = queries.CHUNK  # people who are judged while a page waits
FRESH = dt.timedelta(days=1)  # how old the numbers may be that somebody decides on
PROPOSED = Text("mengusulkan kebijakan ini", "proposed this policy;")


def propose(*, by: str, region_code: str, content: bytes) -> Policy:
    """Keep the policy in ``content`` (YAML) as a proposal for the district, with everybody whose state it changes (of
    many people a job finds them).

    Raises :class:`InputError` for a place that is no district, a file that
    :func:`payung.office.policies.rules.read` refuses, and where a policy was approved for that month already.
    """
    if not Region.objects.filter(code=region_code, level=Level.REGENCY).exists():
        raise InputError(
            Text(
                f"Kebijakan ditetapkan untuk satu kabupaten; {region_code} bukan kabupaten di kantor ini.",
                f"A policy is of one district; {region_code} is no district of this office.",
            ),
            at="region_code",
        )
    read = rules.read(content, timezone.localdate())
    with transaction.atomic():
        taken = Policy.objects.filter(
            region_code=region_code, from_month=read.from_month, state=PolicyState.APPROVED
        )
        if taken.exists():
            raise InputError(_taken(read.from_month), at="file")
        policy = Policy.objects.create(
            region_code=region_code,
            from_month=read.from_month,
            basis=read.basis,
            max_decile=read.max_decile,
            rules_off=list(read.rules_off),
            youngest=read.youngest,
            below=read.below,
            text=read.text,
            by=by,
            round=0,
        )
        _count_or_ask(by, policy)
        record(by=by, entries=[_entry("policy.propose", policy)])
    return policy


def recount(*, by: str, policy: Policy) -> Policy:
    """Count again whose state a proposal changes: people come, go and are moved meanwhile."""
    with transaction.atomic():
        policy = _waiting(policy)
        if _count_or_ask(by, policy):
            record(by=by, entries=[_entry("policy.count", policy)])
    return policy


def keep(*, by: str, policy: Policy, effects: list[Effect]) -> Policy:
    """Keep what a job found (:func:`found`) as the latest count. Raises :class:`InputError` where it was decided on."""
    with transaction.atomic():
        policy = _waiting(policy)
        _keep(policy, effects)
        record(by=by, entries=[_entry("policy.count", policy)])
    return policy


def approve(*, by: str, policy: Policy, round: int) -> Policy:
    """Put a proposal in force from its month on; ``round`` is the count that whoever approves was shown.

    Raises :class:`SamePersonError` for who proposed it, :class:`InputError` where its month has begun, the numbers are
    older than a day or not those that were shown, or a policy of that month was approved already.
    """
    with transaction.atomic():
        policy = _waiting(policy)
        keep_apart(by, earlier={PROPOSED: policy.by})
        if policy.from_month <= months.month_of(timezone.localdate()):
            raise InputError(
                Text(
                    f"Bulan {policy.from_month} sudah mulai: tolak, lalu usulkan dari bulan berikutnya.",
                    f"The month {policy.from_month} has begun: refuse it, and propose it from a later month.",
                )
            )
        if not policy.round:
            raise InputError(
                Text(
                    "Akibatnya masih dihitung: tunggu, lihat, lalu setujui.",
                    "What it does is being counted: wait, look, then approve.",
                )
            )
        if policy.round != round or policy.counted_at < timezone.now() - FRESH:
            raise InputError(
                Text(
                    "Angkanya lebih dari sehari, atau dihitung lagi sejak halaman ini dibuka: hitung ulang, lihat, "
                    "lalu setujui.",
                    "The numbers are older than a day, or were counted again since this page was opened: count again, "
                    "look, then approve.",
                )
            )
        _decide(policy, by, PolicyState.APPROVED, "")
        record(by=by, entries=[_entry("policy.approve", policy)])
    return policy


def refuse(*, by: str, policy: Policy, reason: str) -> Policy:
    """Refuse a proposal, with a reason. Raises as :func:`approve` for who proposed it."""
    if not reason.strip():
        raise InputError(Text("Tulis alasannya.", "Write the reason."), at="reason")
    with transaction.atomic():
        policy = _waiting(policy)
        keep_apart(by, earlier={PROPOSED: policy.by})
        _decide(policy, by, PolicyState.REFUSED, reason.strip()[:300])
        record(by=by, entries=[_entry("policy.refuse", policy, policy.reason)])
    return policy


def withdraw(*, by: str, policy: Policy) -> Policy:
    """Take a proposal back; only who made it does."""
    with transaction.atomic():
        policy = _waiting(policy)
        if policy.by != by:
            raise InputError(
                Text(
                    "Hanya pengusulnya yang dapat menariknya; Anda dapat menolaknya.",
                    "Only whoever proposed it can withdraw it; you can refuse it.",
                )
            )
        _decide(policy, by, PolicyState.WITHDRAWN, "")
        record(by=by, entries=[_entry("policy.withdraw", policy)])
    return policy


def _count_or_ask(by: str, policy: Policy) -> bool:
    """Count where there are few people, else ask for a job that does; tell whether it was counted."""
    if queries.judged(policy)[: AT_ONCE + 1].count() > AT_ONCE:
        queue.ask(by=by, kind=KIND, subject=policy.subject)
        return False
    _keep(policy, found(policy))
    return True


def found(policy: Policy, told: Callable[[int], None] = lambda _: None) -> list[Effect]:
    """Return the effects of ``policy`` as things are, not kept yet; ``told`` is told how many people were judged."""
    effects: list[Effect] = []
    changes = queries.changed(policy, told)
    while part := list(islice(changes, queries.CHUNK)):
        lines = queries.lines_of(policy, [one.person for one in part])
        effects += (
            Effect(
                policy=policy,
                person_id=one.person,
                village_code=one.village_code,
                category=one.category,
                before=one.before,
                after=one.after,
                lines=_written(lines.get(one.person, [])),
            )
            for one in part
        )
    return effects


def _keep(policy: Policy, effects: list[Effect]) -> None:
    """Add the effects as another round of ``policy``, and write what they come to."""
    policy.round += 1
    for one in effects:
        one.round = policy.round
    Effect.objects.bulk_create(effects, batch_size=2000)
    policy.people, policy.counted_at, policy.costs = len(effects), timezone.now(), queries.costs(policy)
    Policy.objects.filter(pk=policy.pk).update(
        round=policy.round, people=policy.people, counted_at=policy.counted_at, costs=policy.costs
    )


def _written(lines: list[int]) -> str:
    return f"|{'|'.join(map(str, lines))}|" if lines else ""


def _decide(policy: Policy, by: str, state: PolicyState, reason: str) -> None:
    policy.state, policy.decided_by, policy.decided_at, policy.reason = state, by, timezone.now(), reason
    try:
        with transaction.atomic():
            policy.save(update_fields=["state", "decided_by", "decided_at", "reason"])
    except IntegrityError:
        taken = Policy.objects.filter(
            region_code=policy.region_code, from_month=policy.from_month, state=PolicyState.APPROVED
        )
        if not taken.exists():
            raise
        raise InputError(_taken(policy.from_month)) from None


def _waiting(policy: Policy) -> Policy:
    found = Policy.objects.select_for_update().get(pk=policy.pk)
    if found.state != PolicyState.WAITING:
        raise InputError(
            Text(
                "Usulan ini sudah diputuskan: muat ulang halamannya.",
                "This proposal was decided on already: load the page again.",
            )
        )
    return found


def _taken(month: str) -> Text:
    return Text(
        f"Untuk {month} sudah ada kebijakan yang disetujui: pakai bulan lain.",
        f"A policy was approved for {month} already: use another month.",
    )


def _entry(action: str, policy: Policy, reason: str = "") -> Entry:
    after = {
        "from_month": policy.from_month,
        "basis": policy.basis,
        "max_decile": policy.max_decile or "",
        "rules_off": ",".join(policy.rules_off),
        "youngest": policy.youngest or "",
        "below": policy.below or "",
        "people": policy.people,
        "state": str(policy.state),
    }
    return Entry(action, policy.subject, region_code=policy.region_code, reason=reason, after=after)
