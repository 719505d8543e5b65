"""What each kind of event is called on a time line."""

from __future__ import annotations

from payung.text import Text

DEEDS: dict[str, Text] = {
    "user.login": Text("Masuk", "Signed in"),
    "user.logout": Text("Keluar", "Signed out"),
    "user.password": Text("Mengganti sandi", "Changed the password"),
    "user.second_factor_on": Text("Memasang kode kedua", "Put the second factor in place"),
    "user.second_factor_off": Text("Kode kedua dilepas", "Second factor removed"),
    "user.locked_out": Text("Terkunci: sandi salah berkali-kali", "Locked out: wrong password several times"),
    "user.create": Text("Akun dibuat", "Account made"),
    "user.reset": Text("Sandi diatur ulang", "Password reset"),
    "user.open": Text("Akun dibuka", "Account opened"),
    "user.close": Text("Akun ditutup", "Account closed"),
    "grant.give": Text("Peran diberikan", "Role given"),
    "grant.end": Text("Peran diakhiri", "Role ended"),
    "office.demonstration": Text("Diisi dengan kabupaten rekaan", "Filled with the invented district"),
    "regions.load": Text("Wilayah dimuat", "Regions loaded"),
    "list.export": Text("Daftar diunduh", "List taken out"),
    "person.create": Text("Dicatat dalam register", "Entered in the register"),
    "person.change": Text("Data diubah", "Data changed"),
    "person.unmask": Text("NIK lengkap dilihat", "Whole NIK seen"),
    "person.standing": Text("Masuk kategori", "Category added"),
    "post.create": Text("Jabatan dibuat", "Post made"),
    "holding.start": Text("Mulai menjabat", "Took office"),
    "holding.end": Text("Berhenti menjabat", "Left office"),
    "membership.start": Text("Kepesertaan dicatat", "Membership recorded"),
    "submission.create": Text("Usulan dimulai", "Submission begun"),
    "submission.upload": Text("Berkas diunggah", "File uploaded"),
    "submission.columns": Text("Arti kolom dibetulkan", "Meaning of columns corrected"),
    "submission.read": Text("Berkas dibaca", "File read"),
    "submission.corrected": Text("Berkas perbaikan diunduh", "Corrected workbook taken out"),
    "submission.mend": Text("Baris diperbaiki", "Row mended"),
    "submission.submit": Text("Diajukan desa", "Submitted by the village"),
    "submission.endorse": Text("Disetujui camat", "Endorsed by the sub-district"),
    "submission.accept": Text("Diterima dinas", "Accepted by the agency"),
    "submission.return": Text("Dikembalikan", "Returned"),
    "submission.land": Text("Masuk register", "Entered in the register"),
}
