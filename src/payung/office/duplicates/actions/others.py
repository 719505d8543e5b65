"""What a decision means for the other pairs: those it answers are closed, those about the merged record go on."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from payung.office.duplicates.models import Pair
from payung.office.duplicates.states import CLOSED, DIFFERENT, SAME, WAITING
from payung.office.people.models import Person


def behind(waiting: QuerySet[Pair, Any], pair: Pair) -> QuerySet[Pair, Any]:
    """Narrow the queue to what comes after ``pair`` in it."""
    return waiting.filter(
        Q(probability__lt=pair.probability) | Q(probability=pair.probability, pk__gt=pair.pk)
    )


def settle_row(pair: Pair) -> dict[str, list[int]]:
    """Close the other pairs that ask whose row this is; return what :func:`unsettle` needs."""
    others = Pair.objects.filter(mark=pair.mark, state=WAITING).exclude(pk=pair.pk)
    closed = list(others.values_list("pk", flat=True))
    Pair.objects.filter(pk__in=closed).update(state=CLOSED)
    return {"closed": closed, "pointed": []}


def settle_people(pair: Pair, *, kept: Person, gone: Person) -> dict[str, list[int]]:
    """Close and point anew what else is asked about ``gone``, now one with ``kept``; return what undoes it.

    A pair of ``gone`` becomes the same pair of ``kept``, unless that is asked or answered already: whoever is
    different from the one is different from the other.
    """
    ours = {kept.pk, *Person.everybody.filter(merged_into=kept).values_list("pk", flat=True)}
    touching = Pair.objects.filter(Q(left__in=ours) | Q(right__in=ours)).exclude(pk=pair.pk)
    about = [(one, _other(one, ours)) for one in touching.select_related("left", "right").order_by("pk")]
    asked = {other for one, other in about if kept.pk in {one.left_id, one.right_id}}
    answered = {other for one, other in about if one.state in {SAME, DIFFERENT}} | {None}
    closed, pointed = [], []
    for one, other in about:
        if one.state != WAITING:
            continue
        if other in answered or (gone.pk in {one.left_id, one.right_id} and other in asked):
            one.state = CLOSED
            closed.append(one)
        elif gone.pk in {one.left_id, one.right_id}:
            asked.add(other)
            _replace(one, gone.pk, kept.pk)
            pointed.append(one)
    Pair.objects.bulk_update([*closed, *pointed], ["state", "left", "right"])
    return {"closed": [one.pk for one in closed], "pointed": [one.pk for one in pointed]}


def unsettle(memory: dict[str, Any], *, kept: Person, gone: Person | None) -> None:
    """Undo :func:`settle_people` or :func:`settle_row` for the pairs that nobody has decided since."""
    Pair.objects.filter(pk__in=memory["closed"], state=CLOSED).update(state=WAITING)
    if gone is None:
        return
    pointed = list(Pair.objects.filter(pk__in=memory["pointed"], state=WAITING))
    for one in pointed:
        _replace(one, kept.pk, gone.pk)
    Pair.objects.bulk_update(pointed, ["left", "right"])


def _other(pair: Pair, ours: set[int]) -> int | str | None:
    """Return whom ``pair`` compares with one of ``ours``: a person, a mark, or ``None`` where both are ours."""
    if pair.right is None:
        return pair.mark
    others = {side.merged_into_id or side.pk for side in (pair.left, pair.right)} - ours
    return others.pop() if others else None


def _replace(pair: Pair, old: int, new: int) -> None:
    sides = [new if side == old else side for side in (pair.left_id, pair.right_id)]
    if pair.right_id is None:
        pair.left_id = new
    else:
        pair.left_id, pair.right_id = sorted(side for side in sides if side is not None)
