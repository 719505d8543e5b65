"""Words of reasons and findings in the language of the page."""

from __future__ import annotations

from typing import Any

from django import template

from payung.codes import Reason
from payung.office.desk.words import language, say
from payung.office.submissions.rules.mended import without_numbers
from payung.rosters.reasons import REASONS
from payung.text import Text

register = template.Library()
register.filter("without_numbers", without_numbers)


@register.filter
def reason(code: str) -> str:
    """Return the short name of a reason code."""
    known = Reason.words().get(code)
    return say(known) if known else code


@register.filter
def finding_message(finding: dict[str, Any]) -> str:
    """Return what a finding says; it also says in which ``row`` it is.

    What a list said before its values were kept stays Indonesian text; its English leaves the value open.
    """
    known = REASONS.get(finding["code"])
    if known is None or (language() == "id" and "other" not in finding):
        return say(Text(finding["message"], finding.get("message_en", finding["message"])))
    row, column = finding.get("row"), finding.get("column")
    cell = finding.get("cell") or (f"{column}{row}" if column else "")
    value, other = finding.get("value") or "", finding.get("other", "…") or ""
    return say(known.told(cell=cell, row=row, value=value, other=other))


@register.filter
def finding_remedy(finding: dict[str, Any]) -> str:
    """Return what to do about a finding."""
    known = REASONS.get(finding["code"])
    own = Text(finding["remedy"], finding.get("remedy_en", finding["remedy"]))
    return say(known.remedy if known else own)
