"""The names of the codes of occupations (payung.people.occupations)."""

from __future__ import annotations

from payung.people.occupations import CODES
from payung.text import Text

NAMES: dict[str, Text] = {
    "tidak_bekerja": Text("Tidak bekerja", "Does not work"),
    "rumah_tangga": Text("Mengurus rumah tangga", "Keeps the household"),
    "pelajar": Text("Pelajar atau mahasiswa", "Pupil or student"),
    "pensiunan": Text("Pensiunan", "Retired"),
    "asn": Text("ASN", "Civil servant (ASN)"),
    "tni_polri": Text("TNI/Polri", "Military or police (TNI/Polri)"),
    "bumn_bumd": Text("BUMN/BUMD", "State or district company (BUMN/BUMD)"),
    "kepala_desa": Text("Kepala desa", "Village head"),
    "perangkat_desa": Text("Perangkat desa", "Village staff"),
    "lembaga_adat": Text("Lembaga adat", "Customary body"),
    "ketua_rt_rw": Text("Ketua RT/RW", "Head of RT/RW"),
    "pedagang": Text("Pedagang", "Trader"),
    "tukang_lain": Text("Tukang lain", "Other craft"),
    "buruh_harian": Text("Buruh harian", "Day labourer"),
    "ojek": Text("Ojek", "Motorcycle taxi"),
    "kurir": Text("Kurir", "Courier"),
    "perahu": Text("Perahu", "Boat"),
    "sopir": Text("Sopir", "Driver"),
    "karet": Text("Penyadap karet", "Rubber tapper"),
    "sawit": Text("Pekerja sawit", "Oil palm worker"),
    "nelayan": Text("Nelayan", "Fisher"),
    "peternak": Text("Peternak", "Keeper of animals"),
    "penambang": Text("Penambang", "Miner"),
    "buruh_kayu": Text("Buruh kayu", "Timber worker"),
    "tukang_bangunan": Text("Tukang bangunan", "Builder"),
    "pembantu_rumah_tangga": Text("Pembantu rumah tangga", "Domestic worker"),
    "petani": Text("Petani", "Farmer"),
    "guru_agama": Text("Guru agama", "Teacher of religion"),
    "tenaga_kesehatan": Text("Tenaga kesehatan", "Health worker"),
    "guru": Text("Guru", "Teacher"),
    "juru_masak": Text("Juru masak", "Cook"),
    "seniman": Text("Seniman atau pengrajin", "Artist or craftsperson"),
    "honorer": Text("Honorer", "Contract staff"),
    "satpam": Text("Satpam atau penjaga", "Guard"),
    "kebersihan": Text("Kebersihan", "Cleaning"),
    "karyawan_swasta": Text("Karyawan swasta", "Private employee"),
    "wiraswasta": Text("Wiraswasta", "Self-employed"),
    "lainnya": Text("Lainnya", "Other"),
}


def name_of(code: str) -> Text:
    """Return the name of an occupation; a code that has none yet as words."""
    words = code.replace("_", " ").capitalize()
    return NAMES.get(code) or Text(words, words)


def choices() -> list[tuple[str, Text]]:
    """Return every code with its name, in the order of the codes."""
    return [(code, name_of(code)) for code in CODES]
