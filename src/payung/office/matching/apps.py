"""Registers the app and its background work."""

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    """Answers of Dukcapil, DTSEN and BPJS."""

    name = "payung.office.matching"
    label = "matching"

    def ready(self) -> None:
        """Tell the worker what this app does in the background, and put its panel on the page of a person.

        It also follows a corrected NIK.
        """
        from payung.office.jobs import queue
        from payung.office.matching import forgetting, reading, remapping, staff, views
        from payung.office.register import following, panels

        queue.register(reading.KIND, reading.work)
        queue.register(remapping.KIND, remapping.work)
        queue.register(staff.KIND, staff.work)
        panels.add("matching", views.panel)
        following.add("matching", forgetting.forget)
