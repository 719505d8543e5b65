"""Letters: every paper that leaves the house with a number, frozen as it was issued.

*Kind* (jenis): declared beside the things it is about (``letters`` of an app's face), set by a template of
``typst/``. *Order* (permintaan): somebody asked for a letter; its values are frozen then. *Letter* (surat): issued,
with number, signers, code and the hash of its file; only ever added. *Letterhead* (kop): of an office of a place::

    issue ──▶ order: waiting ──(job)──▶ made ──▶ letter
                        └──▶ failed ──again──┘          no decision waits for a letter
    reissue ──▶ another order ──▶ a new letter that points back; the old one stays, and says that it is replaced

Numbers count within place, office, year and kind, without gaps: a number is taken in the transaction that writes the
letter. Anybody may ask ``/cek-surat/`` whether a code's paper is the one on file.
"""
