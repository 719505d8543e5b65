"""The names of the categories of people (domain 10.1)."""

from __future__ import annotations

from payung.text import Text

CATEGORY_NAMES: dict[str, Text] = {
    "kepala_desa": Text("Kepala desa", "Village head"),
    "perangkat_desa": Text("Perangkat desa", "Village staff"),
    "bpd": Text("Anggota BPD", "Village council member"),
    "ketua_rt": Text("Ketua RT", "Head of RT"),
    "ketua_rw": Text("Ketua RW", "Head of RW"),
    "damang": Text("Damang", "Damang (customary chief)"),
    "sekretaris_damang": Text("Sekretaris damang", "Secretary of the damang"),
    "mantir_kecamatan": Text("Mantir kecamatan", "Mantir of the sub-district"),
    "mantir_desa": Text("Mantir desa", "Mantir of the village"),
    "non_asn_kecamatan": Text("Tenaga non-ASN kecamatan", "Non-ASN staff, sub-district"),
    "non_asn_kelurahan": Text("Tenaga non-ASN kelurahan", "Non-ASN staff, kelurahan"),
    "non_asn_desa": Text("Tenaga non-ASN desa", "Non-ASN staff, village"),
    "pppk_paruh_waktu": Text("PPPK paruh waktu", "Part-time PPPK"),
    "rentan": Text("Pekerja rentan", "Vulnerable worker"),
    "rentan_apbd": Text("Pekerja rentan (APBD)", "Vulnerable worker (APBD)"),
    "rentan_desa": Text("Pekerja rentan (desa)", "Vulnerable worker (village)"),
    "rentan_sawit": Text("Pekerja rentan (DBH sawit)", "Vulnerable worker (palm-oil fund)"),
    "rentan_donatur": Text("Pekerja rentan (donatur)", "Vulnerable worker (sponsored)"),
    "mandiri": Text("Mandiri", "Self-paying"),
}
POST_STATES: dict[str, tuple[Text, str]] = {
    "covered": (Text("terisi, terlindungi", "filled, covered"), "good"),
    "uncovered": (Text("terisi, belum terlindungi", "filled, not covered"), "bad"),
    "ended": (Text("masa jabatan berakhir", "term ended"), "warn"),
    "vacant": (Text("lowong", "vacant"), "neutral"),
}
