"""Changes (mutasi): who died, moved, became a wage earner, left office; with evidence and the month of effect.

Change: reported ──approve──▶ approved ──withdraw──▶ withdrawn        reported ──refuse──▶ refused

Nothing of the person or the decree is deleted: from ``stops_from`` on a person is not billed any more, in the segment
that the change is about (or in both). A withdrawn change stays readable.
"""
