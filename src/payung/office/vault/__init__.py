"""Identifiers and files at rest: sealed, and found by what equal values share."""
