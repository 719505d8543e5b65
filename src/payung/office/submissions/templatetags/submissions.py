"""Words of reasons and findings in the language of the page."""

from __future__ import annotations

import re
from typing import Any

from django import template

from payung.codes import Reason
from payung.office.desk.words import language, say
from payung.office.submissions.rules.mended import without_numbers
from payung.rosters.reasons import REASONS

register = template.Library()
register.filter("without_numbers", without_numbers)


@register.filter
def reason(code: str) -> str:
    """Return the short name of a reason code."""
    known = Reason.words().get(code)
    return say(known) if known else code


@register.filter
def finding_message(finding: dict[str, Any]) -> str:
    """Return what a finding says; the sentence of the file is Indonesian, the English one is made from its code.

    ``finding`` also says in which ``row`` it is.
    """
    known = REASONS.get(finding["code"])
    if language() == "id" or known is None:
        return str(
            finding["message"] if language() == "id" else finding.get("message_en", finding["message"])
        )
    row = finding.get("row") or "–"
    english = known.message.en
    if not finding.get("column"):
        english = re.sub(r"\bcell \{cell\}", f"row {row}", english)
        english = re.sub(r"\bCell \{cell\}", f"Row {row}", english).replace("{cell}", f"row {row}")
    return english.format(
        cell=f"{finding.get('column')}{row}",
        value=(finding.get("value") or "")[:60],
        other=_other(known.message.id, str(finding["message"])),
    )


def _other(template: str, message: str) -> str:
    """Return what stands in ``message`` in the place of ``{other}`` in ``template``, or ``""``."""
    pattern = re.sub(r"(?:[Ss]el\\ )?\\\{cell\\\}|\\\{value\\\}", ".*?", re.escape(template))
    found = re.fullmatch(pattern.replace(r"\{other\}", "(.*?)"), message)
    return found[1] if found and found.groups() else ""


@register.filter
def finding_remedy(finding: dict[str, Any]) -> str:
    """Return what to do about a finding."""
    known = REASONS.get(finding["code"])
    if language() == "id":
        return str(finding["remedy"])
    return known.remedy.en if known else str(finding.get("remedy_en", finding["remedy"]))
