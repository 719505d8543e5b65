"""Registers the app."""

from django.apps import AppConfig


class RegionsConfig(AppConfig):
    """The regions."""

    name = "payung.office.regions"
    label = "regions"
