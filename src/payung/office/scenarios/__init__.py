"""Choices of whom to cover for how long, side by side, before anything is decided. Shows and changes nothing.

The people are the vulnerable workers of the register whom nobody else insures, with the months that were paid for
them; figures and law are those of ``payung scenarios`` (:mod:`payung.planning.scenarios`).
"""
