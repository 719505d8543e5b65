"""What goes to the insurer and what comes back, as objects: nothing is sent or answered that is not kept.

decree ──enrol──▶ Batch (made ▶ sent ▶ answered), one a layout and employer, its control totals declared first
                   └ BatchLine: waiting ──answer──▶ accepted | rejected ──send again──▶ resent
Answer (a file, once) ── AnswerRow: matched to a line, or in the queue until somebody settles it
"""
