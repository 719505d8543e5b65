"""Two tables: clinics that the insurer pays by itself, and what the district says about going there."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from payung.office.clinics.states import ClinicKind
from payung.office.columns import CodeField


class Clinic(models.Model):
    """A partner clinic (PLKK) of the insurer. It holds no facts about people."""

    subdistrict_code = models.CharField(max_length=8)
    name = models.CharField(max_length=150)
    name_key = models.CharField(max_length=150)
    kind = CodeField(ClinicKind)
    address = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    day_and_night = models.BooleanField(default=False)  # an emergency room that never closes
    starts = models.DateField(null=True)  # of its agreement with the insurer
    ends = models.DateField(null=True)  # last day of it
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["subdistrict_code", "name_key"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["subdistrict_code", "name_key"], name="one_clinic"),
            models.CheckConstraint(condition=~Q(name_key=""), name="clinic_has_a_name"),
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(starts__isnull=True) | Q(ends__gte=F("starts")),
                name="clinic_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def subject(self) -> str:
        """How the history calls it."""
        return f"clinic:{self.pk}"


class Advice(models.Model):
    """The sentences of the half page for the hospital, one a line. Only ever added; the latest counts."""

    region_code = models.CharField(max_length=5)
    lines = models.TextField()
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(lines=""), name="advice_says_something")]

    def __str__(self) -> str:
        return self.region_code
