"""`payung regions`: load the list of regions, look a place up."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add the command group to ``app``."""
    group = typer.Typer(no_args_is_help=True, help="Kode dan nama wilayah. / Codes and names of regions.")
    group.command("build")(build)
    group.command("find")(find)
    group.command("boundaries")(boundaries)
    app.add_typer(group, name="regions")


def build(
    package: Annotated[Path, typer.Option(help="Folder paket npm. / Folder of the npm package.")] = Path(
        "node_modules/idn-area-data"
    ),
    output: Annotated[Path | None, typer.Option(help="Berkas tujuan. / File to write.")] = None,
) -> None:
    """Muat daftar wilayah dari paket npm. / Load the list of regions from the npm package."""
    from payung.regions.build import build as load
    from payung.regions.gazetteer import COMPACT_FILE

    done = load(package, output or COMPACT_FILE)
    many = done.counts
    sys.stdout.write(
        f"{done.source}: {many['province']} provinsi, {many['regency']} kabupaten/kota, "
        f"{many['subdistrict']} kecamatan, {many['village']} desa/kelurahan -> {done.path}\n"
    )


def find(
    name: Annotated[str, typer.Argument(help="Nama atau kode. / Name or code.")],
    within: Annotated[
        str | None, typer.Option(help="Kode wilayah, mis. 62.03. / Code of the area, e.g. 62.03.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Satu objek JSON. / One JSON object.")] = False,
) -> None:
    """Cari wilayah menurut nama atau kode. / Find regions by name or code."""
    from payung.errors import InputError
    from payung.regions import Gazetteer, dotted
    from payung.text import Text

    gazetteer = Gazetteer.load()
    if within is not None and gazetteer.find(within) is None:
        raise InputError(
            Text(
                f"--within {within}: kode wilayah ini tidak ada. Contoh: 62 atau 62.03.",
                f"--within {within}: there is no region with this code. For example: 62 or 62.03.",
            )
        )
    by_code = gazetteer.find(name)
    found = [by_code] if by_code else []
    if dotted(name) is None:
        for level in ("regency", "subdistrict", "village"):
            found += gazetteer.named(name, level, within=within)
    if as_json:
        rows = [
            {"code": one.code, "name": one.name, "level": one.level, "kind": one.kind}
            | {"path": [above.name for above in gazetteer.path(one.code)]}
            for one in found
        ]
        sys.stdout.write(json.dumps({"regions": rows}, ensure_ascii=False) + "\n")
        return
    if not found:
        where = f" di {within}" if within else ""
        raise InputError(
            Text(
                f"Tidak ada wilayah bernama atau berkode {name!r}{where}.",
                f"There is no region with the name or code {name!r}" + (f" in {within}." if within else "."),
            )
        )
    for one in found:
        above = ", ".join(place.name for place in reversed(gazetteer.path(one.code)[:-1]))
        sys.stdout.write(
            f"{one.code:<14}{one.kind or one.level:<12}{one.name}" + (f" ({above})\n" if above else "\n")
        )


def boundaries(
    file: Annotated[Path, typer.Argument(help="GeoJSON atau TopoJSON. / GeoJSON or TopoJSON.")],
    by: Annotated[
        str, typer.Option("--by", metavar="USER", help="Nama pengguna kantor. / User name of the office.")
    ],
) -> None:
    """Muat batas wilayah untuk peta kantor. / Load the boundaries of places for the map of the office."""
    from payung.cli.actor import opened

    user = opened(by, "insight.edit")

    from payung.errors import MissingDataError
    from payung.office.insight import actions, maps
    from payung.office.regions.queries import subdistricts, villages
    from payung.text import Text

    try:
        text = file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise MissingDataError(
            Text(f"{file} tidak dapat dibaca sebagai teks UTF-8.", f"{file} cannot be read as UTF-8 text.")
        ) from None
    shapes = maps.read(text, file.name)
    many = actions.load_boundaries(by=user, shapes=shapes, source=file.name)
    said = Text(
        f"{many} dari {len(shapes)} bidang dimuat; kode lainnya bukan wilayah kantor ini.",
        f"{many} of {len(shapes)} shapes loaded; the other codes are no places of this office.",
    )
    sys.stdout.write(said.read() + "\n")
    for level, places in (("kecamatan", subdistricts()), ("desa", villages())):
        without = maps.missing([place.code for place in places])
        if without and len(without) < len(places):
            names = ", ".join(f"{place.code} {place.name}" for place in without[:20])
            more = Text(
                f"Tidak ada di peta ({level}, {len(without)}): {names}",
                f"Not on the map ({level}, {len(without)}): {names}",
            )
            sys.stdout.write(more.read() + "\n")
