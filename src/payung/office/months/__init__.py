"""The register of protected months: one row a person, segment, month, line and payment, only ever added to.

* ``Month``: odd ``seq`` = paid, even = taken back. Two live payers of one month have the same key: the database
  refuses the second, under any concurrency.
* ``Posting``: the payment (or the reason) behind rows; its key is the number of its event in the history, so that
  "as known on a day" is "up to this number".
* ``Past``: the paid months of somebody, written out once for everybody who has exactly the same; :mod:`payung.law`
  judges each once. ``Cover`` points from person and segment to it.
* ``StateSum``, ``MonthSum``: counts by place, kept in the same transaction, provable from the rows (``proofs``).

``post`` (months paid) and ``take_back`` are the only writes; ``cover_on`` answers for one person in two clocks.
"""
