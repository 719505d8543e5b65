"""The levels of the tree of regions."""

from __future__ import annotations

from payung.codes.code import Code


class Level(Code):
    """From the province down to the village."""

    PROVINCE = "province", "Provinsi", "Province"
    REGENCY = "regency", "Kabupaten/kota", "District"
    SUBDISTRICT = "subdistrict", "Kecamatan", "Sub-district"
    VILLAGE = "village", "Desa/kelurahan", "Village"
