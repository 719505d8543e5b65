"""Registers the app and what it listens to."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Users, roles and grants."""

    name = "payung.office.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Listen to logins, so that they stand in the history."""
        from payung.office.accounts import confirming, signals
        from payung.office.jobs import clearing

        signals.connect()
        clearing.add("one_admin", confirming.remember_one_admin)
