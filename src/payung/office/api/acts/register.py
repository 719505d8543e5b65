"""Acts on answers of agencies, posts, cards and pairs that may be one person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from payung.codes import Result, Segment, Source
from payung.codes.category import OFFICIALS
from payung.office.access.permissions import Permission
from payung.office.accounts.models import User
from payung.office.answers import queries as answered
from payung.office.answers.actions import answers
from payung.office.answers.agencies import NAMES, agencies_of, edit_scope
from payung.office.api.acts.declared import CONTENT, NAME, REASON, Act, Field, covers, file_of, one
from payung.office.api.acts.lists import village
from payung.office.api.problems import Problem
from payung.office.cards import actions as cards
from payung.office.cards.models import Card
from payung.office.duplicates import queries as pairs
from payung.office.duplicates.actions import pairs as deciding
from payung.office.duplicates.states import DIFFERENT, SAME
from payung.office.people.models import Person
from payung.office.people.queries import with_nik
from payung.office.posts import actions as posts
from payung.office.posts.models import Post
from payung.office.posts.queries import holding_on
from payung.text import Text

ANSWER, POST = (Permission.ANSWER_EDIT,), (Permission.POST_EDIT,)
CARD, PAIR = (Permission.CARD_EDIT,), (Permission.PAIR_EDIT,)
UNKNOWN = Text(
    "NIK ini belum ada dalam register wilayah Anda.", "This NIK is not in the register of your region."
)


def _answer(user: User, values: Mapping[str, Any]) -> dict[str, Any]:
    if values["agency"] not in agencies_of(user):
        raise Problem("forbidden")
    covers(user, ANSWER, values["region_code"])
    made = answers.upload(
        by=user.username,
        agency=values["agency"],
        region_code=values["region_code"],
        reach=edit_scope(user, values["agency"]),
        file=file_of(values),
        answered_on=values["answered_on"],
        told={name: values[name] or "" for name in answers.SETTINGS},
    )
    return {"answer": made.pk, "sha256": made.sha256}


def _map(user: User, values: Mapping[str, Any]) -> dict[str, Any]:
    rows = answered.phrases(user.scope(Permission.ANSWER_EDIT), agencies_of(user))
    phrase = one(rows, values["text"])
    reason = values["reason"] or ""
    if phrase.code and phrase.code != values["result"] and not reason:
        raise Problem("validation", fields={"reason": Text("Tulis alasannya.", "Write the reason.")})
    done = answers.map_text(by=user.username, phrase=phrase, code=values["result"], reason=reason)
    return {"text": phrase.pk, "later": bool(done.later)}


def _open(user: User, values: Mapping[str, Any]) -> dict[str, Any]:
    covers(user, POST, values["village_code"], values["category"])
    village(values["village_code"])
    made = posts.open_post(
        by=user.username,
        region_code=values["village_code"],
        category=values["category"],
        label=values["label"],
    )
    return {"post": made.pk}


def _appoint(user: User, values: Mapping[str, Any]) -> dict[str, Any]:
    post = one(user.scope(Permission.POST_EDIT).of(Post), values["post"])
    people = user.scope(Permission.PERSON_VIEW).of(Person)
    person = people.filter(pk__in=with_nik(values["nik"])).first()
    if person is None:
        raise Problem("validation", fields={"nik": UNKNOWN})
    holding = posts.appoint(
        by=user.username,
        post=post,
        person=person,
        starts=values["starts"],
        ends=values["ends"],
        decree=values["decree"] or "",
        pay=values["pay"],
    )
    return {"post": post.pk, "holding": holding.pk}


def _end(user: User, values: Mapping[str, Any]) -> dict[str, Any]:
    post = one(user.scope(Permission.POST_EDIT).of(Post), values["post"])
    holding = holding_on(timezone.localdate()).filter(post=post).first()
    if holding is None:
        raise Problem("not-found")
    posts.end_term(by=user.username, holding=holding, on=values["ends"], reason=values["reason"])
    return {"post": post.pk, "holding": holding.pk}


def _hand(user: User, values: Mapping[str, Any]) -> dict[str, Any]:
    keys = [int(key) for key in values["cards"] if key.isdecimal() and len(key) < 10]
    found = user.scope(Permission.CARD_EDIT).of(Card).filter(pk__in=keys)
    if len(keys) != len(values["cards"]) or found.count() != len(set(keys)):
        raise Problem("not-found")
    many = cards.hand_over(
        by=user.username, cards=found, on=values["on"], given_by=values["given_by"], to=values["to"] or ""
    )
    return {"cards": many}


def _decide(user: User, values: Mapping[str, Any]) -> dict[str, Any]:
    pair = one(pairs.pairs(user.scope(Permission.PAIR_EDIT)), values["pair"])
    deciding.hold(by=user.username, pair=pair)  # as opening its page does; whoever else has it open keeps it
    done = deciding.decide(
        by=user.username,
        pair=pair,
        verdict=values["verdict"],
        keep=values["keep"],
        reason=values["reason"] or "",
    )
    return {"pair": done.pk, "state": str(done.state)}


def _undo(user: User, values: Mapping[str, Any]) -> dict[str, Any]:
    pair = one(pairs.pairs(user.scope(Permission.PAIR_EDIT)), values["pair"])
    done = deciding.undo(by=user.username, pair=pair, reason=values["reason"])
    return {"pair": done.pk, "state": str(done.state)}


_POST = Field("post", "integer", "key of the post")
_PAIR = Field("pair", "integer", "key of the pair")
_WHY = Field("reason", "text", "why", required=False)
ACTS = (
    Act(
        "answer_file", "/answers/files", "Send an answer of an agency; read in the background, once.", ANSWER,
        (
            Field("agency", "text", "whose answer", one_of=tuple(str(one_) for one_ in NAMES)),
            Field("region_code", "text", "code of the place it is about", most=13),
            Field("answered_on", "day", "the day of the answer"),
            Field("version", "text", "of DTSEN, where the sheet does not say it", required=False, most=40),
            Field("segment", "text", "of the insurer", required=False, one_of=tuple(map(str, Segment))),
            Field("source", "text", "who pays, of the insurer", required=False, one_of=tuple(map(str, Source))),
            NAME, CONTENT,
        ),
        {"answer": "integer", "sha256": "string"}, _answer,
    ),
    Act(
        "text_map", "/answers/texts", "Say what a text of an agency means; its rows follow.", ANSWER,
        (
            Field("text", "integer", "key of the text"),
            Field("result", "text", "what it means", one_of=tuple(map(str, Result))),
            Field("reason", "text", "why, where it meant something else before", required=False),
        ),
        {"text": "integer", "later": "boolean"}, _map,
    ),
    Act(
        "post_open", "/posts", "Make a post that a village has.", POST,
        (
            Field("village_code", "text", "code of the village", most=13),
            Field("category", "text", "its category", one_of=tuple(sorted(OFFICIALS))),
            Field("label", "text", "what it is called", most=120),
        ),
        {"post": "integer"}, _open,
    ),
    Act(
        "post_appoint", "/posts/holders", "Let somebody of the register hold a post.", POST,
        (
            _POST,
            Field("nik", "text", "of the person", most=16),
            Field("starts", "day", "first day"),
            Field("ends", "day", "last day", required=False),
            Field("decree", "text", "number of the letter of appointment", required=False, most=120),
            Field("pay", "rupiah", "rupiah a month", required=False),
        ),
        {"post": "integer", "holding": "integer"}, _appoint,
    ),
    Act(
        "post_end", "/posts/ends", "End the term of whoever holds a post.", POST,
        (_POST, Field("ends", "day", "last day"), REASON),
        {"post": "integer", "holding": "integer"}, _end,
    ),
    Act(
        "card_hand", "/cards", "Record that cards were handed over; those handed over stay as they are.", CARD,
        (
            Field("cards", "texts", "keys of the cards", most=10),
            Field("on", "day", "the day"),
            Field("given_by", "text", "who handed them over", most=150),
            Field("to", "text", "to whom; empty: to each member", required=False, most=150),
        ),
        {"cards": "integer"}, _hand,
    ),
    Act(
        "pair_decide", "/pairs", "Decide whether two records are one person.", PAIR,
        (
            _PAIR,
            Field("verdict", "text", "one person or two", one_of=(str(SAME), str(DIFFERENT))),
            Field("keep", "integer", "key of the person whose record stays, where they are one", required=False),
            _WHY,
        ),
        {"pair": "integer", "state": "string"}, _decide,
    ),
    Act(
        "pair_undo", "/pairs/undo", "Take a decision on a pair back.", PAIR, (_PAIR, REASON),
        {"pair": "integer", "state": "string"}, _undo,
    ),
)  # fmt: skip
