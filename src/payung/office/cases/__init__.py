"""Accidents and deaths, from the report to the money in the family's hand.

*Incident* (kejadian): what happened to whom, where and when; the facts. *Report*: who told it; a second report of the
same incident joins it. *Case* (klaim): one right out of it, one a membership. *Step*: what was done or decided, only
ever added; a case stands where its last step says::

    dilaporkan ─▶ diverifikasi_desa ─▶ berkas_lengkap ─▶ diajukan_bpjs ─▶ diperiksa ─▶ disetujui
        └─▶ dirujuk_plkk ─▶ dirawat ─▶ sembuh | cacat | meninggal ─▶ berkas_lengkap     (JKK only)
    diajukan_bpjs, diperiksa ─▶ dikembalikan ─▶ berkas_lengkap      (form: a paper is missing)
    diajukan_bpjs, diperiksa ─▶ ditolak ─▶ diperiksa                (substance: after an objection)
    disetujui ─▶ dibayar ─▶ diserahkan ─▶ beasiswa_berjalan ─▶ selesai

What the insurer decides stays readable; opening a case again is a step too. The law answers whether somebody was
covered on the day, what is due and against which clock (:mod:`payung.law`).
"""
