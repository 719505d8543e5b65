"""The best plan for people, lines of money and months: arrays in, whole people and months out, with a certificate.

Nothing in this package knows a code of the law or a word of the screen. The solver (HiGHS) runs in a child process
with a hard limit; whatever it answers is checked, and the bound is reckoned again here in whole numbers.
"""
