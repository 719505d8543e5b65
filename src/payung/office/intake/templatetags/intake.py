"""Words of reasons and findings in the language of the page."""

from __future__ import annotations

from typing import Any

from django import template

from payung.office.intake.mending import without_numbers
from payung.office.intake.reasons import REASON_NAMES
from payung.office.ui.words import language, say
from payung.rosters.reasons import REASONS

register = template.Library()
register.filter("without_numbers", without_numbers)


@register.filter
def reason(code: str) -> str:
    """Return the short name of a reason code."""
    known = REASON_NAMES.get(code)
    return say(known) if known else code


@register.filter
def finding_message(finding: dict[str, Any]) -> str:
    """Return what a finding says; the sentence of the file is Indonesian, the English one is made from its code."""
    known = REASONS.get(finding["code"])
    if language() == "id" or known is None:
        return str(
            finding["message"] if language() == "id" else finding.get("message_en", finding["message"])
        )
    return known.message.en.format(
        cell=finding.get("column") or "–", value=finding.get("value") or "", other=finding["message"]
    )


@register.filter
def finding_remedy(finding: dict[str, Any]) -> str:
    """Return what to do about a finding."""
    known = REASONS.get(finding["code"])
    if language() == "id":
        return str(finding["remedy"])
    return known.remedy.en if known else str(finding.get("remedy_en", finding["remedy"]))
