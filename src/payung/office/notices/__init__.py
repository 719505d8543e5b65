"""Telling people: a notice for each step that hands over, by e-mail too where somebody wants it, and a calendar.

::

    event of the history ──▶ telling of its app (Face.tells) ──▶ one notice a person ──▶ bell
                                                                        └──▶ e-mail (work, where it was asked for)
    days of the apps (Face.days) ──▶ /kalender/<secret word>.ics

A notice names a place and a thing, never a person; numbers in a reason are left out.
"""
