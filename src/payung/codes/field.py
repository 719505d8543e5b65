"""What a column of a list can say (payung.rosters.fields)."""

from __future__ import annotations

from payung.codes.code import Code


class Field(Code):
    """The meaning of a column. Those of :data:`OFFERED` are what a person may choose; the rest is recognised only."""

    OTHER = "other", "(bukan tentang orangnya)", "(not about the person)"
    NIK = "nik", "NIK", "NIK"
    KK = "kk", "Nomor KK", "KK number"
    NIK_KK = "nik_kk", "NIK dan nomor KK di satu sel", "NIK and KK number in one cell"
    KK_NIK = "kk_nik", "Nomor KK dan NIK di satu sel", "KK number and NIK in one cell"
    NAME_NIK = "name_nik", "Nama dan NIK di satu sel", "Name and NIK in one cell"
    KPJ = "kpj", "Nomor KPJ", "KPJ number"
    NAME = "name", "Nama", "Name"
    BIRTH_DATE = "birth_date", "Tanggal lahir", "Birth date"
    BIRTH_PLACE = "birth_place", "Tempat lahir", "Birth place"
    BIRTH_PLACE_DATE = "birth_place_date", "Tempat, tanggal lahir", "Place and date of birth"
    SEX = "sex", "Jenis kelamin", "Sex"
    MOTHER = "mother", "Ibu kandung", "Mother"
    PHONE = "phone", "Nomor HP", "Phone"
    ADDRESS = "address", "Alamat", "Address"
    RT = "rt", "RT", "RT"
    RW = "rw", "RW", "RW"
    RT_RW = "rt_rw", "RT/RW", "RT/RW"
    VILLAGE = "village", "Desa", "Village"
    VILLAGE_CODE = "village_code", "Kode desa", "Village code"
    DISTRICT = "district", "Kecamatan", "Sub-district"
    JOB = "job", "Pekerjaan", "Job"
    POSITION = "position", "Jabatan", "Office"
    CATEGORY = "category", "Kategori", "Category"
    INCOME = "income", "Penghasilan", "Income"
    DISABILITY = "disability", "Disabilitas", "Disability"
    DECILE = "decile", "Desil", "Decile"
    LIFE_STATUS = "life_status", "Status hidup", "Life status"
    NOTE = "note", "Keterangan", "Note"
    SEQ = "seq", "Nomor urut", "Running number"
    HOUSEHOLD_HEAD = "household_head", "Kepala keluarga", "Head of household"
    FATHER = "father", "Ayah", "Father"
    FATHER_NIK = "father_nik", "NIK ayah", "NIK of the father"
    MOTHER_NIK = "mother_nik", "NIK ibu", "NIK of the mother"
    ADDRESS_CURRENT = "address_current", "Alamat sekarang", "Present address"
    HAMLET = "hamlet", "Dusun", "Hamlet"
    DISTRICT_CODE = "district_code", "Kode kecamatan", "Code of the sub-district"
    REGENCY = "regency", "Kabupaten", "District"
    REGENCY_CODE = "regency_code", "Kode kabupaten", "Code of the district"
    PROVINCE = "province", "Provinsi", "Province"
    PROVINCE_CODE = "province_code", "Kode provinsi", "Code of the province"
    POSTCODE = "postcode", "Kode pos", "Postcode"
    SLS = "sls", "SLS", "Census unit (SLS)"
    JOB_DESC = "job_desc", "Uraian pekerjaan", "Description of the job"
    JOB_STATUS = "job_status", "Kedudukan dalam pekerjaan", "Status in the job"
    INDUSTRY = "industry", "Lapangan usaha", "Industry"
    WORKS = "works", "Bekerja atau tidak", "Works or not"
    HOURS = "hours", "Jam kerja", "Hours of work"
    WORK_PLACE = "work_place", "Tempat kerja", "Place of work"
    WAGE = "wage", "Upah", "Wage"
    SEGMENT = "segment", "Segmen kepesertaan", "Segment of membership"
    PHONE_ALT = "phone_alt", "Nomor telepon lain", "Another phone"
    EMAIL = "email", "Surel", "E-mail"
    RELIGION = "religion", "Agama", "Religion"
    EDUCATION = "education", "Pendidikan", "Education"
    EDUCATION_CURRENT = "education_current", "Sedang bersekolah", "School attended now"
    MARITAL = "marital", "Status kawin", "Marital status"
    RELATION = "relation", "Hubungan dalam KK", "Relation in the KK"
    RELATION_KRT = "relation_krt", "Hubungan dengan kepala rumah tangga", "Relation to the head of household"
    CITIZENSHIP = "citizenship", "Kewarganegaraan", "Citizenship"
    ETHNICITY = "ethnicity", "Suku", "Ethnic group"
    BLOOD = "blood", "Golongan darah", "Blood group"
    AGE = "age", "Umur", "Age"
    STATUS = "status", "Status", "Status"
    WELFARE = "welfare", "Kelas kesejahteraan", "Welfare class"
    HOUSEHOLD_OFFICIAL = "household_official", "Ada ASN/TNI/Polri di KK", "Public servant in the household"
    HOUSEHOLD_ID = "household_id", "Nomor rumah tangga", "Number of the household"
    HOUSEHOLD_SIZE = "household_size", "Jumlah anggota keluarga", "Size of the household"
    BPJSTK_FLAG = (
        "bpjstk_flag",
        "Peserta BPJS Ketenagakerjaan atau tidak",
        "Member of BPJS Ketenagakerjaan or not",
    )
    BPJS_KES = "bpjs_kes", "Nomor BPJS Kesehatan", "Number of BPJS Kesehatan"
    AID_FLAG = "aid_flag", "Penerima bantuan atau tidak", "Receives aid or not"
    INSURANCE_KIND = "insurance_kind", "Jenis asuransi", "Kind of insurance"
    INSURANCE_NO = "insurance_no", "Nomor asuransi", "Number of the insurance"
    NIK_OR_KK = "nik_or_kk", "NIK atau nomor KK", "NIK or KK number"
    NIK_OR_KPJ = "nik_or_kpj", "NIK atau nomor KPJ", "NIK or KPJ number"
    MEMBER_NO = "member_no", "Nomor anggota", "Number of the member"
    EMPLOYEE_NO = "employee_no", "Nomor pegawai", "Number of the employee"
    BIRTH_CERT = "birth_cert", "Akta kelahiran", "Birth certificate"
    START_DATE = "start_date", "Tanggal mulai", "First day"
    END_DATE = "end_date", "Tanggal berakhir", "Last day"
    DECREE_NO = "decree_no", "Nomor SK", "Number of the decree"
    EVENT_DATE = "event_date", "Tanggal kejadian", "Day of the event"
    AMOUNT = "amount", "Jumlah uang", "Amount"
    IURAN_JHT = "iuran_jht", "Iuran JHT", "Contribution JHT"
    IURAN_JKK = "iuran_jkk", "Iuran JKK", "Contribution JKK"
    IURAN_JKM = "iuran_jkm", "Iuran JKM", "Contribution JKM"
    PAYMENT_REF = "payment_ref", "Nomor bukti bayar", "Reference of the payment"
    BILLING_CODE = "billing_code", "Kode iuran", "Payment code"
    PROGRAM_CODE = "program_code", "Kode program", "Code of the programme"
    PERIOD = "period", "Periode", "Period"
    ACCOUNT_NO = "account_no", "Nomor rekening", "Account number"
    ACCOUNT_NAME = "account_name", "Nama pemilik rekening", "Name of the account"
    BANK = "bank", "Bank", "Bank"
    FARMER_GROUP = "farmer_group", "Kelompok tani", "Farmers' group"
    LAND_AREA = "land_area", "Luas lahan", "Area of land"
    COMMODITY = "commodity", "Komoditas", "Commodity"
    LAT = "lat", "Lintang", "Latitude"
    LON = "lon", "Bujur", "Longitude"
    HEIR = "heir", "Ahli waris", "Heir"
    HEIR_NIK = "heir_nik", "NIK ahli waris", "NIK of the heir"
    HEIR_RELATION = "heir_relation", "Hubungan ahli waris", "Relation of the heir"
    HEIR_PHONE = "heir_phone", "Nomor HP ahli waris", "Phone of the heir"
    STUDENT_NO = "student_no", "Nomor siswa", "Number of the pupil"
    FUNDING = "funding", "Sumber dana", "Funding source"


OFFERED: tuple[Field, ...] = (
    Field.OTHER,
    Field.NIK,
    Field.KK,
    Field.NIK_KK,
    Field.KK_NIK,
    Field.NAME_NIK,
    Field.KPJ,
    Field.NAME,
    Field.BIRTH_DATE,
    Field.BIRTH_PLACE,
    Field.BIRTH_PLACE_DATE,
    Field.SEX,
    Field.MOTHER,
    Field.PHONE,
    Field.ADDRESS,
    Field.RT,
    Field.RW,
    Field.RT_RW,
    Field.VILLAGE,
    Field.VILLAGE_CODE,
    Field.DISTRICT,
    Field.JOB,
    Field.POSITION,
    Field.START_DATE,
    Field.END_DATE,
    Field.DECREE_NO,
    Field.CATEGORY,
    Field.INCOME,
    Field.DISABILITY,
    Field.DECILE,
    Field.LIFE_STATUS,
    Field.NOTE,
)
