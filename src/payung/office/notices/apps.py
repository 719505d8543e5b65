"""Registers the app and what it listens to."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Notices of what was handed over."""

    name = "payung.office.notices"
    label = "notices"

    def ready(self) -> None:
        """Hear every event of the history."""
        from payung.office.history import actions as history
        from payung.office.notices.actions import hear

        if hear not in history.listeners:
            history.listeners.append(hear)
