"""Deaths that were reported against those to expect, by village and category.

Who is covered dies as often as anybody; where far fewer deaths are reported, families go without what is theirs. The
months that were paid, each with sex and age, give the deaths to expect by the dated table of `payung plan`
(:mod:`payung.planning.risks`); exact Poisson ranges say how far chance alone may lead. Small numbers decide nothing,
and are said to decide nothing.
"""
