"""Long lists that are taken out: prepared in the background, kept sealed for some days, fetched by who asked.

An export: asked → in work → ready → fetched, and gone after PAYUNG_KEEP_EXPORTS days. What it holds is what the
person reaches while it is prepared; it is handed out only while they still reach exactly that.
"""
