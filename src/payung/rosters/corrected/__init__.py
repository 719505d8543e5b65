"""The way back: the village's own workbook, faulty cells coloured and commented, and a sheet of what to mend."""

from payung.rosters.corrected.write import write_corrected

__all__ = ["write_corrected"]
