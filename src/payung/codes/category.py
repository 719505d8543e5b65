"""Who somebody is to the programme (domain 10.1): an office, a kind of vulnerable worker, or a payer of their own."""

from __future__ import annotations

from payung.codes.code import Code


class Category(Code):
    """The category of a person; several may hold at once."""

    KEPALA_DESA = "kepala_desa", "Kepala desa", "Village head"
    PERANGKAT_DESA = "perangkat_desa", "Perangkat desa", "Village staff"
    BPD = "bpd", "Anggota BPD", "Village council member"
    KETUA_RT = "ketua_rt", "Ketua RT", "Head of RT"
    KETUA_RW = "ketua_rw", "Ketua RW", "Head of RW"
    DAMANG = "damang", "Damang", "Damang (customary chief)"
    SEKRETARIS_DAMANG = "sekretaris_damang", "Sekretaris damang", "Secretary of the damang"
    MANTIR_KECAMATAN = "mantir_kecamatan", "Mantir kecamatan", "Mantir of the sub-district"
    MANTIR_DESA = "mantir_desa", "Mantir desa", "Mantir of the village"
    NON_ASN_KECAMATAN = "non_asn_kecamatan", "Tenaga non-ASN kecamatan", "Non-ASN staff, sub-district"
    NON_ASN_KELURAHAN = "non_asn_kelurahan", "Tenaga non-ASN kelurahan", "Non-ASN staff, kelurahan"
    NON_ASN_DESA = "non_asn_desa", "Tenaga non-ASN desa", "Non-ASN staff, village"
    PPPK_PARUH_WAKTU = "pppk_paruh_waktu", "PPPK paruh waktu", "Part-time PPPK"
    RENTAN = "rentan", "Pekerja rentan", "Vulnerable worker"
    RENTAN_APBD = "rentan_apbd", "Pekerja rentan (APBD)", "Vulnerable worker (APBD)"
    RENTAN_DESA = "rentan_desa", "Pekerja rentan (desa)", "Vulnerable worker (village)"
    RENTAN_SAWIT = "rentan_sawit", "Pekerja rentan (DBH sawit)", "Vulnerable worker (palm-oil fund)"
    RENTAN_DONATUR = "rentan_donatur", "Pekerja rentan (donatur)", "Vulnerable worker (sponsored)"
    MANDIRI = "mandiri", "Mandiri", "Self-paying"


OFFICIALS = frozenset(
    {
        *(Category.KEPALA_DESA, Category.PERANGKAT_DESA, Category.BPD, Category.KETUA_RT, Category.KETUA_RW),
        *(Category.DAMANG, Category.SEKRETARIS_DAMANG, Category.MANTIR_KECAMATAN, Category.MANTIR_DESA),
        *(Category.NON_ASN_KECAMATAN, Category.NON_ASN_KELURAHAN, Category.NON_ASN_DESA),
        Category.PPPK_PARUH_WAKTU,
    }
)
VULNERABLE = frozenset({Category.RENTAN, Category.RENTAN_APBD, Category.RENTAN_DESA})
SPONSORED = frozenset({Category.RENTAN_SAWIT, Category.RENTAN_DONATUR, Category.MANDIRI})
