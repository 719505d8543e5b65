"""Registers the app."""

from django.apps import AppConfig


class HistoryConfig(AppConfig):
    """The event log."""

    name = "payung.office.history"
    label = "history"
