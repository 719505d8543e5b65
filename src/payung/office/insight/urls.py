"""Pages of the figures."""

from __future__ import annotations

from payung.office.access.pages import needs, page
from payung.office.access.permissions import Permission
from payung.office.insight import pages
from payung.office.insight.figures import FIGURES, Figure
from payung.office.insight.lists import LISTS

READ = needs(Permission.INSIGHT_READ)


def _opens(figure: Figure) -> tuple[Permission, ...]:
    """Return whoever may open the rows: those who only count too, where no row names anybody."""
    return figure.sees if figure.names else (*figure.sees, *figure.counts)


urlpatterns = [
    page("ringkasan/", pages.summary, READ, name="insight_summary"),
    page("ringkasan/penyebut/", pages.denominators, READ, name="insight_denominators"),
    page("ringkasan/sebaran/", pages.spread, READ, name="insight_distributions"),
    page("ringkasan/perkiraan/", pages.forecast, READ, name="insight_forecast"),
    page("ringkasan/ucj/", pages.targets, READ, name="insight_targets"),
    page("ringkasan/unduh/", pages.download, READ, name="insight_download"),
    *(
        page(
            f"ringkasan/{code}/",
            pages.figure,
            needs(*figure.sees, *figure.counts),
            name=f"insight_{code}",
            code=code,
        )
        for code, figure in FIGURES.items()
    ),
    *(
        page(
            f"ringkasan/{code}/baris/",
            LISTS[code].as_view(),
            needs(*_opens(figure)),
            name=f"insight_{code}_rows",
        )
        for code, figure in FIGURES.items()
    ),
]
