"""What somebody asked to be taken out, and the sealed file of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from payung.office.jobs.models import Job


class Export(models.Model):
    """A list that is, or was, prepared for one person.

    ``address`` and ``query`` are those of the page, searched numbers sealed; ``reach`` is a print of what the rule of
    the page reached when it was asked for. ``path`` is the sealed file below the folder of uploads.
    """

    by = models.CharField(max_length=60)
    title_id = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    address = models.CharField(max_length=200)
    query = models.TextField(blank=True)
    kind = models.CharField(max_length=4)
    reason = models.CharField(max_length=300)
    language = models.CharField(max_length=2)
    reach = models.CharField(max_length=32)
    asked = models.DateTimeField(default=timezone.now)
    job = models.ForeignKey(Job, null=True, on_delete=models.SET_NULL, related_name="+")
    made = models.DateTimeField(null=True)
    lines = models.PositiveIntegerField(default=0)
    size = models.PositiveBigIntegerField(default=0)  # bytes of the open file
    name = models.CharField(max_length=120, blank=True)  # of the file, with the end of the history
    path = models.CharField(max_length=200, blank=True)
    fetched = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-asked", "-pk"]
        indexes: ClassVar = [models.Index(fields=["by", "asked"], name="export_by")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(kind__in=["xlsx", "csv"]), name="export_kind"),
            models.CheckConstraint(
                condition=models.Q(made__isnull=True, path="")
                | models.Q(made__isnull=False) & ~models.Q(path="") & ~models.Q(name=""),
                name="export_made_with_file",
            ),
            models.CheckConstraint(
                condition=models.Q(fetched__isnull=True) | models.Q(made__isnull=False),
                name="export_fetched_when_made",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.address} {self.by}"

    @property
    def failed(self) -> bool:
        """Whether it will not be made: its work failed, or its record is gone."""
        return self.made is None and (self.job is None or self.job.state == Job.State.FAILED)

    @property
    def open(self) -> bool:
        """Whether it is still being prepared."""
        return self.made is None and not self.failed
