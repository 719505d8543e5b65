"""Agreements, money, the choice of people, and the decree that fixes it.

Agreement (MoU → PKS → SK, addenda) ── Line (who pays, what, where) ── LedgerEntry (entries only; never overspent)
                                          │
   Decree: draft ──freeze──▶ frozen ──sign──▶ signed ──(a follow-up is signed)──▶ replaced
              └──────drop──────┴──▶ dropped
   DecreePerson: a row of the annex; who leaves is named by the decree that takes them out (removed_by)
   Reserve: who follows, in order            Quota: people instead of rupiah, by the same ledger
"""
