"""One piece of long work: what it is, how far it is, who is at it; and what the office knows about itself."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from payung.office.columns import CodeField
from payung.office.jobs.states import JobState


class Job(models.Model):
    """The queue and the progress in one row, so that they can never disagree."""

    State: ClassVar = JobState

    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=60)  # "upload:7"
    arguments = models.JSONField(default=dict)
    state = CodeField(JobState, max_length=10, default="queued")
    asked_by = models.CharField(max_length=60)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    attempt = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(
        null=True
    )  # it rests until then after an attempt that found no database
    heartbeat = models.DateTimeField(null=True)
    created = models.DateTimeField(auto_now_add=True)
    finished = models.DateTimeField(null=True)
    broken = models.BooleanField(default=False)  # failed by a fault of the office, not of what was sent
    fault_id = models.TextField(blank=True)  # why it was given up, in Indonesian and
    fault_en = models.TextField(blank=True)  # in English

    class Meta:
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [models.Index(fields=["state", "id"], name="job_queue")]
        constraints: ClassVar = [
            # The same work is never twice in the queue.
            models.UniqueConstraint(
                fields=["kind", "subject"],
                condition=models.Q(state__in=["queued", "running"]),
                name="one_open_job",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject} {self.state}"

    @property
    def open(self) -> bool:
        """Whether it still waits or runs."""
        return self.state in {self.State.QUEUED, self.State.RUNNING}


class Beat(models.Model):
    """The sign of life of one background worker."""

    worker = models.CharField(max_length=120, primary_key=True)  # "<machine>-<process>"
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.worker} {self.at}"


class Installation(models.Model):
    """What this office knows about itself; one row.

    ``secret`` is a print of the secret that it was set up with (not the secret itself), ``mark`` is written into its
    folder of uploads too, so that a machine with another folder is noticed.
    """

    secret = models.CharField(max_length=64)
    mark = models.CharField(max_length=32)
    since = models.DateTimeField(auto_now_add=True)
    version = models.CharField(max_length=20, blank=True)  # of the program that opened it last
    cleared = models.DateTimeField(null=True)  # when old records were removed last
    backed_up = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(pk=1), name="one_installation")]

    def __str__(self) -> str:
        return f"{self.mark} {self.version}"
