"""Registers the app and its background work."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """Submissions."""

    name = "payung.office.intake"
    label = "intake"

    def ready(self) -> None:
        """Tell the worker what this app does in the background."""
        from payung.office.intake import landing, reading
        from payung.office.jobs import queue

        queue.register(reading.KIND, reading.work)
        queue.register(landing.KIND, landing.work)
