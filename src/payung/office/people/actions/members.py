"""What the insurer said of memberships enters the register."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.db import transaction

from payung.office.history.actions import Entry, record
from payung.office.people.models import Membership, Person
from payung.office.vault.sealed import blind
from payung.people.nik import mask


def enrol(
    *,
    by: str,
    people: Sequence[tuple[Person, str]],
    segment: str,
    source: str,
    from_month: str,
    until_month: str = "",
    claimed: Collection[int] = (),
) -> int:
    """Record for ``people`` (with their KPJ) what the insurer said; return how many are new. Bulk, with history.

    ``claimed`` are the keys of those whom the insurer's officer named by themselves: that opens them to nobody.
    """
    with transaction.atomic():
        had = set(
            Membership.objects.filter(
                person__in=[person for person, _ in people],
                segment=segment,
                source=source,
                from_month=from_month,
            ).values_list("person_id", flat=True)
        )
        Membership.objects.filter(
            person__in=had.difference(claimed), segment=segment, source=source, from_month=from_month
        ).filter(claimed=True).update(claimed=False)
        fresh = [(person, kpj) for person, kpj in people if person.pk not in had]
        Membership.objects.bulk_create(
            [
                Membership(
                    person=person,
                    segment=segment,
                    source=source,
                    kpj=kpj or None,
                    kpj_index=blind(kpj, "kpj"),
                    from_month=from_month,
                    until_month=until_month,
                    claimed=person.pk in claimed,
                )
                for person, kpj in fresh
            ],
            batch_size=500,
        )
        after = {"segment": segment, "source": source, "from": from_month, "until": until_month}
        record(
            by=by,
            entries=[
                Entry(
                    "membership.start",
                    person=person.pk,
                    region_code=person.village_code,
                    after={**after, "kpj": mask(kpj)},
                )
                for person, kpj in fresh
            ],
        )
    return len(fresh)
