"""Registers the app and its menu entries."""

from django.apps import AppConfig


class FrontConfig(AppConfig):
    """First pages."""

    name = "payung.office.front"
    label = "front"

    def ready(self) -> None:
        """Put the entries of all apps in the menu, and name the codes that stand in the history."""
        from payung.office.front import entries

        entries.add_all()
        entries.name_codes()
