"""Registers the app: long exports come here, and old ones are removed."""

from django.apps import AppConfig


class ExportsConfig(AppConfig):
    """Long lists that are taken out."""

    name = "payung.office.exports"
    label = "exports"

    def ready(self) -> None:
        """Take the exports of lists that are too long to wait for."""
        from payung.office.desk.lists import long_exports
        from payung.office.exports import actions, pages
        from payung.office.jobs import retention

        long_exports(pages.ask)
        retention.add("exports", actions.clear)
