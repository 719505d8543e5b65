"""One place of the district."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from payung.codes import Level
from payung.office.columns import CodeField


class Region(models.Model):
    """A district, a sub-district or a village; the code says what it lies in."""

    code = models.CharField(max_length=13, primary_key=True)  # dotted Kemendagri code, "62.03.01.2001"
    name = models.CharField(max_length=120)
    level = CodeField(Level, max_length=11, values=(Level.REGENCY, Level.SUBDISTRICT, Level.VILLAGE))

    class Meta:
        ordering: ClassVar = ["code"]
        indexes: ClassVar = [models.Index(fields=["level", "code"], name="region_level")]

    def __str__(self) -> str:
        return self.name
