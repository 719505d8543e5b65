"""The rules of contributions and of arrears as one JavaScript module, for a form that works without a network.

The same rules, read once more: no figure and no formula is written here.
"""

from __future__ import annotations

import json

from payung.law.bill import NOT_FOR_BPU, rules_of
from payung.law.dialects import JAVASCRIPT
from payung.law.facts import FACTS
from payung.law.interpreter import Reading
from payung.law.months import (
    FIRST_MONTH,
    LAST_MONTH,
    add,
    first_day,
    month_of,
    not_a_date,
    not_a_month,
    out_of_range,
)
from payung.law.operations import Code
from payung.law.parameter import Book, Law
from payung.law.rules import arrears, membership

_GIVEN = ("income", "sector", "source", "risk")
_COUNTS = ("segment", "employer", "unpaid", "not_due")
QUOTIENT = "const quotient = (a, b) => (a - (a % b)) / b;"

_WRITTEN = "{value}"  # stands for what was given in the sentences of refusal

_SCRIPT = """// Written by `payung law script` from the rules and parameters of the law. Do not edit.
export const LAW = {version};
export const FIRST_MONTH = {first};
export const LAST_MONTH = {last};
const FACTS = {facts};
const REFUSALS = {refusals};
{quotient}
const STRETCHES = [
{stretches}
];
const ARREARS = [
{arrears}
];

// A RangeError whose message is Indonesian; `id` and `en` hold the sentence in both languages.
function refuse(text, value) {{
  const said = (sentence) => sentence.split("{written}").join(String(value));
  throw Object.assign(new RangeError(said(text.id)), {{ id: said(text.id), en: said(text.en) }});
}}

function check(name, value) {{
  const fact = FACTS[name];
  const fits = fact.choices
    ? fact.choices.includes(value)
    : Number.isSafeInteger(value) && value >= fact.least && value <= fact.most;
  if (!fits) refuse(fact.refusal, value);
}}

// segment: "bpu" or "pu" ("ppu" is the same); income: rupiah a month (declared income or wage); month: "YYYY-MM".
// Returns whole rupiah by programme, such as {{jkk: 10000, jkm: 6800, jht: 20000}}.
export function contribution(segment, income, month, sector, source, risk) {{
  const kind = segment === "ppu" ? "pu" : segment;
  check("segment", kind);
  check("income", income);
  check("source", source);
  check("sector", sector);
  check("risk", risk);
  if (kind === "bpu" && sector === "labour-intensive") refuse(REFUSALS.sector, sector);
  if (!/^[0-9]{{4}}-(0[1-9]|1[0-2])$/.test(month)) refuse(REFUSALS.month, month);
  if (month < FIRST_MONTH || month > LAST_MONTH) refuse(REFUSALS.range, month);
  const law = STRETCHES.findLast((stretch) => stretch.from <= month);
  return Object.fromEntries(
    Object.entries(law[kind]).map(([name, rule]) => [name, rule(income, sector, source, risk)]),
  );
}}

function arrearsOn(day, segment, employer, unpaid, notDue) {{
  if (!/^[0-9]{{4}}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$/.test(day)) refuse(REFUSALS.day, day);
  if (day.slice(0, 7) < FIRST_MONTH || day.slice(0, 7) > LAST_MONTH) refuse(REFUSALS.range, day);
  check("segment", segment);
  check("employer", employer);
  check("unpaid", unpaid);
  check("not_due", notDue);
  return ARREARS.findLast((stretch) => stretch.from <= day);
}}

// day: "YYYY-MM-DD"; employer: "none" (a BPU, or not known), "private" or "state"; unpaid: months in arrears in a row;
// notDue: unpaid months after them that are not due yet.
// Returns "active", "not_yet_due", "grace", "employer_first", "ended" or "periksa".
export function standing(day, segment, employer, unpaid, notDue) {{
  const kind = segment === "ppu" ? "pu" : segment;
  return arrearsOn(day, kind, employer, unpaid, notDue).standing(kind, employer, unpaid, notDue);
}}

// part: such as "jkm-funeral". Returns "now", "settled", "employer", "none" or "periksa".
export function paidWhen(day, segment, employer, unpaid, notDue, part) {{
  const kind = segment === "ppu" ? "pu" : segment;
  const law = arrearsOn(day, kind, employer, unpaid, notDue);
  check("part", part);
  return law.paidWhen(kind, employer, unpaid, notDue, part);
}}
"""


def write_script(book: Book) -> str:
    """Return an ECMAScript module with ``contribution(segment, income, month, sector, source, risk)``.

    It refuses what :func:`payung.law.bill.bill` refuses (``RangeError``), in the same words, and gives the same whole
    rupiah, from July 2015 on. Beside it stand ``standing`` and ``paidWhen``, the rules about arrears on a day.
    """
    stretches: list[str] = []
    last = ""
    changed = {month_of(day) if day.day == 1 else add(month_of(day), 1) for day in book.changes}
    for month in sorted(changed):
        law = book.on(first_day(month))
        body = ", ".join(f"{segment}: {{{_segment(law, segment)}}}" for segment in ("bpu", "pu"))
        if body != last:
            stretches.append(f"  {{from: {json.dumps(month)}, {body}}},")
            last = body
    return _SCRIPT.format(
        version=json.dumps(book.version),
        first=json.dumps(FIRST_MONTH),
        last=json.dumps(LAST_MONTH),
        written=_WRITTEN,
        refusals=json.dumps(
            {
                "sector": NOT_FOR_BPU._asdict(),
                "month": not_a_month(_WRITTEN)._asdict(),
                "range": out_of_range(_WRITTEN)._asdict(),
                "day": not_a_date(_WRITTEN)._asdict(),
            }
        ),
        facts=json.dumps({name: _fact(name) for name in (*_GIVEN, *_COUNTS, "part")}),
        quotient=QUOTIENT,
        stretches="\n".join(stretches),
        arrears="\n".join(_arrears(book)),
    )


def _arrears(book: Book) -> list[str]:
    """Return the rules about arrears for each stretch of days on which they are the same."""
    lines: list[str] = []
    last = ""
    given = tuple(Code(name) for name in _COUNTS)
    for day in book.changes:
        reading = Reading(book.on(day), JAVASCRIPT)
        counts = ", ".join(_COUNTS)
        body = (
            f"standing: ({counts}) => {reading.write(membership.standing, *given, 0)}, "
            f"paidWhen: ({counts}, part) => {reading.write(arrears.paid_when, *given, Code('part'))}"
        )
        if body != last and day >= first_day(FIRST_MONTH):
            lines.append(f"  {{from: {json.dumps(day.isoformat())}, {body}}},")
            last = body
    return lines


def _segment(law: Law, segment: str) -> str:
    reading = Reading(law, JAVASCRIPT)
    written = {
        name: reading.write(rule, *(Code("income" if fact == "wage" else fact) for fact in rule.facts))
        for name, rule in rules_of(segment).items()
    }
    return ", ".join(f"{json.dumps(name)}: ({', '.join(_GIVEN)}) => {text}" for name, text in written.items())


def _fact(name: str) -> dict[str, object]:
    fact = FACTS[name]
    bounds = {"choices": fact.choices} if fact.choices else {"least": fact.least, "most": fact.most}
    return {**bounds, "refusal": fact.refusal(_WRITTEN)._asdict()}
