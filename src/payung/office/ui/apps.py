"""Registers the app."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Looks."""

    name = "payung.office.ui"
    label = "ui"
