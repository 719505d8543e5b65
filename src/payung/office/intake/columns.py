"""The meaning of columns, as a person may correct it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from payung.errors import InputError
from payung.office.intake.models import Upload
from payung.rosters.headings import plain
from payung.text import Text

# What a column can be, for people; codes are those of payung.rosters.fields.
FIELD_NAMES: dict[str, Text] = {
    "other": Text("(bukan tentang orangnya)", "(not about the person)"),
    "nik": Text("NIK", "NIK"),
    "kk": Text("Nomor KK", "KK number"),
    "nik_kk": Text("NIK dan nomor KK di satu sel", "NIK and KK number in one cell"),
    "kk_nik": Text("Nomor KK dan NIK di satu sel", "KK number and NIK in one cell"),
    "name_nik": Text("Nama dan NIK di satu sel", "Name and NIK in one cell"),
    "kpj": Text("Nomor KPJ", "KPJ number"),
    "name": Text("Nama", "Name"),
    "birth_date": Text("Tanggal lahir", "Birth date"),
    "birth_place": Text("Tempat lahir", "Birth place"),
    "birth_place_date": Text("Tempat, tanggal lahir", "Place and date of birth"),
    "sex": Text("Jenis kelamin", "Sex"),
    "mother": Text("Ibu kandung", "Mother"),
    "phone": Text("Nomor HP", "Phone"),
    "address": Text("Alamat", "Address"),
    "rt": Text("RT", "RT"),
    "rw": Text("RW", "RW"),
    "rt_rw": Text("RT/RW", "RT/RW"),
    "village": Text("Desa", "Village"),
    "village_code": Text("Kode desa", "Village code"),
    "district": Text("Kecamatan", "Sub-district"),
    "job": Text("Pekerjaan", "Job"),
    "position": Text("Jabatan", "Office"),
    "category": Text("Kategori", "Category"),
    "income": Text("Penghasilan", "Income"),
    "disability": Text("Disabilitas", "Disability"),
    "decile": Text("Desil", "Decile"),
    "life_status": Text("Status hidup", "Life status"),
    "note": Text("Keterangan", "Note"),
}


# What a column may also be recognised as, though nobody has to choose it: shown, not offered.
ALSO_NAMES: dict[str, Text] = {
    "seq": Text("Nomor urut", "Running number"),
    "household_head": Text("Kepala keluarga", "Head of household"),
    "father": Text("Ayah", "Father"),
    "father_nik": Text("NIK ayah", "NIK of the father"),
    "mother_nik": Text("NIK ibu", "NIK of the mother"),
    "address_current": Text("Alamat sekarang", "Present address"),
    "hamlet": Text("Dusun", "Hamlet"),
    "district_code": Text("Kode kecamatan", "Code of the sub-district"),
    "regency": Text("Kabupaten", "District"),
    "regency_code": Text("Kode kabupaten", "Code of the district"),
    "province": Text("Provinsi", "Province"),
    "province_code": Text("Kode provinsi", "Code of the province"),
    "postcode": Text("Kode pos", "Postcode"),
    "sls": Text("SLS", "Census unit (SLS)"),
    "job_desc": Text("Uraian pekerjaan", "Description of the job"),
    "job_status": Text("Kedudukan dalam pekerjaan", "Status in the job"),
    "industry": Text("Lapangan usaha", "Industry"),
    "works": Text("Bekerja atau tidak", "Works or not"),
    "hours": Text("Jam kerja", "Hours of work"),
    "work_place": Text("Tempat kerja", "Place of work"),
    "wage": Text("Upah", "Wage"),
    "segment": Text("Segmen kepesertaan", "Segment of membership"),
    "phone_alt": Text("Nomor telepon lain", "Another phone"),
    "email": Text("Surel", "E-mail"),
    "religion": Text("Agama", "Religion"),
    "education": Text("Pendidikan", "Education"),
    "education_current": Text("Sedang bersekolah", "School attended now"),
    "marital": Text("Status kawin", "Marital status"),
    "relation": Text("Hubungan dalam KK", "Relation in the KK"),
    "relation_krt": Text("Hubungan dengan kepala rumah tangga", "Relation to the head of household"),
    "citizenship": Text("Kewarganegaraan", "Citizenship"),
    "ethnicity": Text("Suku", "Ethnic group"),
    "blood": Text("Golongan darah", "Blood group"),
    "age": Text("Umur", "Age"),
    "status": Text("Status", "Status"),
    "welfare": Text("Kelas kesejahteraan", "Welfare class"),
    "household_official": Text("Ada ASN/TNI/Polri di KK", "Public servant in the household"),
    "household_id": Text("Nomor rumah tangga", "Number of the household"),
    "household_size": Text("Jumlah anggota keluarga", "Size of the household"),
    "bpjstk_flag": Text("Peserta BPJS Ketenagakerjaan atau tidak", "Member of BPJS Ketenagakerjaan or not"),
    "bpjs_kes": Text("Nomor BPJS Kesehatan", "Number of BPJS Kesehatan"),
    "aid_flag": Text("Penerima bantuan atau tidak", "Receives aid or not"),
    "insurance_kind": Text("Jenis asuransi", "Kind of insurance"),
    "insurance_no": Text("Nomor asuransi", "Number of the insurance"),
    "nik_or_kk": Text("NIK atau nomor KK", "NIK or KK number"),
    "nik_or_kpj": Text("NIK atau nomor KPJ", "NIK or KPJ number"),
    "member_no": Text("Nomor anggota", "Number of the member"),
    "employee_no": Text("Nomor pegawai", "Number of the employee"),
    "birth_cert": Text("Akta kelahiran", "Birth certificate"),
    "start_date": Text("Tanggal mulai", "First day"),
    "end_date": Text("Tanggal berakhir", "Last day"),
    "event_date": Text("Tanggal kejadian", "Day of the event"),
    "amount": Text("Jumlah uang", "Amount"),
    "iuran_jht": Text("Iuran JHT", "Contribution JHT"),
    "iuran_jkk": Text("Iuran JKK", "Contribution JKK"),
    "iuran_jkm": Text("Iuran JKM", "Contribution JKM"),
    "payment_ref": Text("Nomor bukti bayar", "Reference of the payment"),
    "billing_code": Text("Kode iuran", "Payment code"),
    "program_code": Text("Kode program", "Code of the programme"),
    "period": Text("Periode", "Period"),
    "account_no": Text("Nomor rekening", "Account number"),
    "account_name": Text("Nama pemilik rekening", "Name of the account"),
    "bank": Text("Bank", "Bank"),
    "farmer_group": Text("Kelompok tani", "Farmers' group"),
    "land_area": Text("Luas lahan", "Area of land"),
    "commodity": Text("Komoditas", "Commodity"),
    "lat": Text("Lintang", "Latitude"),
    "lon": Text("Bujur", "Longitude"),
    "heir": Text("Ahli waris", "Heir"),
    "heir_relation": Text("Hubungan ahli waris", "Relation of the heir"),
    "heir_phone": Text("Nomor HP ahli waris", "Phone of the heir"),
    "student_no": Text("Nomor siswa", "Number of the pupil"),
    "funding": Text("Sumber dana", "Funding source"),
}


def name_of(field: str) -> Text:
    """Return what a column is called that was taken for ``field``."""
    return FIELD_NAMES.get(field) or ALSO_NAMES.get(field) or Text(field, field)


def corrections_of(upload: Upload, posted: Mapping[str, Any]) -> dict[str, str]:
    """Return heading → field for the columns that the form of ``upload`` changes."""
    found = {}
    for place, table in enumerate(upload.tables):
        for column in table["columns"]:
            chosen = str(posted.get(f"c{place}-{column['at']}", ""))
            if chosen in FIELD_NAMES and chosen != column["field"]:
                found[plain(column["heading"])] = chosen
    return found


def refuse_twice(upload: Upload, corrections: Mapping[str, str]) -> None:
    """Raise :class:`InputError` where ``corrections`` would give two columns of one list the same meaning."""
    for table in upload.tables:
        columns: dict[str, dict[str, str]] = {}  # field → heading → its column; one heading has one meaning
        for column in table["columns"]:
            heading = plain(column["heading"])
            field = corrections.get(heading, column["field"])
            if field != "other" and field in corrections.values():
                columns.setdefault(field, {}).setdefault(heading, f"{column['cell']} “{column['heading']}”")
        for field, found in columns.items():
            if len(found) > 1:
                name, listed = name_of(field), ", ".join(found.values())
                raise InputError(
                    Text(
                        f"Dua kolom tidak boleh sama-sama {name.id}: {listed}. Pilih satu; yang lain beri arti lain.",
                        f"Two columns cannot both be {name.en}: {listed}. Choose one; give the other another meaning.",
                    )
                )
