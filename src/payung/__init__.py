"""Payung keeps the people of a village system insured."""

__version__ = "0.1.0"
