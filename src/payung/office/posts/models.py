"""Posts (jabatan) and who holds them from when to when."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from payung.codes import Category
from payung.office.access.scope import Columns
from payung.office.columns import CodeField
from payung.office.people.models import Person


class Post(models.Model):
    """An office (jabatan) that a village or sub-district has, filled or vacant."""

    region_code = models.CharField(max_length=13)
    category = CodeField(Category)
    label = models.CharField(max_length=120)  # "Kaur Keuangan", "Ketua RT 003"
    number = models.PositiveSmallIntegerField(default=1)  # tells alike ones apart: BPD members 1 to 9

    scope_columns: ClassVar = Columns(region="region_code", category="category")

    class Meta:
        ordering: ClassVar = ["region_code", "category", "label", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["region_code", "category", "label", "number"], name="one_post")
        ]

    def __str__(self) -> str:
        return self.label


class Holding(models.Model):
    """Somebody holds a post from one day to another."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="holdings", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="holdings")
    decree = models.CharField(max_length=120, blank=True)  # number of the SK
    starts = models.DateField(null=True)
    ends = models.DateField(null=True)  # last day of the term
    pay = models.BigIntegerField(null=True)  # rupiah a month

    class Meta:
        ordering: ClassVar = ["post_id", "-starts", "-pk"]
        indexes: ClassVar = [models.Index(fields=["post", "ends"], name="holding_post")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(starts__isnull=True) | Q(ends__gte=F("starts")),
                name="holding_ends_after_start",
            )
        ]

    def __str__(self) -> str:
        return f"{self.post} {self.starts}–{self.ends or ''}"
