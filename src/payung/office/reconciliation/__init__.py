"""Reconciliation of a month: decree = register = billed = paid, and the insurer's list as the fifth.

Closing: open ──one side signs──▶ half ──the other signs the same figures──▶ closed ──reopen──▶ a new round

Only differences leave the database; each has a class, an owner and a due day. A closed round never changes: what is
posted for its month later is a correction, and stands in the minutes of the next month that is closed, pointing back.
"""
