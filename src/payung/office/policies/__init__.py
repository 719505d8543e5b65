"""What the district itself decides about who may be enrolled: proposed by one person, put in force by another.

::

    waiting ──approve (Bupati, not who proposed)──▶ approved   (counts from its month on)
       ├──────refuse, with reason─────────────────▶ refused
       └──────withdraw (who proposed)─────────────▶ withdrawn

A proposal shows before it counts whose state it changes, and what that is worth by line of money. Law is not set here:
its values come with the program (docs/decisions/0036).
"""
