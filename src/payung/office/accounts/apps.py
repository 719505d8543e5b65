"""Registers the app and what it listens to."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Users, roles and grants."""

    name = "payung.office.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Listen to logins, so that they stand in the history."""
        from payung.office.accounts import confirmation, signals
        from payung.office.jobs import retention

        signals.connect()
        retention.add("one_admin", confirmation.remember_one_admin)
