"""The contribution rules as one JavaScript module, for a form that works without a network.

The same rules, read once more: no figure and no formula is written here.
"""

from __future__ import annotations

import json

from payung.law.bill import rules_of
from payung.law.dialects import JAVASCRIPT
from payung.law.facts import FACTS
from payung.law.months import FIRST_MONTH, add, first_day, month_of
from payung.law.operations import Code
from payung.law.parameter import Book, Law
from payung.law.reading import Reading

_GIVEN = ("income", "sector", "source", "risk")
QUOTIENT = "const quotient = (a, b) => (a - (a % b)) / b;"

_SCRIPT = """// Written by `payung law script` from the rules and parameters of the law. Do not edit.
export const LAW = {version};
export const FIRST_MONTH = {first};
const FACTS = {facts};
{quotient}
const STRETCHES = [
{stretches}
];

function check(name, value) {{
  const fact = FACTS[name];
  const fits = fact.choices
    ? fact.choices.includes(value)
    : Number.isSafeInteger(value) && value >= fact.least && value <= fact.most;
  if (!fits) throw new RangeError(name + ": " + value);
}}

// segment: "bpu" or "ppu"; income: rupiah a month (declared income or wage); month: "YYYY-MM".
// Returns whole rupiah by programme, such as {{jkk: 10000, jkm: 6800, jht: 20000}}.
export function contribution(segment, income, month, sector, source, risk) {{
  if (!/^[0-9]{{4}}-(0[1-9]|1[0-2])$/.test(month) || month < FIRST_MONTH) throw new RangeError("month: " + month);
  check("segment", segment);
  check("income", income);
  check("sector", sector);
  check("source", source);
  check("risk", risk);
  if (segment === "bpu" && sector === "labour-intensive") throw new RangeError("sector: " + sector);
  const law = STRETCHES.findLast((stretch) => stretch.from <= month);
  return Object.fromEntries(
    Object.entries(law[segment]).map(([name, rule]) => [name, rule(income, sector, source, risk)]),
  );
}}
"""


def write_script(book: Book) -> str:
    """Return an ECMAScript module with ``contribution(segment, income, month, sector, source, risk)``.

    It refuses what the rules refuse (``RangeError``) and gives the same whole rupiah, from July 2015 on.
    """
    stretches: list[str] = []
    last = ""
    changed = {month_of(day) if day.day == 1 else add(month_of(day), 1) for day in book.changes}
    for month in sorted(changed):
        law = book.on(first_day(month))
        body = ", ".join(f"{segment}: {{{_segment(law, segment)}}}" for segment in ("bpu", "ppu"))
        if body != last:
            stretches.append(f"  {{from: {json.dumps(month)}, {body}}},")
            last = body
    return _SCRIPT.format(
        version=json.dumps(book.version),
        first=json.dumps(FIRST_MONTH),
        facts=json.dumps({name: _fact(name) for name in ("segment", *_GIVEN)}),
        quotient=QUOTIENT,
        stretches="\n".join(stretches),
    )


def _segment(law: Law, segment: str) -> str:
    reading = Reading(law, JAVASCRIPT)
    written = {
        name: reading.write(rule, *(Code("income" if fact == "wage" else fact) for fact in rule.facts))
        for name, rule in rules_of(segment).items()
    }
    return ", ".join(f"{json.dumps(name)}: ({', '.join(_GIVEN)}) => {text}" for name, text in written.items())


def _fact(name: str) -> dict[str, object]:
    fact = FACTS[name]
    return {"choices": fact.choices} if fact.choices else {"least": fact.least, "most": fact.most}
