"""Places on the map: shapes read from GeoJSON or TopoJSON, drawn as paths; tiles where there are no shapes."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from payung.errors import InputError
from payung.office.insight.models import Boundary
from payung.office.regions.models import Region
from payung.regions import dotted
from payung.text import Text

CODES = (
    "code",
    "kode",
    "kode_wilayah",
    "kode_kemendagri",
    "kdepum",
    "kdcpum",
    "kdppum",
    "kode_kec",
    "kode_desa",
    "id",
)
NAMES = ("name", "nama", "wadmkd", "wadmkc", "wadmkk", "kecamatan", "desa")
MICRO = 1_000_000  # shapes are kept in millionths of a degree
WIDTH = 640  # of the drawing
TILE = (118, 52)
COLUMNS = 3

Point = tuple[int, int]
Ring = list[list[int]]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A place as it is drawn: ``path`` (or where its tile stands), and where its name goes."""

    place: str
    name: str
    path: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Map:
    """A drawing of places; ``tiles`` says that they are squares in order and not shapes."""

    width: int
    height: int
    places: tuple[Drawn, ...]
    tiles: bool


def read(text: str, name: str) -> dict[str, tuple[str, list[Ring]]]:
    """Return code → name and rings of every place in a GeoJSON or TopoJSON file.

    Raises :class:`InputError` where it is neither, or no feature has the code of a region.
    """
    try:
        given = json.loads(text)
    except ValueError:
        given = None
    kind = given.get("type") if isinstance(given, dict) else None
    if kind == "FeatureCollection":
        features = _of_geojson(given)
    elif kind == "Topology":
        features = _of_topojson(given)
    else:
        raise InputError(
            Text(
                f"{name} bukan GeoJSON atau TopoJSON: simpan sebagai GeoJSON (FeatureCollection, WGS 84).",
                f"{name} is neither GeoJSON nor TopoJSON: save it as GeoJSON (FeatureCollection, WGS 84).",
            )
        )
    found: dict[str, tuple[str, list[Ring]]] = {}
    for properties, polygons in features:
        code = _code(properties)
        if code and polygons:
            before = found.get(code, ("", []))[1]
            found[code] = (_first(properties, NAMES) or code, [*before, *polygons])
    if not found:
        listed = ", ".join(CODES[:4])
        raise InputError(
            Text(
                f"{name}: tidak ada bidang dengan kode wilayah Kemendagri (isian {listed}).",
                f"{name}: no shape has the code of a region (property {listed}).",
            )
        )
    return found


def _of_geojson(given: Mapping[str, Any]) -> Iterable[tuple[dict[str, Any], list[Ring]]]:
    for feature in given.get("features") or ():
        geometry = feature.get("geometry") or {}
        properties = {**(feature.get("properties") or {})}
        if "id" in feature:
            properties.setdefault("id", feature["id"])
        whole: Any = geometry.get("coordinates")
        many = {"Polygon": [whole], "MultiPolygon": whole}
        yield (
            properties,
            [
                [[round(x * MICRO), round(y * MICRO)] for x, y, *_ in ring]
                for polygon in many.get(geometry.get("type", "")) or ()
                for ring in polygon
            ],
        )


def _of_topojson(given: Mapping[str, Any]) -> Iterable[tuple[dict[str, Any], list[Ring]]]:
    transform = given.get("transform") or {}
    (sx, sy), (tx, ty) = transform.get("scale", (1, 1)), transform.get("translate", (0, 0))
    arcs: list[Ring] = []
    for arc in given.get("arcs") or ():
        x = y = 0
        points = []
        for dx, dy, *_ in arc:
            x, y = (x + dx, y + dy) if transform else (dx, dy)
            points.append([round((x * sx + tx) * MICRO), round((y * sy + ty) * MICRO)])
        arcs.append(points)

    def ring(numbers: Sequence[int]) -> Ring:
        points: Ring = []
        for number in numbers:
            arc = arcs[number] if number >= 0 else arcs[~number][::-1]
            points += arc[1:] if points else arc
        return points

    for layer in (given.get("objects") or {}).values():
        for one in layer.get("geometries") or ():
            polygons = {"Polygon": [one.get("arcs")], "MultiPolygon": one.get("arcs")}.get(
                one.get("type", "")
            )
            yield one.get("properties") or {}, [ring(line) for polygon in polygons or () for line in polygon]


def _code(properties: Mapping[str, Any]) -> str:
    lower = {str(key).lower(): value for key, value in properties.items()}
    for key in CODES:
        if isinstance(lower.get(key), str | int) and (code := dotted(str(lower[key]))):
            return code
    return ""


def _first(properties: Mapping[str, Any], wanted: Iterable[str]) -> str:
    lower = {str(key).lower(): value for key, value in properties.items()}
    return next((str(lower[key]) for key in wanted if isinstance(lower.get(key), str)), "")


def missing(codes: Iterable[str]) -> list[Region]:
    """Return the sub-districts of the office that have no shape, where any sub-district has one; and of ``codes``."""
    wanted = Region.objects.filter(code__in=list(codes))
    return list(wanted.exclude(code__in=Boundary.objects.values("place")))


def draw(places: Sequence[tuple[str, str]]) -> Map:
    """Return the map of ``places`` (code, name): their shapes where any is loaded, else tiles in order of the code."""
    kept = {one.place: one.rings for one in Boundary.objects.filter(place__in=[code for code, _ in places])}
    return _shapes(places, kept) if kept else _tiles(places)


def _tiles(places: Sequence[tuple[str, str]]) -> Map:
    columns = min(COLUMNS, max(1, math.isqrt(max(len(places) - 1, 0)) + 1))
    wide, high = TILE
    drawn = []
    for number, (code, name) in enumerate(places):
        left, top = number % columns * wide, number // columns * high
        path = f"M{left + 2} {top + 2}h{wide - 4}v{high - 4}h{4 - wide}z"
        drawn.append(Drawn(code, name, path, left + wide // 2, top + high // 2))
    return Map(columns * wide, -(-len(places) // columns) * high, tuple(drawn), tiles=True)


def _shapes(places: Sequence[tuple[str, str]], kept: Mapping[str, list[Ring]]) -> Map:
    points = [point for rings in kept.values() for ring in rings for point in ring]
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    flat = math.cos(math.radians((south + north) / 2 / MICRO))
    scale = WIDTH / max((east - west) * flat, (north - south), 1)
    width, height = round((east - west) * flat * scale), round((north - south) * scale)
    drawn = []
    for code, name in places:
        rings = [
            _thin([(round((x - west) * flat * scale), round((north - y) * scale)) for x, y in ring])
            for ring in kept.get(code, ())
        ]
        rings = [ring for ring in rings if len(ring) > 2]
        if not rings:
            continue
        path = "".join("M" + "L".join(f"{x} {y}" for x, y in ring) + "z" for ring in rings)
        largest = max(rings, key=lambda ring: abs(_area(ring)))
        middle = _middle(largest)
        drawn.append(Drawn(code, name, path, *middle))
    return Map(width, height, tuple(drawn), tiles=False)


def _thin(points: list[Point]) -> list[Point]:
    """Return the points of a ring without those that are where the one before is, or on the way to the next."""
    found: list[Point] = []
    for point in points:
        if found and point == found[-1]:
            continue
        if len(found) > 1 and _turn(found[-2], found[-1], point) == 0:
            found[-1] = point
            continue
        found.append(point)
    return found


def _turn(a: Point, b: Point, c: Point) -> int:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _area(ring: Sequence[Point]) -> int:
    return sum(ax * by - bx * ay for (ax, ay), (bx, by) in zip(ring, [*ring[1:], ring[0]], strict=True))


def _middle(ring: Sequence[Point]) -> Point:
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return (min(xs) + max(xs)) // 2, (min(ys) + max(ys)) // 2
