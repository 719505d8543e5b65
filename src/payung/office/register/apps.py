"""Registers the app."""

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    """People and offices."""

    name = "payung.office.register"
    label = "register"
