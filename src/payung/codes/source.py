"""Who pays (domain 3.4): the codes of the law's source list (law/parameters/relief.yaml)."""

from __future__ import annotations

from payung.codes.code import Code


class Source(Code):
    """A funding source. A name in common use is understood as what it means: ``pades`` is village money."""

    APBN = "apbn", "APBN", "State budget (APBN)"
    APBD = "apbd", "APBD kabupaten", "District budget (APBD)", "neutral", ("apbd_kabupaten", "apbd_kota")
    APBD_PROVINSI = (
        *("apbd-provinsi", "APBD provinsi", "Provincial budget (APBD)", "neutral"),
        ("apbd_prov", "provinsi"),
    )
    APBDES = "apbdes", "APBDes", "Village budget (APBDes)", "neutral", ("pades", "apb_desa")
    ADD = "add", "Alokasi Dana Desa (ADD)", "Village allocation (ADD)", "neutral", ("alokasi_dana_desa",)
    DANA_DESA = "dana-desa", "Dana Desa", "Village fund (Dana Desa)", "neutral", ("dd", "danadesa")
    DBH_SAWIT = "dbh-sawit", "DBH sawit", "Palm-oil fund (DBH)", "neutral", ("dbhsawit",)
    DBHCHT = "dbhcht", "DBH cukai tembakau", "Tobacco-excise fund (DBH CHT)", "neutral", ("dbh_cht",)
    CSR = "csr", "CSR / donatur", "Company or donor (CSR)", "neutral", ("donatur", "gn_lingkaran", "sertakan")
    BAZNAS = "baznas", "BAZNAS", "BAZNAS", "neutral", ("zakat",)
    ASN = "asn", "ASN menanggung", "Civil servants as sponsors", "neutral", ("sponsor_asn",)
    MANDIRI = "mandiri", "Mandiri", "The member", "neutral", ("sendiri",)
