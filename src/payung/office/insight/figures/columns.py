"""Columns that lists of several figures share."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from payung.codes import Category
from payung.office.desk.lists import Column, field_column
from payung.office.desk.words import say
from payung.office.insight.figures.declared import categories_of
from payung.text import Text


def place(field: str) -> Column:
    """Return the column of the place whose code stands in ``field``."""
    return Column(
        "tempat",
        Text("Wilayah", "Place"),
        lambda row: row.place_name or getattr(row, field.replace("__", "."), ""),
        (field,),
    )


def person(key: str = "pk") -> Column:
    """Return the column of a person: the name, which leads to the page of the person whose key is in ``key``."""
    return field_column(
        "nama",
        Text("Nama", "Name"),
        "name",
        link=lambda row: reverse("person_show", args=[getattr(row, key)]),
    )


def categories(row: Any) -> str:
    """Return the categories of a row that has ``bits``, in words."""
    return ", ".join(say(Category.member(code).text) for code in categories_of(row.bits))


CATEGORIES = Column("kategori", Text("Kategori", "Category"), categories, phone=False)
NIK = Column("nik", Text("NIK", "NIK"), lambda row: row.masked, phone=False)
BORN = field_column("lahir", Text("Tanggal lahir", "Birth date"), "birth_date", phone=False)
