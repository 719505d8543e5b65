"""Where to go after an accident, and what to say there.

*Clinic* (PLKK): a hospital or clinic that the insurer pays by itself, by sub-district, from one day to another.
*Advice*: the sentences of the half page "what to say at the hospital", as the district words them; the latest counts,
before the first those of ``data/advice.yaml``. Both stand beside a case of an accident, on the letter `hospital_note`
and on the answer to a report without an account::

    list of the branch ──take──▶ clinics in force ──near(village, day)──▶ case, letter, public answer
"""
