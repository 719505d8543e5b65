"""How a donor came to give, and whose money it can be."""

from __future__ import annotations

from payung.codes import Code, Source

# Whose money a pledge can be.
GIVERS = (Source.CSR, Source.BAZNAS, Source.ASN)


class Scheme(Code):
    """How a donor came to give."""

    GN_LINGKARAN = "gn_lingkaran", "GN Lingkaran", "GN Lingkaran"
    SERTAKAN = "sertakan", "SERTAKAN", "SERTAKAN"
    DIRECT = "langsung", "Langsung ke kabupaten", "Straight to the district"
