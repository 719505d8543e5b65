"""The codes of policies."""

from __future__ import annotations

from payung.codes import Code


class PolicyState(Code):
    """Where a policy stands."""

    WAITING = "waiting", "Menunggu persetujuan", "Waits for approval", "warn"
    APPROVED = "approved", "Disetujui", "Approved", "good"
    REFUSED = "refused", "Ditolak", "Refused", "bad"
    WITHDRAWN = "withdrawn", "Ditarik", "Withdrawn", "neutral"


# From which state to which; the database refuses every other way.
WAYS: dict[PolicyState, tuple[PolicyState, ...]] = {
    PolicyState.WAITING: (PolicyState.APPROVED, PolicyState.REFUSED, PolicyState.WITHDRAWN),
    PolicyState.APPROVED: (),
    PolicyState.REFUSED: (),
    PolicyState.WITHDRAWN: (),
}


class Verdict(Code):
    """What the rules say of somebody: admitted, or the first rule that refuses."""

    ADMITTED = "admitted", "Memenuhi syarat", "Admitted", "good"
    MINIMUM_AGE = "minimum_age", "Terlalu muda", "Too young", "bad"
    AGE_LIMIT = "age_limit", "Terlalu tua", "Too old", "bad"
    WELFARE_DECILE = "welfare_decile", "Desil di luar batas", "Decile beyond the limit", "bad"
