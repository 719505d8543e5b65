"""What leaves the house about a time, and what an auditor asks: nothing is counted here that is no declared figure.

closed month ─snapshot─▶ report of a month, quarter or year (page, .xlsx, letter); the difference to the one before
exceptions: figures of what should not be ─▶ number, list, .xlsx with a sample that anybody can draw again, papers
dossier (Paritrana), certificate of a line of money: letters made of the same figures
"""
