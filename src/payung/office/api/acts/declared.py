"""What is written through the API: the acts of the screens, by the same actions, in the scope of the token."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from payung.errors import PayungError
from payung.law.months import parse_month
from payung.office.access.permissions import Permission
from payung.office.accounts.models import User
from payung.office.api.problems import Problem
from payung.office.bills import actions as bills
from payung.office.bills.states import Channel as Arrival
from payung.office.cases import actions as cases
from payung.office.cases.states import Channel, Happening
from payung.office.people.models import Person
from payung.office.people.queries import with_nik
from payung.office.programme.models import Line
from payung.office.regions.models import Region
from payung.office.submissions import actions as submissions
from payung.office.submissions.models import Submission
from payung.office.submissions.states import Kind
from payung.text import Text

MOST_BYTES = 3_500_000  # of a file: base64 makes a third more of it, and a body has 5 MB at most
REQUIRED = Text("Wajib diisi.", "It is required.")


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a body: its name, its kind, what it means, and what it may be."""

    name: str
    kind: str  # text, integer, day, month, bytes
    means: str
    required: bool = True
    one_of: tuple[str, ...] = ()
    most: int = 300

    @property
    def schema(self) -> dict[str, Any]:
        """Return how the document says it."""
        found: dict[str, Any] = {"type": "integer" if self.kind == "integer" else "string"}
        found["description"] = self.means
        if self.one_of:
            found["enum"] = list(self.one_of)
        if self.kind == "day":
            found["format"] = "date"
        elif self.kind == "month":
            found["pattern"] = "^[0-9]{4}-(0[1-9]|1[0-2])$"
        elif self.kind == "bytes":
            found["contentEncoding"] = "base64"
        elif self.kind == "integer":
            found |= {"minimum": 1, "maximum": 2**31 - 1}
        elif not self.one_of:
            found["maxLength"] = self.most
        return found


@dataclass(frozen=True, slots=True)
class Act:
    """An act: where it is posted, whom it is open to, what it takes, what it does and answers."""

    name: str
    path: str
    means: str
    permissions: tuple[Permission, ...]
    fields: tuple[Field, ...]
    answer: Mapping[str, str]  # field → kind
    do: Callable[[User, Mapping[str, Any]], dict[str, Any]]


def taken(act: Act, body: Any) -> dict[str, Any]:
    """Return the values of a body as the act takes them. Raises :class:`Problem` that names every wrong field."""
    if not isinstance(body, dict):
        raise Problem(
            "validation", Text("Isinya harus satu objek JSON.", "The body has to be one JSON object.")
        )
    wrong = {
        str(name): Text("Tidak dikenal.", "Not known.")
        for name in set(body) - {one.name for one in act.fields}
    }
    values: dict[str, Any] = {}
    for field in act.fields:
        given = body.get(field.name)
        if given is None or given == "":
            if field.required:
                wrong[field.name] = REQUIRED
            values[field.name] = None
            continue
        try:
            values[field.name] = _value(field, given)
        except (ValueError, TypeError, PayungError):
            wrong[field.name] = Text(
                f"Bukan yang diminta: {field.kind}.", f"Not what is asked for: {field.kind}."
            )
    if wrong:
        raise Problem("validation", fields=wrong)
    return values


def _value(field: Field, given: Any) -> Any:
    if field.kind == "integer":
        if isinstance(given, bool) or not isinstance(given, int) or not 1 <= given < 2**31:
            raise ValueError
        return given
    if not isinstance(given, str) or "\x00" in given:
        raise TypeError
    if field.one_of and given not in field.one_of:
        raise ValueError
    if field.kind == "day":
        return dt.date.fromisoformat(given)
    if field.kind == "month":
        return parse_month(given)
    if field.kind == "bytes":
        try:
            content = base64.b64decode(given, validate=True)
        except binascii.Error:
            raise ValueError from None
        if not content or len(content) > MOST_BYTES:
            raise ValueError
        return content
    if len(given) > field.most:
        raise ValueError
    return given.strip()


def _covers(user: User, permissions: tuple[Permission, ...], code: str, category: str = "") -> None:
    if not any(user.scope(permission).covers(code, category) for permission in permissions):
        raise Problem("not-found")


def _village(code: str) -> None:
    if not Region.objects.filter(code=code, level="village").exists():
        raise Problem("validation", fields={"village_code": Text("Desa tidak dikenal.", "No such village.")})


def _begin(user: User, values: Mapping[str, Any]) -> dict[str, Any]:
    _covers(user, SUBMISSION, values["village_code"])
    _village(values["village_code"])
    made = submissions.begin(by=user.username, village_code=values["village_code"], kind=values["kind"])
    return {"submission": made.pk, "state": str(made.state)}


def _upload(user: User, values: Mapping[str, Any]) -> dict[str, Any]:
    rows = user.scope(Permission.SUBMISSION_EDIT).of(Submission)
    submission = rows.filter(pk=values["submission"]).first()
    if submission is None:
        raise Problem("not-found")
    file = SimpleUploadedFile(values["name"], values["content"])
    made = submissions.upload(by=user.username, submission=submission, file=file)
    return {"upload": made.pk, "submission": submission.pk, "sha256": made.sha256}


def _report(user: User, values: Mapping[str, Any]) -> dict[str, Any]:
    _covers(user, CASE, values["village_code"])
    _village(values["village_code"])
    person = None
    if values["nik"]:
        reach = next((user.scope(one) for one in CASE if user.may(one)), None)
        if reach is not None:
            person = reach.of(Person).filter(pk__in=with_nik(values["nik"])).first()
    told = cases.Told(
        Happening.member(values["happening"]),
        values["on"],
        values["name"],
        values["place"],
        values["village_code"],
        values["reporter"],
        phone=values["phone"] or "",
        nik=values["nik"] or "",
        person=person,
        story=values["story"] or "",
        channel=Channel.OFFICE,
    )
    made = cases.report(by=user.username, told=told)
    return {
        "incident": made.incident.number,
        "joined": made.joined,
        "cases": [case.pk for case in made.cases],
    }


def _draw(user: User, values: Mapping[str, Any]) -> dict[str, Any]:
    line = user.scope(Permission.BILL_EDIT).of(Line).filter(pk=values["line"]).first()
    if line is None:
        raise Problem("not-found")
    made = bills.draw_up(by=user.username, month=values["month"], until=values["until"] or "", line=line)
    return {"bills": [bill.pk for bill in made.bills], "left_out": sum(made.left_out.values())}


def _pay(user: User, values: Mapping[str, Any]) -> dict[str, Any]:
    paid = bills.pay(
        by=user.username,
        name=values["name"],
        content=values["content"],
        channel=values["channel"] or str(Arrival.TRANSFER),
    )
    return {"file": paid.file.pk, "same": paid.same, **{name: paid.rows.get(name, 0) for name in ROWS}}


ROWS = ("booked", "known", "waiting", "failed")
SUBMISSION = (Permission.SUBMISSION_EDIT,)
CASE = (Permission.CASE_EDIT, Permission.CASE_REPORT)
_NAME = Field("name", "text", "name of the file, with its ending", most=150)
_CONTENT = Field("content", "bytes", f"the file, base64; {MOST_BYTES // 1000} kB at most")

ACTS = (
    Act(
        "submission_begin", "/submissions", "Begin a village's list.", SUBMISSION,
        (
            Field("village_code", "text", "code of the village", most=13),
            Field("kind", "text", "which list", one_of=tuple(str(kind) for kind in Kind)),
        ),
        {"submission": "integer", "state": "string"}, _begin,
    ),
    Act(
        "submission_file", "/submissions/files", "Send a file of a list; it is read in the background.", SUBMISSION,
        (Field("submission", "integer", "key of the submission"), _NAME, _CONTENT),
        {"upload": "integer", "submission": "integer", "sha256": "string"}, _upload,
    ),
    Act(
        "incident_report", "/incidents", "Report an accident or a death; twice is one incident.", CASE,
        (
            Field("happening", "text", "what happened", one_of=tuple(str(one) for one in Happening)),
            Field("on", "day", "the day"),
            Field("name", "text", "who", most=150),
            Field("place", "text", "where", most=200),
            Field("village_code", "text", "where they live", most=13),
            Field("reporter", "text", "who tells it", most=150),
            Field("phone", "text", "of the reporter", required=False, most=30),
            Field("nik", "text", "of the person", required=False, most=16),
            Field("story", "text", "how it came about", required=False, most=2000),
        ),
        {"incident": "string", "joined": "boolean", "cases": "array"}, _report,
    ),
    Act(
        "bill_draw", "/bills", "Draw up what a line owes for a month: drafts, for somebody to send.",
        (Permission.BILL_EDIT,),
        (
            Field("line", "integer", "key of the line of money"),
            Field("month", "month", "the first month"),
            Field("until", "month", "the last month", required=False),
        ),
        {"bills": "array", "left_out": "integer"}, _draw,
    ),
    Act(
        "payment_file", "/payments/files", "Send a statement or a list of payments; the same file counts once.",
        (Permission.BILL_PAY,),
        (_NAME, _CONTENT, Field("channel", "text", "how it came", required=False, one_of=tuple(map(str, Arrival)))),
        {"file": "integer", "same": "boolean", **dict.fromkeys(ROWS, "integer")}, _pay,
    ),
)  # fmt: skip
