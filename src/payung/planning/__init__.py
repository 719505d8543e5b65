"""Whom to cover with the money there is."""
