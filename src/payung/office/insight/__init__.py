"""The figures of the office, each declared once, and what is made of them: the page of the head of the district,
workbook, JSON, snapshots of closed months, denominators, the map.

figure ─rows(scope, day)─▶ rows ─one GROUP BY─▶ cells ─sum─▶ total, and parts by any cut: parts add up by themselves
                             └────▶ the list that the number opens
closing of a month ─▶ snapshot: the cells as they were, which nothing changes
"""
