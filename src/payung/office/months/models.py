"""Tables of the register of months. What Django cannot write stands in :mod:`payung.office.months.ddl`."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from payung.codes import Category
from payung.office.columns import CodeField
from payung.office.months.states import Verdict, verdict


class Place(models.Model):
    """A village and a category, as one small number in every row."""

    village_code = models.CharField(max_length=13)
    category = CodeField(Category)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["village_code", "category"], name="months_place_once")
        ]

    def __str__(self) -> str:
        return f"{self.village_code} {self.category}"


class Past(models.Model):
    """The paid months that some people share, and what the law says of them on the kept day (:class:`Day`)."""

    segment = models.SmallIntegerField()  # 1 bpu, 2 pu
    text = models.TextField(blank=True)  # see payung.office.months.pasts
    digest = models.CharField(max_length=32, unique=True)
    verdict = models.SmallIntegerField()  # payung.office.months.states.Verdict.number

    def __str__(self) -> str:
        return f"{self.segment} {self.text}"

    @property
    def said(self) -> Verdict:
        """The verdict in words."""
        return verdict(self.verdict)


class Day(models.Model):
    """The day that kept verdicts are for; one row."""

    on = models.DateField()

    def __str__(self) -> str:
        return f"{self.on}"


class Posting(models.Model):
    """A payment, or a correction, that rows came from. Its key is the number of its event in the history."""

    id = models.BigIntegerField(primary_key=True)
    kind = CodeField(values=("pay", "back"))
    bill = models.IntegerField()  # 0: none
    payment = models.IntegerField()
    line = models.IntegerField()
    paid_on = models.DateField()
    people = models.IntegerField()  # rows
    amount = models.BigIntegerField()  # rupiah; negative where taken back
    digest = models.CharField(max_length=64)  # SHA-256 over its rows in order of their key
    reason = models.TextField()

    class Meta:
        managed = False
        db_table = "months_posting"

    def __str__(self) -> str:
        return f"{self.id} {self.kind}"


class Month(models.Model):
    """One paid month of a person, or its taking back."""

    pk = models.CompositePrimaryKey("month", "segment", "person", "seq")
    month = models.SmallIntegerField()  # year x 12 + month - 1
    segment = models.SmallIntegerField()
    person = models.IntegerField()
    seq = models.SmallIntegerField()  # odd: paid; even: taken back
    posting = models.IntegerField()
    line = models.IntegerField()  # of the programme: who pays
    jkk = models.IntegerField()
    jkm = models.IntegerField()

    class Meta:
        managed = False
        db_table = "months_month"

    def __str__(self) -> str:
        return f"{self.month} {self.segment} {self.person} {self.seq}"


class Roll(models.Model):
    """Whom a posting was for in one month and segment, and where, packed (payung.office.months.rolls)."""

    pk = models.CompositePrimaryKey("posting", "month", "segment")
    posting = models.IntegerField()
    people = models.IntegerField()
    month = models.SmallIntegerField()
    segment = models.SmallIntegerField()
    packed = models.BinaryField()

    class Meta:
        managed = False
        db_table = "months_roll"

    def __str__(self) -> str:
        return f"{self.posting} {self.month} {self.segment}"


class Cover(models.Model):
    """Which past a person has in a segment, and where they were billed last."""

    pk = models.CompositePrimaryKey("segment", "person")
    segment = models.SmallIntegerField()
    person = models.IntegerField()
    place = models.IntegerField()
    past = models.IntegerField()

    class Meta:
        managed = False
        db_table = "months_cover"

    def __str__(self) -> str:
        return f"{self.segment} {self.person}"


class StateSum(models.Model):
    """How many people of a place have which verdict on the kept day."""

    pk = models.CompositePrimaryKey("place", "segment", "verdict")
    place = models.IntegerField()
    segment = models.SmallIntegerField()
    verdict = models.SmallIntegerField()
    people = models.IntegerField()

    class Meta:
        managed = False
        db_table = "months_statesum"

    def __str__(self) -> str:
        return f"{self.place} {self.verdict}: {self.people}"


class MonthSum(models.Model):
    """People and money of a month by line, place and segment."""

    pk = models.CompositePrimaryKey("month", "line", "place", "segment")
    month = models.SmallIntegerField()
    line = models.IntegerField()
    place = models.IntegerField()
    segment = models.SmallIntegerField()
    people = models.IntegerField()
    jkk = models.BigIntegerField()
    jkm = models.BigIntegerField()

    class Meta:
        managed = False
        db_table = "months_monthsum"

    def __str__(self) -> str:
        return f"{self.month} {self.line}: {self.people}"
