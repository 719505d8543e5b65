"""Arrears: the payment board of all villages, and the ladder that every unpaid bill climbs.

Bill past its due day ──climb (each night)──▶ rung 1 ─▶ rung 2 (camat) ─▶ rung 3 (DPMD) ─▶ rung 4 (Inspektorat)
Rung: waiting ──issue (a letter of its payer)──▶ issued        waiting ──skip, with reason──▶ skipped
      waiting ──the bill is paid or void──▶ settled ──the bill is open again──▶ waiting

* one dated rung a bill and level, never on the due day; levels and days are dated data (``data/ladder.yaml``);
* a bill climbs with the calendar whether or not anybody wrote: no level can be left out silently, a rung waits for a
  letter or a reason, and the offices above see it meanwhile;
* a letter is a :class:`~payung.office.arrears.models.Contact` of one payer: it gathers all waiting rungs of the payer
  with what is open on that day, and freezes the table. Telephone, visits and meetings are contacts too.
"""
