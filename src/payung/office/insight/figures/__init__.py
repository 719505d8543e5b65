"""The figures of the office. Each is declared here once; page, list, workbook, JSON and snapshot read it."""

from payung.office.insight.figures import cases, money, people
from payung.office.insight.figures.declared import Cut, Figure, Unit, categories_of, reached, seen_categories

FIGURES: dict[str, Figure] = {
    figure.code: figure for figure in (*people.FIGURES, *money.FIGURES, *cases.FIGURES)
}

__all__ = ["FIGURES", "Cut", "Figure", "Unit", "categories_of", "reached", "seen_categories"]
