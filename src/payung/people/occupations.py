"""Occupations: the words of lists and the codes of the civil registry, mapped to one short list of codes.

``TRANSPORT`` are the codes whose workers carry people or goods for a living: PP 50/2025 gives them other
months of relief than everybody else.
"""

from __future__ import annotations

import re

# code -> pattern over lower-case text; the first that fits wins
_OCCUPATIONS: tuple[tuple[str, str], ...] = (
    ("tidak_bekerja", r"(belum|tidak|blm|tdk)\s*/?\s*(tidak\s+|tdk\s+)?(be)?kerja|pengangguran|^menganggur$"),
    ("rumah_tangga", r"mengurus\s+rumah|^irt$|ibu\s+rumah\s+tangga|^rumah\s+tangga$|^urt$"),
    ("pelajar", r"pelajar|mahasiswa|siswa|sekolah"),
    ("pensiunan", r"pensiun|purnawirawan"),
    ("asn", r"\bpns\b|\basn\b|pegawai\s+negeri|\bpppk\b|\bp3k\b(?!.*paruh)|aparatur\s+sipil"),
    ("tni_polri", r"\btni\b|\bpolri\b|polisi|tentara|kepolisian"),
    ("bumn_bumd", r"\bbumn\b|\bbumd\b"),
    ("kepala_desa", r"kepala\s+desa|\bkades\b"),
    (
        "perangkat_desa",
        (
            r"perangkat\s+desa|aparat(ur)?\s+desa|sekretaris\s+desa|\bsekdes\b|\bkaur\b|\bkasi\b|\bkadus\b|\bbpd\b"
            r"|kepala\s+(dusun|urusan|seksi)"
        ),
    ),
    ("lembaga_adat", r"\b(ke)?damang\b|\bmantir\b|kepala\s+adat"),
    ("ketua_rt_rw", r"^(ketua\s+)?r[tw]\b"),
    # those who sell at, mend or load a boat do not carry anybody: one job, without "dan" or a stroke before the next
    (
        "pedagang",
        r"^(pedagang|penjual|jualan|jual|dagang|berdagang)\s+(?!dan\b)[a-z ]*$(?<!ojek)(?<!sopir)(?<!supir)",
    ),
    (
        "tukang_lain",
        (
            r"^(mekanik|montir|bengkel|teknisi|servis|reparasi|tukang\s+(servis|las|cat|cuci|bikin|buat)|pembuat|pengrajin"
            r"|perajin)\s+(?!dan\b)[a-z ]*\b(ojek|motor|kelotok|klotok|perahu|speed\s*boat|mobil|truk|becak|taksi)\b"
        ),
    ),
    ("buruh_harian", r"^(buruh|kuli)\s+(bongkar|muat|angkut)\b"),
    ("ojek", r"\bojek|ojol|gojek|\bgrab\b|maxim"),
    ("kurir", r"kurir|pengantar\s+(barang|paket|galon|air)|ekspedisi"),
    (
        "perahu",
        r"kelotok|klotok|\bmotoris|perahu|speed\s*boat|speedboat|\btaksi\s+air|getek|juru\s*mudi|nakhoda|\babk\b|pelaut",
    ),
    (
        "sopir",
        r"sopir|supir|driver|pengemudi|transportasi|angkutan|\btravel\b|becak|bentor|kernet|truk|\btaksi\b",
    ),
    ("karet", r"karet|penyadap|menyadap|penoreh|menoreh|nakau|motong\s+getah|getah"),
    ("sawit", r"sawit|pemanen|pendodos|egrek|perkebunan\s+kelapa"),
    (
        "nelayan",
        r"nelayan|perikanan|pencari\s+ikan|penangkap\s+ikan|keramba|karamba|tambak|petambak|budidaya\s+ikan",
    ),
    ("peternak", r"ternak"),
    ("penambang", r"tambang|nambang|dulang|mendulang|galian|batu\s*bara"),
    (
        "buruh_kayu",
        r"buruh\s+kayu|penebang|gergaji|chainsaw|kayu\s+log|sawmill|rotan|hasil\s+hutan|berladang\s+kayu",
    ),
    (
        "tukang_bangunan",
        r"tukang\s+(batu|kayu|besi|cat|listrik|ledeng|bangunan|las)|bangunan|konstruksi|kuli|tukang$",
    ),
    (
        "tukang_lain",
        r"tukang|mekanik|montir|bengkel|penjahit|penata|pandai\s+besi|servis|reparasi|tambal\s+ban",
    ),
    ("pembantu_rumah_tangga", r"pembantu|\bprt\b|\bart\b|asisten\s+rumah|cuci\s+gosok|pengasuh"),
    ("pedagang", r"dagang|\b(pen)?jual|warung"),
    ("petani", r"\b(pe)?tani\b|pekebun|kebun|ladang|sawah|sayur|berkebun|bertani|petani"),
    (
        "guru_agama",
        r"mengaji|ngaji|ustad|ustaz|mubalig|imam|marbot|marbut|kaum\s+masjid|pendeta|pastor|pisur|basir|rohani|biarawat|takmir",
    ),
    ("tenaga_kesehatan", r"bidan|perawat|dokter|kader|posyandu|apotek|paraji|dukun|tabib"),
    ("guru", r"\bguru\b|dosen|pengajar|paud"),
    ("pedagang", r"kios|pentol|toko|kelontong|pasar|sembako|gorengan|asongan|keliling"),
    ("juru_masak", r"masak|koki|catering|katering|kuliner|kue"),
    ("seniman", r"seni|penari|pemusik|sanggar|pengrajin|perajin|anyam|kerajinan|ukir"),
    ("honorer", r"honor|tenaga\s+administrasi|non\s*-?\s*asn|\bthl\b|tenaga\s+kontrak|\bstaf\b|operator"),
    ("satpam", r"satpam|security|penjaga|linmas|hansip"),
    ("kebersihan", r"kebersihan|sampah|sapu|pemulung|cleaning|rosok"),
    (
        "buruh_harian",
        r"buruh|serabutan|harian|lepas|borongan|pekerja\s+kasar|bongkar\s+muat|porter|\bbhl\b|freelance",
    ),
    ("karyawan_swasta", r"karyawan|pegawai\s+swasta|kary\b"),
    ("wiraswasta", r"swasta|usaha|wirausaha|umkm|industri"),
    ("lainnya", r"lain|dll|jasa"),
)
_COMPILED = tuple((code, re.compile(pattern)) for code, pattern in _OCCUPATIONS)

TRANSPORT = frozenset({"ojek", "kurir", "perahu", "sopir"})
PUBLIC_SERVANTS = frozenset({"asn", "tni_polri", "bumn_bumd"})
NOT_WORKING = frozenset({"tidak_bekerja", "rumah_tangga", "pelajar", "pensiunan"})
# Words of a list that say that somebody else employs the person, who then has to insure them as wage worker.
EMPLOYED = (
    r"(?i)\b(karyawan|karyawati|kary)\b|\bpegawai\s+(swasta|toko|pabrik|perusahaan|perkebunan)\b"
    r"|\b(pt|cv)\b\.?\s*\w"
)
CODES = tuple(dict.fromkeys(code for code, _ in _OCCUPATIONS))
# what a drop-down offers: one word for each code that a worker can have
CHOICES = (
    "Penyadap karet",
    "Petani",
    "Pekerja sawit",
    "Nelayan",
    "Peternak",
    "Penambang",
    "Buruh kayu",
    "Buruh harian lepas",
    "Tukang bangunan",
    "Tukang lain",
    "Ojek",
    "Kurir",
    "Motoris kelotok",
    "Sopir",
    "Pedagang",
    "Juru masak",
    "Pengrajin",
    "Pembantu rumah tangga",
    "Guru mengaji",
    "Guru",
    "Kader posyandu",
    "Satpam",
    "Petugas kebersihan",
    "Honorer",
    "Perangkat desa",
    "Kepala desa",
    "Ketua RT",
    "Karyawan swasta",
    "Wiraswasta",
    "Lainnya",
)

# the numbers 1 to 89 of the civil registry as OpenSID writes them
REGISTRY: dict[int, str] = {
    1: "tidak_bekerja", 2: "rumah_tangga", 3: "pelajar", 4: "pensiunan", 5: "asn", 6: "tni_polri", 7: "tni_polri",
    8: "pedagang", 9: "petani", 10: "peternak", 11: "nelayan", 12: "wiraswasta", 13: "tukang_bangunan", 14: "sopir",
    15: "karyawan_swasta", 16: "bumn_bumd", 17: "bumn_bumd", 18: "honorer", 19: "buruh_harian", 20: "petani",
    21: "nelayan", 22: "peternak", 23: "pembantu_rumah_tangga", 24: "tukang_lain", 25: "tukang_bangunan",
    26: "tukang_bangunan", 27: "tukang_bangunan", 28: "tukang_lain", 29: "tukang_bangunan", 30: "tukang_lain",
    31: "tukang_lain", 32: "tukang_lain", 33: "tukang_lain", 34: "tukang_lain", 35: "tukang_lain", 36: "seniman",
    37: "tenaga_kesehatan", 38: "tenaga_kesehatan", 41: "guru_agama", 42: "guru_agama", 43: "guru_agama",
    45: "guru_agama", 46: "juru_masak", 64: "guru", 65: "guru", 72: "tenaga_kesehatan", 73: "tenaga_kesehatan",
    74: "tenaga_kesehatan", 75: "tenaga_kesehatan", 79: "perahu", 81: "sopir", 84: "pedagang", 85: "perangkat_desa",
    86: "kepala_desa", 87: "guru_agama", 88: "wiraswasta", 89: "lainnya",
}  # fmt: skip
REGISTRY_WORDS: tuple[str, ...] = tuple(
    word.strip()
    for word in [
        "Belum/tidak bekerja",
        "Mengurus rumah tangga",
        "Pelajar/mahasiswa",
        "Pensiunan",
        "PNS",
        "TNI",
        "Polri",
        "Perdagangan",
        "Petani/pekebun",
        "Peternak",
        "Nelayan/perikanan",
        "Industri",
        "Konstruksi",
        "Transportasi",
        "Karyawan swasta",
        "Karyawan BUMN",
        "Karyawan BUMD",
        "Karyawan honorer",
        "Buruh harian lepas",
        "Buruh tani/perkebunan",
        "Buruh nelayan/perikanan",
        "Buruh peternakan",
        "Pembantu rumah tangga",
        "Tukang cukur",
        "Tukang listrik",
        "Tukang batu",
        "Tukang kayu",
        "Tukang sol sepatu",
        "Tukang las/pandai besi",
        "Tukang jahit",
        "Tukang gigi",
        "Penata rias",
        "Penata busana",
        "Penata rambut",
        "Mekanik",
        "Seniman",
        "Tabib",
        "Paraji",
        "Perancang busana",
        "Penterjemah",
        "Imam masjid",
        "Pendeta",
        "Pastor",
        "Wartawan",
        "Ustadz/mubaligh",
        "Juru masak",
        "Promotor acara",
        "Anggota DPR-RI",
        "Anggota DPD",
        "Anggota BPK",
        "Presiden",
        "Wakil presiden",
        "Anggota MK",
        "Anggota kabinet",
        "Duta besar",
        "Gubernur",
        "Wakil gubernur",
        "Bupati",
        "Wakil bupati",
        "Walikota",
        "Wakil walikota",
        "Anggota DPRD provinsi",
        "Anggota DPRD kab/kota",
        "Dosen",
        "Guru",
        "Pilot",
        "Pengacara",
        "Notaris",
        "Arsitek",
        "Akuntan",
        "Konsultan",
        "Dokter",
        "Bidan",
        "Perawat",
        "Apoteker",
        "Psikiater/psikolog",
        "Penyiar televisi",
        "Penyiar radio",
        "Pelaut",
        "Peneliti",
        "Sopir",
        "Pialang",
        "Paranormal",
        "Pedagang",
        "Perangkat desa",
        "Kepala desa",
        "Biarawati",
        "Wiraswasta",
        "Lainnya",
    ]
)


def read(text: str) -> str | None:
    """Return the code of the occupation that ``text`` names, or ``None``.

    A number is the code of the civil registry.

    >>> read("Penyadap karet"), read("81"), read("BURUH TANI/PERKEBUNAN"), read("tukang ojek")
    ('karet', 'sopir', 'petani', 'ojek')
    """
    words = " ".join(text.lower().replace("_", " ").split())
    if at := _registry_number(words):
        return REGISTRY.get(at, "lainnya")
    return next((code for code, pattern in _COMPILED if pattern.search(words)), None)


def label(text: str) -> str:
    """Return the registry's word for one of its numbers, any other text as it is.

    >>> label("19.0"), label("Petani")
    ('Buruh harian lepas', 'Petani')
    """
    at = _registry_number(text.strip())
    return REGISTRY_WORDS[at - 1] if at else text


def _registry_number(text: str) -> int:
    """Return 1 to 89 where the text is such a number, else 0."""
    number = re.fullmatch(r"0?(\d{1,2})(?:\.0)?", text)
    return int(number[1]) if number and 1 <= int(number[1]) <= len(REGISTRY_WORDS) else 0
