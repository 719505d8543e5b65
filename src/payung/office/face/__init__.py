"""What an app says of itself, once: its ``face.py`` holds ``FACE = Face(...)``.

Menu, first page, history, the page of a person, the worker, `payung check`, the demonstration and the tests of
pages read faces and know no app by name. An app is its folder, one line in the settings, and its tests.
"""

from payung.office.face.declared import (
    Beginning,
    Covering,
    Dated,
    Deed,
    Entry,
    Face,
    Figure,
    Finding,
    Follower,
    Panel,
    Rows,
    Stage,
    Task,
    Telling,
    Way,
)
from payung.office.face.read import (
    asks,
    deed_of,
    deeds,
    faces,
    follow,
    gathered_deeds,
    menu_for,
    names_of,
    telling_of,
    work_of,
)

__all__ = [
    "Beginning",
    "Covering",
    "Dated",
    "Deed",
    "Entry",
    "Face",
    "Figure",
    "Finding",
    "Follower",
    "Panel",
    "Rows",
    "Stage",
    "Task",
    "Telling",
    "Way",
    "asks",
    "deed_of",
    "deeds",
    "faces",
    "follow",
    "gathered_deeds",
    "menu_for",
    "names_of",
    "telling_of",
    "work_of",
]
