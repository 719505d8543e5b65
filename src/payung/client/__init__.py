"""A client of an office's API for Python: no more than the standard library, made of the office's own document.

::

    office = Office("https://payung.contoh.go.id", token)
    for person in office.rows("person_list", wilayah="62.03.01"):
        ...
    office.figure("terlindungi")["number"]
    office.act("bill_draw", line=3, month="2026-11")["bills"]

What is posted carries a key, so that an answer that was lost on the way is fetched again and nothing is done twice.
"""

from payung.client.office import Office
from payung.client.wire import Answer, RefusedError, Wire

__all__ = ["Answer", "Office", "RefusedError", "Wire"]
