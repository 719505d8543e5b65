"""The layouts in which invented lists are written, modelled on files that offices really send.

A layout takes the rows of one worksheet, with everything as written on that list, and returns the worksheet.
"""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from payung.district.layouts import offices, registers, textfiles, villages
from payung.district.layouts.common import Heading
from payung.district.sheets import Sheet

Layout = Callable[[pl.DataFrame, Heading], Sheet]

LAYOUTS: dict[str, Layout] = {
    "manual": villages.manual,
    "template": villages.template,
    "several": villages.several,
    "ods": villages.plain,
    "opensid": registers.opensid,
    "siak": registers.siak,
    "bip": registers.bip,
    "sudes": textfiles.sudes,
    "semicolon": textfiles.semicolon,
    "opendk": textfiles.opendk,
    "office": offices.apparatus,
    "rt": offices.neighbourhoods,
    "customary": offices.customary,
    "non_asn": offices.non_asn,
    "dinsos": offices.dinsos,
}

#: Sheets that stand before or after the list in the same workbook.
BEFORE: dict[str, Callable[[Heading], Sheet]] = {"template": villages.instructions}
AFTER: dict[str, Callable[[Heading], Sheet]] = {"opensid": registers.opensid_codes}

#: Layouts with a column that tells who is dead or has moved, and with one that tells of an official in the family.
TELL_STATUS = frozenset({"manual", "template", "several", "opensid", "siak", "sudes", "opendk", "dinsos"})
TELL_KK_ASN = frozenset({"template", "dinsos"})
