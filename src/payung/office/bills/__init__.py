"""Bills and the money that answers them.

Bill: draft ──send──▶ sent ──settle──▶ partly ──▶ paid          draft, sent ──void──▶ void (its people are free again)

* drawn up from the decree's people and the law written into one statement; village, category and price frozen;
* sent: digest over its lines, names sealed beside it, money of the line billed; never edited after that: what
  changes later is a supplementary bill (``number``), or months taken back;
* ``Payment`` is money that arrived: an object with a remainder. ``Use`` draws from it (bill, refund, offset). What
  finds no bill, is too much, or was paid twice stays visible;
* files of a bank are read once (hash), each payment once (channel and reference); a bad row stops only itself.
"""
