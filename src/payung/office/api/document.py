"""The OpenAPI 3.1 document, made from what is declared: lists, figures, acts, problems."""

from __future__ import annotations

from typing import Any

from payung import __version__
from payung.office.access.pages import Rule
from payung.office.api.acts import ACTS, Act
from payung.office.api.bounds import FILE, bounded, limited
from payung.office.api.bulks import KINDS as KINDS_OF_FILES
from payung.office.api.problems import CONTENT, KINDS
from payung.office.api.resources import LIMIT, MOST, Resource, resources
from payung.office.desk.lists import Column
from payung.office.insight.figures import FIGURES, Cut, Unit

ROOT = "/api/v1"
NULLABLE_TEXT = {"type": ["string", "null"]}
WORDS = {
    "type": "object",
    "properties": {"id": {"type": "string"}, "en": {"type": "string"}},
    "required": ["id", "en"],
    "additionalProperties": False,
}


def document() -> dict[str, Any]:
    """Return the document."""
    paths: dict[str, Any] = {}
    schemas: dict[str, Any] = {"Problem": _problem(), "Words": WORDS, "Figure": _figure()}
    for resource in resources().values():
        schemas[resource.name] = _row(resource)
        paths[resource.path] = {"get": _list(resource)}
        paths[resource.bulk_path] = {"get": _bulk(resource)}
    paths["/figures"] = {"get": _figures()}
    paths["/figures/{code}"] = {"get": _one_figure()}
    for act in ACTS:
        schemas[f"{act.name}_body"] = _body(act)
        schemas[f"{act.name}_done"] = _done(act)
        paths[act.path] = {"post": _act(act)}
    made = {
        "openapi": "3.1.0",
        "info": {
            "title": "Payung",
            "version": __version__,
            "description": "The lists, figures and acts of an office, as far as the token and its user reach.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
            "contact": {"name": "the office that runs it"},
        },
        "servers": [{"url": ROOT, "x-internal": False}],
        "security": [{"token": []}],
        "tags": [{"name": "lists"}, {"name": "figures"}, {"name": "acts"}],
        "paths": dict(sorted(paths.items())),
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": schemas,
            "responses": _problems(),
        },
    }
    return {**made, **{name: bounded(made[name]) for name in ("paths", "components")}}


def _row(resource: Resource) -> dict[str, Any]:
    properties = {"_key": {"type": "string", "description": "key of the row"}}
    properties |= {column.key: _column(column) for column in resource.page.columns}
    return _closed(properties, list(properties))


def _column(column: Column) -> dict[str, Any]:
    whole = column.kind in ("number", "money")
    unit = " (rupiah)" if column.kind == "money" else ""
    return {
        "type": ["integer", "null"] if whole else ["string", "null"],
        "description": column.label.en + unit,
    }


def _closed(properties: dict[str, Any], required: list[str]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


def _list(resource: Resource) -> dict[str, Any]:
    parameters: list[dict[str, Any]] = [
        {
            "name": "limit",
            "in": "query",
            "schema": {"type": "integer", "minimum": 1, "maximum": MOST, "default": LIMIT},
            "description": "rows of a page",
        },
        {
            "name": "cursor",
            "in": "query",
            "schema": {"type": "string", "maxLength": 400},
            "description": "`next` of the page before",
        },
        *(
            {
                "name": filter_.key,
                "in": "query",
                "schema": {"type": "string", "maxLength": 200},
                "description": filter_.label.en,
            }
            for filter_ in resource.page.filters
        ),
    ]
    if resource.keyed:
        parameters.insert(0, _path_parameter("key", {"type": "integer", "minimum": 0, "maximum": 2**31 - 1}))
    answer = _closed(
        {
            "data": {"type": "array", "items": _ref(resource.name), "maxItems": MOST},
            "next": {"type": ["string", "null"], "description": "cursor of the next page; null at the end"},
        },
        ["data", "next"],
    )
    return {
        "operationId": resource.name,
        "tags": ["lists"],
        "summary": resource.page.title.en,
        "description": f"{resource.page.help.en} {_permissions(resource.rule)}",
        "parameters": parameters,
        "responses": {"200": _json(answer, "The rows."), **_refs("401", "403", "404", "422", "429")},
    }


def _bulk(resource: Resource) -> dict[str, Any]:
    """The whole list as one file."""
    parameters = [one for one in _list(resource)["parameters"] if one["name"] not in ("limit", "cursor")]
    parameters.append(
        {
            "name": "format",
            "in": "query",
            "schema": {"type": "string", "enum": list(KINDS_OF_FILES), "default": "csv"},
            "description": "which file: both have the columns of the list, and the same values",
        }
    )
    files = {kind: {"schema": {"type": "string", "maxLength": FILE}} for kind in KINDS_OF_FILES.values()}
    answer = {**_json({}, "Every row, as a file."), "content": files}
    return {
        "operationId": f"{resource.name}_bulk",
        "tags": ["lists"],
        "summary": f"{resource.page.title.en}: all rows",
        "description": f"{_permissions(resource.rule)} Needs report.export besides.",
        "parameters": parameters,
        "responses": {"200": answer, **_refs("401", "403", "404", "422", "429")},
    }


def _permissions(rule: Rule) -> str:
    if rule.kind != "permission":
        return "Opens for every token."
    return f"Opens for: {', '.join(map(str, rule.permissions))}."


def _figure() -> dict[str, Any]:
    part = _closed(
        {"key": {"type": "string"}, "name": {"type": "string"}, "number": {"type": ["integer", "null"]}},
        ["key", "name", "number"],
    )
    parts = {
        "type": "object",
        "properties": {cut.value: {"type": "array", "items": part, "maxItems": 100_000} for cut in Cut},
        "additionalProperties": False,
    }
    properties = {
        "code": {"type": "string", "enum": list(FIGURES)},
        "name": _ref("Words"),
        "definition": _ref("Words"),
        "unit": {"type": "string", "enum": [str(unit) for unit in Unit]},
        "as_of": {"type": "string", "format": "date"},
        "counted_at": {
            "type": ["string", "null"],
            "format": "date-time",
            "description": "when it was counted, where that was not just now: an office with many people",
        },
        "number": {
            "type": ["integer", "null"],
            "description": "null: too few people to be told to whoever sees no names",
        },
        "denominator": {"type": ["string", "null"], "description": "code of the figure that it is a part of"},
        "share": {
            "type": ["integer", "null"],
            "description": "tenths of a percent of the denominator, rounded down",
        },
        "parts": parts,
    }
    return _closed(properties, [name for name in properties if name != "parts"])


_WHEN = [
    {
        "name": "hari",
        "in": "query",
        "schema": {"type": "string", "format": "date"},
        "description": "as of this day (default: today)",
    },
    {
        "name": "per",
        "in": "query",
        "schema": {"type": "string", "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])$"},
        "description": "as frozen when this month was closed",
    },
]


def _figures() -> dict[str, Any]:
    answer = _closed({"data": {"type": "array", "items": _ref("Figure"), "maxItems": 1000}}, ["data"])
    return {
        "operationId": "figures",
        "tags": ["figures"],
        "summary": "All figures",
        "description": "Every figure that the token may see, without its parts.",
        "parameters": _WHEN,
        "responses": {"200": _json(answer, "The figures."), **_refs("401", "403", "404", "422", "429")},
    }


def _one_figure() -> dict[str, Any]:
    return {
        "operationId": "figure",
        "tags": ["figures"],
        "summary": "One figure and its parts",
        "description": "Its number and its parts by every cut.",
        "parameters": [_path_parameter("code", {"type": "string", "enum": list(FIGURES)}), *_WHEN],
        "responses": {
            "200": _json(_ref("Figure"), "The figure."),
            **_refs("401", "403", "404", "422", "429"),
        },
    }


def _body(act: Act) -> dict[str, Any]:
    return _closed(
        {field.name: field.schema for field in act.fields},
        [field.name for field in act.fields if field.required],
    )


def _done(act: Act) -> dict[str, Any]:
    kinds: dict[str, Any] = {
        "array": {"type": "array", "items": {"type": "integer"}, "maxItems": 1000},
        "string": {"type": "string"},
        "integer": {"type": "integer"},
        "boolean": {"type": "boolean"},
    }
    return _closed({name: kinds[kind] for name, kind in act.answer.items()}, list(act.answer))


def _act(act: Act) -> dict[str, Any]:
    return {
        "operationId": act.name,
        "tags": ["acts"],
        "summary": act.means,
        "description": f"Opens for tokens that write, with one of: {', '.join(map(str, act.permissions))}.",
        "parameters": [
            {
                "name": "Idempotency-Key",
                "in": "header",
                "required": True,
                "schema": {"type": "string", "minLength": 1, "maxLength": 80},
                "description": "one for each thing that is to be done; sent again it is not done again",
            }
        ],
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": _ref(f"{act.name}_body")}},
        },
        "responses": {
            "201": _json(_ref(f"{act.name}_done"), "It was done (now or before)."),
            **_refs("401", "403", "404", "409", "422", "429"),
        },
    }


def _problem() -> dict[str, Any]:
    line = _closed(
        {"field": {"type": "string"}, "detail": {"type": "string"}, "detail_id": {"type": "string"}},
        ["field", "detail", "detail_id"],
    )
    properties = {
        "type": {"type": "string", "enum": [f"urn:payung:problem:{code}" for code in KINDS]},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "detail_id": {"type": "string", "description": "the same in Indonesian"},
        "instance": {"type": "string"},
        "fields": {"type": "array", "items": line, "maxItems": 100},
    }
    return _closed(properties, [name for name in properties if name != "fields"])


def _problems() -> dict[str, Any]:
    found: dict[str, Any] = {}
    for status in sorted({kind.status for kind in KINDS.values()}):
        means = " / ".join(kind.title.en for kind in KINDS.values() if kind.status == status)
        answer: dict[str, Any] = {"description": means, "content": {CONTENT: {"schema": _ref("Problem")}}}
        if status in (409, 429):
            answer["headers"] = {
                "Retry-After": {"schema": {"type": "integer"}, "description": "seconds to wait"}
            }
        found[f"P{status}"] = limited(answer)
    return found


def _refs(*statuses: str) -> dict[str, Any]:
    listed = dict.fromkeys((*statuses, "405"))
    return {status: {"$ref": f"#/components/responses/P{status}"} for status in sorted(listed)}


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def _json(schema: dict[str, Any], means: str) -> dict[str, Any]:
    return limited({"description": means, "content": {"application/json": {"schema": schema}}})


def _path_parameter(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": schema}
