"""The web office: one app a noun, each says of itself in its ``face.py`` what the others need (docs/office.md)."""
