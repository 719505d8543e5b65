"""The codes of long work."""

from __future__ import annotations

from payung.codes import Code


class JobState(Code):
    """Waiting, in work, done, or given up."""

    QUEUED = "queued", "Menunggu", "Waiting", "neutral"
    RUNNING = "running", "Dikerjakan", "In work", "info"
    DONE = "done", "Selesai", "Done", "good"
    FAILED = "failed", "Gagal", "Failed", "bad"
