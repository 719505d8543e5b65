"""Registers the app."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Jobs."""

    name = "payung.office.jobs"
    label = "jobs"
