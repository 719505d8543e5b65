"""Acts on agreements, lines of money and decrees."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from payung.codes import Category, Source
from payung.office.access.permissions import Permission
from payung.office.accounts.models import User
from payung.office.api.acts.declared import CONTENT, NAME, REASON, Act, Field, covers, file_of, one
from payung.office.api.problems import Problem
from payung.office.programme import actions
from payung.office.programme.decree_pages import drawn
from payung.office.programme.models import Decree, Line
from payung.office.programme.queries import seen
from payung.office.programme.states import AgreementKind, DecreeState
from payung.office.regions.models import Region
from payung.text import Text

EDIT, GIVE = (Permission.DECREE_EDIT,), (Permission.QUOTA_EDIT,)
SIGN = (Permission.DECREE_EDIT, Permission.DECREE_DECIDE)


def _place(code: str, field: str = "region_code") -> None:
    if not Region.objects.filter(code=code).exists():
        raise Problem("validation", fields={field: Text("Wilayah tidak dikenal.", "No such place.")})


def _agreement(user: User, values: Mapping[str, Any]) -> dict[str, Any]:
    covers(user, EDIT, values["region_code"])
    _place(values["region_code"])
    parent = None
    if values["parent"]:
        parent = one(seen.agreements(user.scope(Permission.DECREE_VIEW)), values["parent"])
    paper = actions.Paper(
        kind=AgreementKind.member(values["kind"]),
        number=values["number"],
        signed_on=values["signed_on"],
        starts=values["starts"],
        ends=values["ends"],
        region_code=values["region_code"],
        parent=parent,
        title=values["title"] or "",
    )
    return {"agreement": actions.add_agreement(by=user.username, paper=paper).pk}


def _line(user: User, values: Mapping[str, Any]) -> dict[str, Any]:
    covers(user, GIVE, values["region_code"])
    _place(values["region_code"])
    for area in values["areas"] or ():
        _place(area, "areas")
    wrong = [code for code in values["categories"] or () if Category.known(code) is None]
    if wrong:
        said = Text(f"Kategori tidak dikenal: {wrong[0]}.", f"No such category: {wrong[0]}.")
        raise Problem("validation", fields={"categories": said})
    made = actions.add_line(
        by=user.username,
        source=Source.member(values["source"]),
        name=values["name"],
        amount=values["amount"],
        region_code=values["region_code"],
        from_month=values["from_month"],
        until_month=values["until_month"],
        account_code=values["account_code"] or "",
        areas=values["areas"] or (),
        categories=values["categories"] or (),
        per_head=values["per_head"],
        payer=values["payer"] or "",
    )
    return {"line": made.pk}


def _draw(user: User, values: Mapping[str, Any]) -> dict[str, Any]:
    scope = user.scope(Permission.DECREE_EDIT)
    previous = None
    if values["previous"]:
        previous = one(seen.decrees(scope).filter(state=DecreeState.SIGNED), values["previous"])
    decree, told = drawn(
        user.username,
        {
            "line": one(scope.of(Line), values["line"]),
            "people": file_of(values),
            "reserve": None,
            "from_month": values["from_month"],
            "until_month": values["until_month"],
            "title": values["title"] or "",
            "previous": previous,
        },
    )
    return {"decree": decree.pk, "people": decree.people.count(), "told": told.en}


def _decree(user: User, key: int, permissions: tuple[Permission, ...]) -> Decree:
    found = one(seen.decrees(user.scope(Permission.DECREE_VIEW)), key)
    covers(user, permissions, found.region_code)
    return found


def _freeze(user: User, values: Mapping[str, Any]) -> dict[str, Any]:
    decree = _decree(user, values["decree"], EDIT)
    return _said(actions.freeze(by=user.username, decree=decree, despite=values["despite"] or ""))


def _sign(user: User, values: Mapping[str, Any]) -> dict[str, Any]:
    decree = _decree(user, values["decree"], SIGN)
    signed_on, number = values["signed_on"], values["number"]
    return _said(actions.sign(by=user.username, decree=decree, number=number, signed_on=signed_on))


def _drop(user: User, values: Mapping[str, Any]) -> dict[str, Any]:
    decree = _decree(user, values["decree"], EDIT)
    return _said(actions.drop(by=user.username, decree=decree, reason=values["reason"]))


def _said(decree: Decree) -> dict[str, Any]:
    return {"decree": decree.pk, "state": str(decree.state)}


_ONE = Field("decree", "integer", "key of the decree")
_STATE = {"decree": "integer", "state": "string"}
_REGION = Field("region_code", "text", "code of the place that it belongs to", most=13)
ACTS = (
    Act(
        "agreement_add", "/agreements", "Record an agreement, or an addendum of one.", EDIT,
        (
            Field("kind", "text", "which kind", one_of=tuple(map(str, AgreementKind))),
            Field("number", "text", "its number", most=120),
            Field("signed_on", "day", "signed on"),
            Field("starts", "day", "first day"),
            Field("ends", "day", "last day"),
            _REGION,
            Field("parent", "integer", "key of the agreement it rests on", required=False),
            Field("title", "text", "what it is about", required=False, most=200),
        ),
        {"agreement": "integer"}, _agreement,
    ),
    Act(
        "line_add", "/lines", "Record a line of money.", GIVE,
        (
            Field("name", "text", "its name", most=120),
            Field("source", "text", "whose money", one_of=tuple(map(str, Source))),
            Field("amount", "rupiah", "its ceiling in rupiah"),
            _REGION,
            Field("from_month", "month", "first month"),
            Field("until_month", "month", "last month"),
            Field("account_code", "text", "code of the account", required=False, most=40),
            Field("per_head", "rupiah", "the most for a person and month", required=False),
            Field("payer", "text", "who gives it", required=False, most=150),
            Field("categories", "texts", "these categories only", required=False, most=30),
            Field("areas", "texts", "these places only", required=False, most=13),
        ),
        {"line": "integer"}, _line,
    ),
    Act(
        "decree_draw", "/decrees", "Make a draft decree of a list of people.", EDIT,
        (
            Field("line", "integer", "key of the line that pays"), NAME, CONTENT,
            Field("from_month", "month", "first month"),
            Field("until_month", "month", "last month"),
            Field("title", "text", "what it is about", required=False, most=200),
            Field("previous", "integer", "key of the decree that this whole new list follows up", required=False),
        ),
        {"decree": "integer", "people": "integer", "told": "string"}, _draw,
    ),
    Act(
        "decree_freeze", "/decrees/freeze", "Freeze a draft and put its money aside.", EDIT,
        (_ONE, Field("despite", "text", "why it goes on although the law warns", required=False)),
        _STATE, _freeze,
    ),
    Act(
        "decree_sign", "/decrees/sign", "Record number and day of a signed decree.", SIGN,
        (_ONE, Field("number", "text", "its number", most=120), Field("signed_on", "day", "signed on")),
        _STATE, _sign,
    ),
    Act("decree_drop", "/decrees/drop", "Give a decree up that was not signed.", EDIT, (_ONE, REASON), _STATE, _drop),
)  # fmt: skip
