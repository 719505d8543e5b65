"""What looks odd in claims: for the inspectorate alone, never for the village or whoever decides on cases.

*Pattern*: cases that have something in common or came very early; a reason to look, not a finding. *Sample*: cases
that were approved, drawn by a seed that is kept, so that anybody can draw the same again; each is looked at once more::

    approved cases of a period ──draw(seed)──▶ sample ──look──▶ sound | doubt | fault
"""
