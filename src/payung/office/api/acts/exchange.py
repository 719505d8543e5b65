"""Acts on batches to the insurer and its answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from payung.office.access.permissions import Permission
from payung.office.accounts.models import User
from payung.office.api.acts.declared import CONTENT, NAME, REASON, Act, Field, covers, one, plain_name
from payung.office.exchange import actions, queries
from payung.office.exchange.actions.answers import take_answer
from payung.office.exchange.models import Batch
from payung.office.programme.queries import seen

EDIT = (Permission.DECREE_EDIT,)


def _make(user: User, values: Mapping[str, Any]) -> dict[str, Any]:
    decree = one(seen.decrees(user.scope(Permission.DECREE_VIEW)), values["decree"])
    covers(user, EDIT, decree.region_code)
    return {"batches": [batch.pk for batch in actions.enrol(by=user.username, decree=decree)]}


def _batch(user: User, key: int) -> Batch:
    found = one(queries.seen(user.scope(Permission.DECREE_VIEW)), key)
    covers(user, EDIT, found.region_code)
    return found


def _send(user: User, values: Mapping[str, Any]) -> dict[str, Any]:
    batch = _batch(user, values["batch"])
    actions.send(by=user.username, batch=batch, on=values["on"])
    batch.refresh_from_db()
    return {"batch": batch.pk, "state": str(batch.state)}


def _again(user: User, values: Mapping[str, Any]) -> dict[str, Any]:
    lines = list(queries.rejected_of(_batch(user, values["batch"])).values_list("pk", flat=True))
    made = actions.send_again(by=user.username, lines=lines, reason=values["reason"])
    return {"batches": [batch.pk for batch in made]}


COUNTS = ("rows", "matched", "accepted", "rejected")


def _answer(user: User, values: Mapping[str, Any]) -> dict[str, Any]:
    taken = take_answer(
        by=user.username,
        batch=_batch(user, values["batch"]),
        name=plain_name(values),
        content=values["content"],
    )
    return {
        "answer": taken.answer.pk,
        "same": taken.again,
        **{one: taken.counts.get(one, 0) for one in COUNTS},
    }


_ONE = Field("batch", "integer", "key of the batch")
ACTS = (
    Act(
        "batch_make", "/batches", "Make the batches of a signed decree; twice makes nothing more.", EDIT,
        (Field("decree", "integer", "key of the decree"),), {"batches": "array"}, _make,
    ),
    Act(
        "batch_send", "/batches/send", "Record that the file of a batch was handed to the insurer.", EDIT,
        (_ONE, Field("on", "day", "the day")), {"batch": "integer", "state": "string"}, _send,
    ),
    Act(
        "batch_again", "/batches/again", "Send the rejected lines of a batch once more.", EDIT,
        (_ONE, REASON), {"batches": "array"}, _again,
    ),
    Act(
        "batch_answer", "/batches/answers", "Take in an answer of the insurer; the same file counts once.", EDIT,
        (_ONE, NAME, CONTENT), {"answer": "integer", "same": "boolean", **dict.fromkeys(COUNTS, "integer")}, _answer,
    ),
)  # fmt: skip
