"""Names that heads of RT and PERISAI agents suggest, and what the village makes of them.

::

    menunggu ──put on a list (operator)──▶ masuk   (a file of the village's draft, read like any other)
        └──────refuse, with reason───────▶ ditolak

A suggestion is no row yet: it becomes one through the same upload, by the same rules, as a list of the village.
"""
