"""Addresses of the API and the page of tokens."""

from __future__ import annotations

from payung.office.access.pages import PUBLIC, TOKEN, needs, page
from payung.office.access.permissions import Permission
from payung.office.api import pages
from payung.office.api.acts import ACTS

urlpatterns = [
    page("token/", pages.own, needs(Permission.API_USE, Permission.API_MANAGE), name="api_tokens"),
    page("token/kait/", pages.told, needs(Permission.API_MANAGE), name="api_hooks"),
    page("api/v1/openapi.json", pages.openapi, PUBLIC, name="api_document"),
    page("api/v1/figures", pages.figures, TOKEN, name="api_figures"),
    page("api/v1/figures/<str:code>", pages.figure, TOKEN, name="api_figure"),
    page("api/v1/lists/<str:name>", pages.lists, TOKEN, name="api_list"),
    page("api/v1/lists/<str:name>/<int:key>", pages.lists, TOKEN, name="api_list_of"),
    page("api/v1/bulk/<str:name>", pages.bulk, TOKEN, name="api_bulk"),
    page("api/v1/bulk/<str:name>/<int:key>", pages.bulk, TOKEN, name="api_bulk_of"),
    *(page(pages.address_of(act), pages.acts, TOKEN, name=f"api_{act.name}", name_=act.name) for act in ACTS),
    page("api/v1/<path:rest>", pages.nothing, TOKEN, name="api_nothing"),
]
