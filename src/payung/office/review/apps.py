"""Registers the app and its background work."""

from django.apps import AppConfig


class ReviewConfig(AppConfig):
    """Pairs of people who may be one."""

    name = "payung.office.review"
    label = "review"

    def ready(self) -> None:
        """Have every submission that landed compared with the register, and show pairs on the page of a person."""
        from payung.office.intake import landing
        from payung.office.jobs import queue
        from payung.office.register import panels
        from payung.office.review import finding, views

        queue.register(finding.KIND, finding.work)
        landing.AFTERWARDS.append(finding.KIND)
        panels.add("review", views.panel)
