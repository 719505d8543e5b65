"""The list of samples."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse

from payung.office.access.requests import scope_of
from payung.office.desk.lists import Column, ListPage, field_column
from payung.office.patterns import queries
from payung.office.patterns.models import Sample
from payung.text import Text


class Samples(ListPage[Sample]):
    """The samples that were drawn."""

    title = Text("Sampel klaim", "Samples of cases")
    help = Text(
        "Klaim yang disetujui, diambil acak dengan benih yang dicatat, untuk diperiksa ulang.",
        "Approved cases, drawn at random by a seed that is kept, to look at again.",
    )
    empty_title = Text("Belum ada sampel", "No sample yet")
    empty_advice = Text("Ambil sampel dari halaman pola klaim.", "Draw one on the page of patterns.")
    empty_action = ("sample_draw", Text("Ambil sampel", "Draw a sample"))
    template = "patterns/samples.html"
    order = "-diambil"
    columns = (
        field_column(
            "benih", Text("Benih", "Seed"), "seed", link=lambda s: reverse("sample_show", args=[s.pk])
        ),
        field_column("dari", Text("Dari", "From"), "since", phone=False),
        field_column("sampai", Text("Sampai", "Until"), "until", phone=False),
        field_column("klaim", Text("Klaim", "Cases"), "size", kind="number"),
        Column("dilihat", Text("Sudah dilihat", "Looked at"), lambda s: s.looked, kind="number"),
        field_column("diambil", Text("Diambil", "Drawn"), "at", phone=False),
    )

    def rows(self, request: HttpRequest) -> QuerySet[Sample]:
        """Return the samples within the scope."""
        looked = Count("drawn", filter=Q(drawn__looked_at__isnull=False))
        return queries.samples(scope_of(request)).annotate(looked=looked)
