"""The clocks of JKM and of the scholarship on one day, by the strict and by the lenient reading of the law."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from payung.law import months
from payung.law.history import History
from payung.law.parameter import Law
from payung.law.rules import membership as rules
from payung.law.waits import boundary_note
from payung.text import Text


@dataclass(frozen=True, slots=True)
class Clocks:
    """What the clocks of ``history`` (of somebody who has paid) stand at on ``date``, under its ``law``.

    Strictly, an unsettled gap restarts them and a membership begins on the day of its first payment; leniently not.
    """

    law: Law
    history: History
    date: dt.date
    segment: str

    @property
    def since(self) -> dt.date:
        """The first day of the present membership, strictly."""
        assert self.history.since is not None
        return self.history.since

    def facts(self) -> tuple[str, int, int, int]:
        """Return the facts of the rules about JKM, strictly: segment, paid months, completed months and days."""
        return self._facts(self.since, len(self.history.months))

    def _facts(self, since: dt.date, paid: int) -> tuple[str, int, int, int]:
        return self.segment, paid, months.whole_months(since, self.date), (self.date - since).days

    @property
    def jkm_full(self) -> bool:
        """Whether the waiting time is over by every reading."""
        return bool(rules.jkm_is_full(self.law, *self.facts()))

    @property
    def jkm_differs(self) -> bool:
        """Whether the two readings differ on that."""
        lenient = self._facts(self.history.lenient_since or self.since, len(self.history.lenient_months))
        return self.jkm_full != bool(rules.jkm_is_full(self.law, *lenient))

    @property
    def scholarship(self) -> bool:
        """Whether the months of the scholarship are full by every reading."""
        return bool(rules.scholarship_is_open(self.law, len(self.history.months)))

    @property
    def jkm_from(self) -> dt.date:
        """The first day of full JKM, strictly and as long as each month is paid."""
        waiting = self.law.jkm_waiting_months
        if self.segment != "bpu" or waiting is None:
            return self.since
        days = dt.timedelta(days=self.law.jkm_waiting_days)
        return max(
            months.add_to_date(self.since, waiting),
            self.since + days,
            months.first_day(self._paid_month(waiting)),
        )

    @property
    def scholarship_from(self) -> str:
        """The month whose payment opens, or opened, the scholarship, strictly and as long as each month is paid."""
        return self._paid_month(self.law.scholarship_months)

    def _paid_month(self, number: int) -> str:
        paid = self.history.months
        return paid[number - 1] if number <= len(paid) else months.add(paid[-1], number - len(paid))

    def reasons(self, state: str) -> list[Text]:
        """Say what the clocks stand at and what is open about them, for somebody in ``state``."""
        if state == "nonaktif":
            return []
        said = [*self._about_jkm(), *self._about_scholarship()]
        if state == "periksa" and (self.jkm_full or self.scholarship):
            said.append(
                Text(
                    "Perlindungan pada hari itu sendiri belum jelas: karena itu JKM penuh dan beasiswa dijawab tidak "
                    "sampai diperiksa.",
                    "Whether the day is covered at all is open: therefore full JKM and scholarship are answered no "
                    "until the branch has been asked.",
                )
            )
        return said

    def _about_jkm(self) -> list[Text]:
        if self.jkm_full:
            return []
        said = [
            Text(
                f"JKM belum penuh: kepesertaan sejak {self.since}, penuh paling cepat {self.jkm_from} setelah "
                f"{self.law.jkm_waiting_months} bulan iuran. JKK berlaku sejak awal.",
                f"JKM is not full yet: member since {self.since}, full from {self.jkm_from} at the earliest, "
                f"after {self.law.jkm_waiting_months} paid months. JKK holds from the start.",
            )
        ]
        if self.jkm_differs and len(self.history.lenient_months) > len(self.history.months):
            said.append(_gap_note(self.law))
        elif self.jkm_differs:
            said.append(_first_day_note(self.since))
        elif self._at_boundary():
            said.append(boundary_note(self.law))
        return said

    def _at_boundary(self) -> bool:
        waiting: int = self.law.jkm_waiting_months
        began = months.index(months.month_of(self.since))
        calendar_months = months.index(months.month_of(self.date)) - began + 1
        enough_days: int = self.law.jkm_waiting_days
        return calendar_months >= waiting or (self.date - self.since).days >= enough_days

    def _about_scholarship(self) -> list[Text]:
        paid, needed = len(self.history.months), self.law.scholarship_months
        if self.scholarship:
            return [
                Text(
                    f"Beasiswa: {paid} bulan iuran, sudah {needed}.",
                    f"Scholarship: {paid} paid months, {needed} needed.",
                )
            ]
        said = [
            Text(
                f"Beasiswa karena JKM belum: {paid} dari {needed} bulan iuran, paling cepat dengan iuran "
                f"{self.scholarship_from}.",
                f"No scholarship out of JKM yet: {paid} of {needed} paid months, with the contribution of "
                f"{self.scholarship_from} at the earliest.",
            )
        ]
        leniently = rules.scholarship_is_open(self.law, len(self.history.lenient_months))
        return [*said, _gap_note(self.law)] if leniently else said


def _gap_note(law: Law) -> Text:
    return Text(
        f"Ada jeda tepat {law.grace_months} bulan, atau tunggakan yang dilunasi dalam bulan berikutnya: tidak jelas "
        "apakah hitungan mulai dari nol; periksa ke kantor cabang.",
        f"There is a gap of exactly {law.grace_months} months, or arrears settled in the month after it: whether the "
        "count restarts is not settled; ask the branch (periksa).",
    )


def _first_day_note(since: dt.date) -> Text:
    return Text(
        f"Iuran pertama dibayar {since}: tidak jelas apakah hitungan mulai dari tanggal 1 bulan iuran itu atau dari "
        "tanggal bayar; periksa ke kantor cabang.",
        f"The first contribution was paid on {since}: whether the count begins on the first of its month or on the day "
        "of payment is not settled; ask the branch (periksa).",
    )
