"""Scholarships of the children of members who died or are disabled: claimed anew each year, for up to 19 years.

*Child*: of a case that was approved. *Year*: one year that was claimed, with the letter of the school; paid once. A
child stops at the age of the law, with marriage, work, or the last year of its levels.
"""
