"""In which state a post is on a day."""

from __future__ import annotations

from payung.codes import Code


class PostState(Code):
    """Whether somebody holds the post, and whether that somebody is covered."""

    COVERED = "covered", "terisi, terlindungi", "filled, covered", "good"
    UNCOVERED = "uncovered", "terisi, belum terlindungi", "filled, not covered", "bad"
    ENDED = "ended", "masa jabatan berakhir", "term ended", "warn"
    VACANT = "vacant", "lowong", "vacant"
