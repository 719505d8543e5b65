"""Provinces, districts, sub-districts and villages by their Kemendagri code, and names matched to codes."""
