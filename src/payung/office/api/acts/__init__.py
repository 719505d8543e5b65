"""What is written through the API: the acts of the screens, by the same actions, in the scope of the token."""

from payung.office.api.acts import (
    cases,
    changes,
    exchange,
    lists,
    money,
    months,
    policies,
    programme,
    register,
)
from payung.office.api.acts.declared import Act, Field, taken

ACTS: tuple[Act, ...] = (
    *(*lists.ACTS, *programme.ACTS, *exchange.ACTS, *money.ACTS),
    *(*changes.ACTS, *months.ACTS, *cases.ACTS, *register.ACTS, *policies.ACTS),
)

__all__ = ["ACTS", "Act", "Field", "taken"]
