"""Pages of reports."""

from __future__ import annotations

from payung.office.access.pages import needs, page
from payung.office.access.permissions import Permission
from payung.office.reports import pages
from payung.office.reports.exceptions import EXCEPTIONS
from payung.office.reports.lists import LISTS

READ = needs(Permission.INSIGHT_READ)
SEES = tuple(
    dict.fromkeys(one for found in EXCEPTIONS.values() for one in (*found.figure.sees, *found.figure.counts))
)

urlpatterns = [
    page("laporan/", pages.home, READ, name="report_list"),
    page("laporan/waktu/", pages.show, READ, name="report_show"),
    page("laporan/paritrana/", pages.dossier, needs(Permission.DECREE_VIEW), name="report_dossier"),
    page("laporan/pengecualian/", pages.exceptions, needs(*SEES), name="report_exceptions"),
    *(
        page(
            f"laporan/pengecualian/{code}/",
            LISTS[code].as_view(),
            needs(*one.figure.sees, *(() if one.figure.names else one.figure.counts)),
            name=f"report_{code}_rows",
        )
        for code, one in EXCEPTIONS.items()
    ),
]
