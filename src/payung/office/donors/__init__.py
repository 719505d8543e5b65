"""Donors, what they pledged, and what became of it.

Donor ── DonorAccount (the users who look for it; a user looks for one donor)
  └── Pledge (number, rupiah, months, for whom) ── PledgeLine ── Line (programme): never placed more than pledged

open ──withdraw (while no line was made of it)──▶ withdrawn. More money is a further pledge with its own number.
"""
