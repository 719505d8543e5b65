"""What a heading can mean: the fields, and the words by which lists call them.

The names are those of the collected layouts (thirty real ones); a few are added for columns that say two
things at once. Words are written as :func:`payung.rosters.headings.plain` leaves them: lower case, no
punctuation, ``nomor`` as ``no``, ``tanggal`` as ``tgl`` and so on.
"""

from __future__ import annotations

import re
from typing import Final

PERSON: Final = ("name", "nik", "household_head", "kpj")  # a list of people has at least one of these

# field -> phrases that mean it, whole heading
PHRASES: Final[dict[str, str]] = {
    "seq": "no|no urut|urut|nomor urut|no urt|nourut|no urut art|#|num|no baris",
    "nik": "nik|no nik|nik ktp|no ktp|ktp|no ktp nik|nik no ktp|no induk kependudukan|no identitas|no id ktp|e ktp"
    "|no e ktp|ektp|no ektp|nik e ktp|nik peserta|nik warga|nik penduduk|nik pekerja|nik anggota|nik calon peserta"
    "|no identitas nik|no induk kependudukan nik|nik sesuai ktp|no ktp sesuai ktp|nik 16 digit|nik tenaga kerja"
    "|no kependudukan|no nik ktp|nik pemohon|nik petani|no identitas ktp|nik tk|id number|national id",
    "kk": "kk|no kk|nokk|nkk|no kartu keluarga|kartu keluarga|no kk keluarga|no k k|nomer kk|no kk 16 digit|kk no"
    "|no kartu keluarga kk|no induk keluarga",
    "kpj": "kpj|no kpj|nokpj|kpj no|no peserta bpjs tk|no bpjs tk|no bpjstk|no jamsostek|no bpjs ketenagakerjaan"
    "|no peserta bpjs ketenagakerjaan|no kartu peserta|no kartu bpjs ketenagakerjaan|kartu peserta jamsostek"
    "|no kartu jamsostek|no kepesertaan|nomor peserta bpjs",
    "name": "nama|nama lengkap|nama penduduk|nama warga|nama peserta|nama tenaga kerja|nama tk|nama pekerja"
    "|nama petani|nama art|nama anggota|nama anggota keluarga|nama psm|nama customer|nama calon peserta|nama pemohon"
    "|nama sesuai ktp|nama lengkap sesuai ktp|nama ktp|nama dan gelar|nama lengkap gelar|nama pegawai|nama karyawan"
    "|nama usulan|nama aparat|nama aparatur|nama perangkat|nama perangkat desa|nama pejabat|nama anggota rumah tangga"
    "|nama penerima|nama nelayan|nama pedagang|nama kader|nama individu|nama orang|full name|name|nama jelas"
    "|nama lengkap tanpa gelar|nama lengkap dengan gelar|nama pengurus|nama ketua rt|nama ketua rw|nama lengkap pekerja"
    "|nama calon|nama yang diusulkan|nama kepala desa|nama tenaga|nama bpd|nama anggota bpd|nama terang|nama guru"
    "|nama masyarakat|nama pendaftar|nama responden|nama lansia|nama penyandang disabilitas|nama difabel",
    "household_head": "kepala keluarga|nama krt|nama kepala keluarga|nama kk|nama kepala rumah tangga|kepala kk|krt",
    "father": "ayah|nama ayah|bapak|nama bapak|nama ayah kandung|ayah kandung|nama orang tua ayah|orang tua ayah"
    "|nama orang tua kandung ayah|nama ortu ayah",
    "mother": "ibu|nama ibu|ibu kandung|nama ibu kandung|nama gadis ibu kandung|nama gadis ibu|ibu kdg|nama ibu kdg"
    "|nama orang tua ibu|orang tua ibu|nama orang tua kandung ibu|nama ortu ibu|mother name|nama mama",
    "father_nik": "nik ayah|ayah nik|nik bapak",
    "mother_nik": "nik ibu|ibu nik|nik ibu kandung",
    "birth_place": "tempat lahir|kota lahir|tempat kelahiran|tempat lhr|tempat|kota kelahiran|place of birth|tl",
    "birth_date": "tgl lahir|tgl bln thn lahir|tgl kelahiran|tgl bln thn|tgl lahir tgl bln thn|dob|lahir"
    "|birth date|date of birth|tgl lhr|tgl lahir dd mm yyyy|tgl lahir hh bb tttt|tgl bulan tahun lahir"
    "|tgl lahir sesuai ktp",
    "birth_place_date": "ttl|tempat tgl lahir|tempat dan tgl lahir|tempat tgl lhr|tempat tgl lahir sesuai ktp"
    "|tempat tgl bln thn lahir|tempat dan tgl bln thn lahir|tempat lahir tgl lahir|tpt tgl lahir|tempat tgl kelahiran"
    "|tempat lahir dan tgl lahir|t tl|tempat tgl",
    "sex": "sex|jk|lp|jenis kelamin|kelamin|jenis kel|jenkel|gender|l p|lk pr|jns klm|klm|jenis kelamin l p|jk l p"
    "|l atau p|jenis klmn|jenis kelamin lk pr|j kelamin|j k|kelamin l p|p l|lk p|kel l p|laki laki perempuan|jekel",
    "address": "alamat|alamat rumah|alamat lengkap|alamat ktp|alamat sesuai ktp|alamat jalan kampung|alamat rt rw"
    "|alamat tempat tinggal|alamat tinggal|jalan|alamat jalan|nama jalan|address|alamat asal ktp|alamat tujuan"
    "|alamat peserta|alamat kk|alamat lengkap rt rw|alamat dusun rt rw|alamat dusun rt",
    "address_current": "alamat sekarang|alamat domisili|domisili|alamat tinggal sekarang|alamat saat ini",
    "hamlet": "dusun|dusun lingkungan|lingkungan|nama dusun|kampung|handel|dukuh|dusun handel|lingkungan dusun",
    "rt": "rt|no rt|rukun tetangga|no rt tujuan|rt no|kode rt",
    "rw": "rw|no rw|rukun warga|no rw tujuan|rw no|kode rw",
    "rt_rw": "rt rw|rtrw|no rt rw|rt dan rw|rt rw tujuan",
    "village": "desa|kelurahan|desa kelurahan|desa kel|kelurahan desa|kel desa|nama desa|nama kelurahan|nama kel tujuan"
    "|kelurahan atau desa|nama desa kelurahan|kel|ds kel|desa asal peserta|desa kelurahan tujuan|nama desa kel|village"
    "|desa atau kelurahan",
    "village_code": "kode desa|desa id|kode desa kelurahan|kode kelurahan|kode kel|no kel tujuan|no kel|kode wilayah desa"
    "|kode desa kel|id desa|kode wilayah|kd desa|kode kemendagri",
    "district": "kecamatan|nama kecamatan|nama kec tujuan|kec|nama kec|distrik|kecamatan tujuan",
    "district_code": "kode kecamatan|kode kec|no kec tujuan|kecamatan id|no kec|kd kec|id kecamatan",
    "regency": "kabupaten|kab kota|kabupaten kota|nama kab tujuan|kab|kota kabupaten|nama kabupaten|kota kab|kota"
    "|nama kab kota|nama kab",
    "regency_code": "kode kabupaten|kode kab kota|kode kab|no kab tujuan|no kab|kd kab",
    "province": "provinsi|nama prop tujuan|prov|nama prov tujuan|nama provinsi|nama prov",
    "province_code": "kode provinsi|kode prov|no prop tujuan|no prov tujuan|no prov|kd prov",
    "postcode": "kode pos|kodepos|pos",
    "sls": "nama sls|sls",
    "job": "pekerjaan|pekerjaan id|jenis pekerjaan|pekerjaan utama|profesi|mata pencaharian|pekerjaan sekarang|kerja"
    "|pekerjaan sesuai ktp|pekerjaan pokok|pekerjaan saat ini|job|occupation|pekerjaan profesi|jenis usaha|usaha"
    "|bidang pekerjaan|pekerjaan usaha|pekerjaan 1|nama pekerjaan|jenis pekerjaan usaha|bidang usaha",
    "job_desc": "deskripsi pekerjaan|uraian pekerjaan|pekerjaan 2|pekerjaan sampingan|rincian pekerjaan",
    "position": "jabatan|nama jabatan|jabatan dalam|jabatan di desa|jabatan dlm desa|jabatan sekarang|posisi|jabatan adat",
    "job_status": "status dalam pekerjaan|status pekerjaan|kedudukan pekerjaan",
    "industry": "lapangan usaha|subsektor|lapangan usaha utama|sektor|sub sektor|sektor usaha",
    "works": "bekerja seminggu yg lalu|bekerja|apakah bekerja|status bekerja|bekerja seminggu yang lalu",
    "hours": "jumlah jam kerja|jam kerja",
    "work_place": "lokasi kerja|tempat kerja|lokasi pekerjaan|tempat bekerja|lokasi tempat kerja|unit kerja|instansi tempat kerja",
    "income": "penghasilan|pendapatan|penghasilan per bulan|penghasilan bulan|pendapatan per bulan|rata rata penghasilan"
    "|penghasilan rp|dasar iuran|penghasilan sebulan|penghasilan rata rata|siltap|penghasilan tetap|gaji|honor"
    "|penghasilan per bulan rp|pendapatan bulan|penghasilan dilaporkan|pendapatan rp|insentif|penghasilan bulanan",
    "wage": "upah|data upah|data upah rp|upah bulan lalu rp|upah bulan ini rp|upah rp|upah dilaporkan|upah sebulan"
    "|upah bulan lalu|upah bulan ini|upah dilaporkan rp|upah per bulan",
    "category": "kategori|kode kategori|jenis ppks|kategori peserta|kelompok|kategori pekerja|jenis pmks|kategori rentan"
    "|jenis kepesertaan|kelompok peserta|jenis kerentanan|kategori ppks",
    "segment": "segmen|segmen peserta|segmen kepesertaan|segmentasi|jenis peserta|kepesertaan|pu bpu",
    "phone": "no hp|hp|telepon|no telepon|telp|no telp|telepon hp|no hp wa|no wa|whatsapp|no hp yang aktif|no ponsel"
    "|no hp telp|handphone|no handphone|no telp hp|telp hp|no kontak|kontak|phone|no whatsapp|no hp aktif|hp wa|nohp"
    "|no hp peserta|no telepon hp|no tlp|tlp|no hp telepon|no tlpn|nomor yang bisa dihubungi|wa|no tlp hp",
    "phone_alt": "no telp rumah|telepon rumah|no hp 2|hp 2|no hp lain|no hp keluarga|no telp 2",
    "email": "email|alamat email|alamat e mail|e mail|surel",
    "religion": "agama|agama id",
    "education": "pendidikan|pendidikan kk|pendidikan kk id|pendidikan terakhir|pendidikan dlm kk|ijazah tertinggi"
    "|pendidikan tertinggi|ijazah terakhir|jenjang pendidikan|pendidikan dalam kk",
    "education_current": "pendidikan sedang|pendidikan sedang id|pendidikan sdg ditempuh|pendidikan sedang ditempuh",
    "marital": "status kawin|status perkawinan|kawin|status l k|perkawinan|status nikah|status pernikahan|sts kawin|status k tk"
    "|status kawin k tk",
    "relation": "shdk|hubungan keluarga|kk level|hubungan dengan kepala keluarga|hub keluarga|hubungan dalam keluarga"
    "|status hubungan dalam keluarga|status hubungan keluarga|hubungan kk|hub kel|hubungan dgn kk|status dalam keluarga"
    "|hubungan",
    "relation_krt": "hub krt|hubkrt|status hubungan dalam rumah tangga|hubungan dengan krt|hubungan dengan kepala rumah tangga",
    "citizenship": "kewarganegaraan|warganegara id|warga negara|wn|warganegara",
    "ethnicity": "suku|etnis|suku bangsa",
    "blood": "golongan darah|golongan darah id|gol darah|goldar|gol drh|darah",
    "age": "umur|usia|umur anggota rumah tangga|umur tahun|usia tahun|umur thn|usia thn|umur anggota rumah tangga tahun",
    "disability": "cacat|cacat id|jenis cacat|jenis disabilitas|disabilitas|penyandang disabilitas|difabel|kondisi disabilitas"
    "|penyandang cacat|disabilitas ya tidak|ragam disabilitas",
    "life_status": "status dasar|status warga|status hidup|status penduduk|hidup mati|status kependudukan|keberadaan",
    "status": "status|status kepesertaan|status data|status peserta|status aktif|keaktifan",
    "decile": "desil|percentile|persentil|desil dtsen|desil kesejahteraan|peringkat desil|desil nasional",
    "welfare": "kelas kesejahteraan|tingkat kesejahteraan|status kesejahteraan|kesejahteraan|kategori kemiskinan"
    "|status kemiskinan|tingkat kemiskinan|status ekonomi",
    "household_official": "kk asn|ada asn|anggota kk asn|asn tni polri|ada anggota keluarga asn|anggota keluarga asn tni polri"
    "|dalam kk ada asn|keluarga asn|kk ada asn",
    "household_id": "id rumah tangga|ruta 6|no rumah tangga|id ruta|no urut rumah tangga|kode ruta|idbdt|id bdt|id dtks",
    "household_size": "jumlah art|jumlah anggota keluarga|jumlah anggota rumah tangga|jml art|jumlah tanggungan",
    "bpjstk_flag": "status jamsostek|status bpjs tk|jamsostek|kepesertaan bpjs ketenagakerjaan|bpjs ketenagakerjaan"
    "|sudah bpjs tk|bpjs tk",
    "bpjs_kes": "nokes|no bpjs kes|no bpjs kesehatan|bpjs kes|bpjs kesehatan|no jkn|no kis|jkn",
    "aid_flag": "status pkh|pkh|penerima pkh|bantuan|penerima bantuan|status bpnt|bansos",
    "insurance_kind": "id asuransi|asuransi id|jenis asuransi",
    "insurance_no": "no asuransi",
    "nik_or_kk": "peserta",
    "nik_or_kpj": "no id",
    "member_no": "no peserta|niap|no anggota|no induk anggota",
    "employee_no": "noind|no induk karyawan|no induk pegawai|nip|nip nrp|no induk|nomor induk karyawan|nipd|nrpd|niap pd",
    "birth_cert": "akta lahir|no akta lahir|akta kelahiran|no akta kelahiran",
    "start_date": "tgl masuk|mulai aktif|tgl mulai|tmt|tgl mulai bekerja|mulai bekerja|tgl kepesertaan|tmt jabatan"
    "|tgl aktif|tmt sk|tgl mulai kerja|tgl efektif",
    "end_date": "akhir kontrak|tgl keluar|tgl akhir|akhir masa jabatan|tgl non aktif|tgl berhenti|akhir jabatan|tgl nonaktif",
    "event_date": "tgl datang|tgl pendataan|date time trx|datetime trx|tgl|tgl transaksi|tgl trx|tgl bayar|waktu transaksi",
    "note": "keterangan|catatan|ket|note|sebab keluar|keterangan gagal|keterangan lain|remark",
    "amount": "total amount|nominal|grand total|jumlah iuran|total iuran|jumlah bayar|total bayar|jumlah rp",
    "iuran_jht": "amount jht|iuran jht|jht",
    "iuran_jkk": "iuran jkk|amount jkk|jkk",
    "iuran_jkm": "iuran jkm|amount jkm|jkm|jk|iuran jk",
    "payment_ref": "no reff|no referensi|transaction id|no ref|referensi|id transaksi",
    "billing_code": "kode iuran|kode billing|kode bayar",
    "program_code": "kode program|program",
    "period": "periode tagihan|periode|blth|periode iuran|bulan iuran",
    "account_no": "no rekening|rekening|no rek",
    "account_name": "nama tujuan|nama rekening|atas nama|nama pemilik rekening",
    "bank": "bank biller tujuan|bank|nama bank",
    "farmer_group": "gapoktan|nama poktan|poktan|kelompok tani|nama kelompok tani|nama kelompok|kelompok nelayan",
    "land_area": "luas|luas lahan|luas lahan ha|luas ha|luas lahan ha mt1",
    "commodity": "komoditas|komoditas mt1|jenis tanaman",
    "lat": "lat|latitude|lintang",
    "lon": "lng|lon|longitude|bujur|long",
    "heir": "ahli waris|nama ahli waris|penerima manfaat",
    "funding": "sumber dana|sumber pembiayaan|dana",
}

# headings that hold one of the words above and mean something else
OTHER: Final = re.compile(
    r"\basal\b|paspor|pasport|kitas|\bkb\b|hamil|petugas|entri|persil|pupuk|kios|penyuluh|akta (kawin|cerai|perkawinan)"
    r"|akta (perceraian)|tgl (kwn|cerai|ubah|status|perkawinan|perceraian|surat)|surat|perusahaan|\btk\b$|username"
    r"|ca$|^bpu$|^total j|total iuran|selisih|tindak|foto|tanda tangan|^ttd|paraf|sumber file|source|timestamp"
    r"|berlaku|rekam|tag id|^ktp (el|berakhir)|(cetak|ganti) ktp|diangkat|^jumlah (?!art|anggota|iuran|bayar|jam|tanggungan|rp)"
    r"|persentase|tingkat pen|tingkat partisipasi|kelas$|persil|migrasi|alasan|instansi|npwp|sertifikat|diklat|legalitas"
)

# parts of headings, tried where no phrase fits, in this order
PARTS: Final[tuple[tuple[str, str], ...]] = (
    ("father_nik", r"\bnik\b.*\b(ayah|bapak)\b"),
    ("mother_nik", r"\bnik\b.*\b(ibu)\b"),
    ("other", r"\bnik\b.*\b(istri|suami|pasangan|anak|ahli waris)\b"),
    ("heir", r"\b(ahli waris|waris)\b"),
    ("household_official", r"\b(asn|tni|polri)\b.*\b(kk|keluarga)\b|\b(kk|keluarga)\b.*\b(asn|tni|polri)\b"),
    ("other", r"\bnama\b.*\b(istri|suami|pasangan|anak|bank|perusahaan|usaha|kelompok|toko|barang)\b"),
    ("birth_place_date", r"\b(tempat|tpt)\b.*\btgl\b|\bttl\b"),
    ("birth_date", r"\b(tgl|tahun|hari)\b.*\b(lahir|kelahiran)\b"),
    ("birth_place", r"\b(tempat|kota|kab|daerah)\b.*\b(lahir|kelahiran)\b"),
    ("kpj", r"\bkpj\b|\bno\b.*\b(bpjs ?tk|bpjs ketenagakerjaan|jamsostek)\b"),
    ("bpjs_kes", r"\b(jkn|kis|bpjs kes\w*)\b"),
    ("bpjstk_flag", r"\b(jamsostek|bpjs ?tk|bpjs ketenagakerjaan)\b"),
    ("kk", r"\bno\b.*\b(kk|kartu keluarga)\b"),
    ("nik", r"\bnik\b|\bktp\b.*\bno\b|\bno\b.*\bktp\b|induk kependudukan"),
    ("mother", r"\bibu\b"),
    ("father", r"\b(ayah|bapak)\b"),
    ("household_head", r"\bnama\b.*\b(kepala keluarga|krt)\b"),
    (
        "name",
        r"^nama\b.*\b(lengkap|ktp|peserta|pekerja|warga|penduduk|calon|anggota|tenaga|penerima|petani|nelayan|aparat\w*)\b",
    ),
    ("sex", r"\bkelamin\b"),
    ("address_current", r"\balamat\b.*\b(domisili|sekarang)\b"),
    ("email", r"e ?mail"),
    ("address", r"\balamat\b"),
    ("disability", r"\b(disabilitas|difabel|cacat)\b"),
    ("rt_rw", r"\brt\b.*\brw\b"),
    ("job_desc", r"\b(uraian|deskripsi|rincian)\b.*\bpekerjaan\b"),
    ("work_place", r"\b(lokasi|tempat)\b.*\b(kerja|bekerja|pekerjaan|usaha)\b"),
    ("job_status", r"\bstatus\b.*\bpekerjaan\b"),
    ("job", r"\b(pekerjaan|profesi|mata pencaharian)\b"),
    ("position", r"\bjabatan\b"),
    ("phone", r"\b(hp|handphone|ponsel|whatsapp|wa|telp|telepon|tlp|kontak)\b"),
    ("income", r"\b(penghasilan|pendapatan|siltap|tunjangan|insentif|honorarium)\b"),
    ("wage", r"\bupah\b"),
    ("village_code", r"\bkode\b.*\b(desa|kel|kelurahan)\b"),
    ("district_code", r"\bkode\b.*\b(kecamatan|kec)\b"),
    ("regency_code", r"\bkode\b.*\b(kab|kabupaten|kota)\b"),
    ("province_code", r"\bkode\b.*\b(prov|provinsi)\b"),
    ("land_area", r"\bluas\b"),
    ("commodity", r"\bkomoditas\b"),
    ("relation", r"\bhubungan\b.*\bkeluarga\b"),
    ("marital", r"\b(kawin|nikah|perkawinan)\b"),
    ("education", r"\b(pendidikan|ijazah)\b"),
    ("decile", r"\bdesil\b"),
    ("village", r"^(nama )?(desa|kelurahan)\b"),
    ("district", r"^(nama )?(kecamatan|kec)\b"),
    ("regency", r"^(nama )?(kabupaten|kab)\b"),
    ("iuran_jht", r"\biuran\b.*\bjht\b"),
    ("iuran_jkk", r"\biuran\b.*\bjkk\b"),
    ("iuran_jkm", r"\biuran\b.*\bjkm\b"),
    ("age", r"\b(umur|usia)\b"),
    ("category", r"\b(kategori|ppks|pmks)\b"),
    ("note", r"^ket\b|\b(keterangan|catatan)\b"),
    ("name", r"^nama$"),
)

# fields that a listing is made of; they are given to one column only, the best one
CORE: Final = frozenset(
    [
        "nik",
        "kk",
        "kpj",
        "name",
        "birth_date",
        "birth_place",
        "birth_place_date",
        "sex",
        "mother",
        "phone",
        "address",
        "rt",
        "rw",
        "rt_rw",
        "village",
        "village_code",
        "district",
        "district_code",
        "job",
        "position",
        "category",
        "income",
        "wage",
        "segment",
        "disability",
        "decile",
        "welfare",
        "household_official",
        "life_status",
        "household_head",
        "father",
        "hamlet",
        "regency",
        "province",
        "relation",
        "age",
        "note",
        "status",
    ]
)
