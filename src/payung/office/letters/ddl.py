"""What the database itself refuses about letters, on SQLite and on PostgreSQL."""

from __future__ import annotations

from payung.office.guards import append_only, refuse_when, refusing

_SAME = " AND ".join(f"l.{one} = NEW.{one}" for one in ("place", "office", "year", "kind"))
_FROZEN = (
    "kind",
    "subject",
    "about",
    "region_code",
    "office",
    '"on"',
    "categories",
    '"values"',
    "replaces_id",
    '"by"',
)


def create(vendor: str) -> list[str]:
    """Return what makes the guards."""
    return [*refusing(vendor), *guards(vendor)]


def guards(vendor: str) -> list[str]:
    """Return the guards; a migration that remakes a table runs them again."""
    differs = "IS NOT" if vendor == "sqlite" else "IS DISTINCT FROM"
    changed = " OR ".join(f"NEW.{one} {differs} OLD.{one}" for one in _FROZEN)
    return [
        *append_only(vendor, "letters_letter"),
        *refuse_when(
            vendor,
            "letters_letter_in_order",
            "letters_letter",
            "INSERT",
            f"NEW.serial <> 1 + COALESCE((SELECT MAX(l.serial) FROM letters_letter l WHERE {_SAME}), 0)",
            "letters are numbered one after the other",
        ),
        *refuse_when(
            vendor,
            "letters_letter_again",
            "letters_letter",
            "INSERT",
            "NOT EXISTS (SELECT 1 FROM letters_letter l WHERE l.id = NEW.replaces_id AND l.kind = NEW.kind"
            " AND l.subject = NEW.subject)",
            "a letter replaces one of its own kind and subject",
            only="NEW.replaces_id IS NOT NULL",
        ),
        *append_only(vendor, "letters_order", ("delete",)),
        *refuse_when(
            vendor,
            "letters_order_frozen",
            "letters_order",
            "UPDATE",
            f"{changed} OR OLD.state = 'made'",
            "what was asked for stays as it is",
        ),
        *refuse_when(
            vendor,
            "letters_order_made",
            "letters_order",
            "UPDATE",
            "NOT EXISTS (SELECT 1 FROM letters_letter l WHERE l.order_id = NEW.id)",
            "an order is made once its letter is there",
            only="NEW.state = 'made'",
        ),
    ]
