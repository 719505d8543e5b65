"""One piece of long work: what it is, how far it is, who is at it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Job(models.Model):
    """The queue and the progress in one row, so that they can never disagree."""

    class State(models.TextChoices):
        """Waiting, in work, done, or given up."""

        QUEUED = "queued"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=60)  # "upload:7"
    arguments = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    asked_by = models.CharField(max_length=60)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    attempt = models.PositiveSmallIntegerField(default=0)
    heartbeat = models.DateTimeField(null=True)
    created = models.DateTimeField(auto_now_add=True)
    finished = models.DateTimeField(null=True)
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
