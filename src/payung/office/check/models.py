"""How often was asked, by prints alone: no number, no name, no address is kept."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Asked(models.Model):
    """How often one keyed print (of an address, of a number, or of all) asked within an hour."""

    print = models.CharField(max_length=32)
    hour = models.BigIntegerField()  # hours since 1970
    times = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["print", "hour"], name="asked_an_hour")]
        indexes: ClassVar = [models.Index(fields=["hour"], name="asked_hour")]

    def __str__(self) -> str:
        return self.print
