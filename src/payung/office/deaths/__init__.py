"""Lists of deaths, from the civil registry or a village: who of the register died, and what follows.

File ──take──▶ rows ──NIK, else payung.linkage──▶ person of the register: nik, linked, doubt, unknown, faulty
doubt ──decide (same or not, with a reason)──▶ linked, unknown

What follows of each death is looked up, never stored: months paid for after it (refund), cover that still goes on
(stop: a change of kind meninggal), a claim that nobody opened. Stopping is reported as a change and approved by
somebody else, as every change is. The same file again changes nothing.
"""
