"""The explanation of a number: the ordered steps that led to it, each with its article and how sure it is."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from payung.law.grounds import Grounds, grounds, not_in_force, why_not
from payung.law.interpreter import Frame, Reading
from payung.law.parameter import Law, Mark, weakest
from payung.law.rates import Rate
from payung.law.rule import Rule
from payung.law.words import OPPOSITE, Writer, figure, is_about_force
from payung.text import Language, Text

LANGUAGES: tuple[Language, ...] = ("id", "en")


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a calculation.

    Fields
        name: the rule. title, expression, figures: the rule in words, its arithmetic in words and in figures.
        values: what its facts held. value, unit: what it came to. because: the conditions that held.
        article: where the law says so. mark: the least certain of all that it rests on, steps before it included.
        notes: what is open.
    """

    name: str
    title: Text
    expression: Text
    figures: Text
    values: dict[str, Any]
    value: Any
    unit: str
    because: tuple[Text, ...]
    article: str
    mark: Mark
    notes: tuple[Text, ...]

    def plain(self) -> dict[str, Any]:
        """Return the step as JSON takes it."""
        return {
            "name": self.name,
            "title": self.title._asdict(),
            "expression": self.expression._asdict(),
            "figures": self.figures._asdict(),
            "values": {key: _plain(value) for key, value in self.values.items()},
            "value": _plain(self.value),
            "unit": self.unit,
            "because": [text._asdict() for text in self.because],
            "article": self.article,
            "mark": self.mark,
            "notes": [text._asdict() for text in self.notes],
        }


def _plain(value: Any) -> Any:
    return value.percent() if isinstance(value, Rate) else value


def explain(law: Law, *calls: tuple[Any, ...]) -> list[Step]:
    """Return the steps of ``calls`` under ``law``, each call a rule followed by its facts.

    The last step of each call carries its number. A step that several calls share stands once.
    """
    reading = Reading(law)
    asked = set()
    for rule, *facts in calls:
        reading.call(rule, *facts)
        asked.add(len(reading.frames) - 1)
    return _steps(law, reading.frames, asked)


def total_step(title: Text, steps: Sequence[Step], amounts: dict[str, int]) -> Step:
    """Return the last step: the sum of ``amounts`` (rupiah by name), as sure as the ``steps`` before it."""
    words = " + ".join(amounts)
    added = [" + ".join(figure(amount, language) for amount in amounts.values()) for language in LANGUAGES]
    return Step(
        name="total",
        title=title,
        expression=Text(words, words),
        figures=Text(*added),
        values=dict(amounts),
        value=sum(amounts.values()),
        unit="rupiah",
        because=(),
        article="",
        mark=weakest([step.mark for step in steps]),
        notes=(),
    )


def _steps(law: Law, frames: Sequence[Frame], asked: set[int]) -> list[Step]:
    """Turn finished calls into steps. A rule that only hands on another's answer lends that step its name.

    ``asked`` are the numbers of the calls that were asked for; those always have a step.
    """
    steps: list[Step] = []
    place: dict[int, int] = {}  # frame number -> position of its step
    marks: list[Mark] = []  # of each frame, with those of the calls it made
    cited: list[
        tuple[str, ...]
    ] = []  # of each frame; of one that only judges what another said, that other's
    for number, frame in enumerate(frames):
        own = grounds(law, frame)
        marks.append(weakest([own.mark, *(marks[inner] for inner in frame.calls)]))
        judges = isinstance(frame.returned, ast.Constant | ast.Name) and not own.articles
        cited.append(
            tuple(article for inner in frame.calls for article in cited[inner]) if judges else own.articles
        )
        within = [place[inner] for inner in range(frame.before, number) if inner in place]
        last = bool(within) and within[-1] == len(steps) - 1 and steps[-1].value == frame.result
        if last and _hands_on(frame):
            steps[-1] = replace(_renamed(steps[-1], frame, own), mark=marks[number])
            place[number] = len(steps) - 1
            continue
        if number not in asked and isinstance(frame.returned, ast.Name) and not own.articles:
            continue  # a fact was given back as it was, on no ground of its own
        place[number] = len(steps)
        articles = "; ".join(dict.fromkeys(cited[number]))
        steps.append(replace(_step(law, frame, own), mark=marks[number], article=articles))
    return steps


def _hands_on(frame: Frame) -> bool:
    node = frame.returned
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
        return False
    return node.func.id not in ("min", "max", "band") and isinstance(frame.rule.refers_to(node.func.id), Rule)


def _shown(frame: Frame) -> ast.expr:
    """Return what a step shows: what was returned, or the amount that another rule left alone."""
    node = frame.returned
    assert node is not None
    if _hands_on(frame) and isinstance(node, ast.Call) and len(node.args) > 1:
        amount = node.args[1]
        return amount if frame.values.get(amount) == frame.result else node
    return node


def _renamed(step: Step, frame: Frame, own: Grounds) -> Step:
    known = [step.article] if step.article else []
    return replace(
        step,
        name=frame.rule.name,
        title=frame.rule.title,
        article="; ".join(dict.fromkeys([*known, *own.articles])),
        notes=tuple(dict.fromkeys([*step.notes, *own.notes])),
    )


def _step(law: Law, frame: Frame, own: Grounds) -> Step:
    shown = _shown(frame)
    return Step(
        name=frame.rule.name,
        title=frame.rule.title,
        expression=_both(law, frame, shown, figures=False),
        figures=_both(law, frame, shown, figures=True),
        values=dict(frame.names),
        value=frame.result,
        unit=frame.rule.unit,
        because=tuple(_because(law, frame)),
        article="; ".join(dict.fromkeys(own.articles)),
        mark=own.mark,
        notes=own.notes,
    )


def _both(law: Law, frame: Frame, node: ast.expr, *, figures: bool) -> Text:
    if frame.rule.unit == "yes/no" and isinstance(node, ast.Constant):
        return Text(*(figure(bool(node.value), language) for language in LANGUAGES))
    return Text(
        Writer(law.book, frame, "id", figures=figures).write(node),
        Writer(law.book, frame, "en", figures=figures).write(node),
    )


def _because(law: Law, frame: Frame) -> Iterator[Text]:
    """Say which tests of the case led here; last, which rule was not in force, if that decided."""
    for node, held in frame.conditions:
        if _is_telling(node, bool(held)):
            yield Text(
                *(
                    Writer(law.book, frame, language, figures=False).condition(node, bool(held))
                    for language in LANGUAGES
                )
            )
    absent = not_in_force(frame)
    if absent:
        yield why_not(law.book.parameters[absent], law.date)


def _is_telling(node: ast.expr, held: bool) -> bool:
    """Whether a condition says something about the case, and not only whether a rule is in force."""
    if not held:
        return isinstance(node, ast.Compare) and type(node.ops[0]) in OPPOSITE
    tests = [part for part in ast.walk(node) if isinstance(part, ast.Compare)]
    return not all(is_about_force(part) for part in tests)
