"""`payung enrol` and `payung answer`: what goes to the insurer and what comes back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from payung.cli.acting import AS_JSON, BY, allowed, content_of, opened, show

EDIT = "decree.edit"


def register(app: typer.Typer) -> None:
    """Add the commands to ``app``."""
    app.command("enrol")(enrol)
    app.command("answer")(answer)


def enrol(
    decree: Annotated[str, typer.Argument(metavar="DECREE", help="Id atau nomor SK. / Id or number.")],
    by: BY = "",
    out: Annotated[
        Path, typer.Option("--out", metavar="DIR", help="Folder berkas. / Folder of the files.")
    ] = Path("kiriman"),
    as_json: AS_JSON = False,
) -> None:
    """Buat kiriman pendaftaran dan berkasnya. / Make the batches of a decree and their files."""
    opened(by, EDIT)

    from payung.errors import InputError
    from payung.office.exchange import actions
    from payung.office.programme.models import Decree
    from payung.office.submissions.papers import files
    from payung.text import Text

    found = list(Decree.objects.filter(number=decree)[:2])
    if not found and decree.isdecimal():
        found = list(Decree.objects.filter(pk=int(decree)))
    if len(found) != 1:
        raise InputError(
            Text(
                f"SK {decree!r} tidak ada (atau lebih dari satu).",
                f"There is no decree {decree!r} (or several).",
            )
        )
    who = allowed(by, EDIT, region_code=found[0].region_code)
    told = []
    for batch in actions.enrol(by=who, decree=found[0]):
        folder = out / str(batch.pk)
        folder.mkdir(parents=True, exist_ok=True)
        with files.opened(batch.path) as path:
            (folder / batch.file_name).write_bytes(path.read_bytes())
        told.append(
            {
                "batch": batch.pk,
                "kind": str(batch.kind),
                "region": batch.region_code,
                "people": batch.people,
                "amount": batch.amount,
                "file": str(folder / batch.file_name),
                "missing": batch.missing,
            }
        )
    lines = [f"{one['batch']}\t{one['kind']}\t{one['people']} orang\t{one['file']}" for one in told]
    show(as_json, {"decree": found[0].pk, "batches": told}, lines)


def answer(
    batch: Annotated[int, typer.Argument(metavar="BATCH", help="Nomor kiriman. / Number of the batch.")],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Jawaban BPJS. / The answer.", exists=True)],
    by: BY = "",
    as_json: AS_JSON = False,
) -> None:
    """Masukkan jawaban BPJS atas suatu kiriman. / Take in the insurer's answer to a batch."""
    opened(by, EDIT)

    from payung.errors import InputError
    from payung.office.exchange.answering import take_answer
    from payung.office.exchange.models import Batch
    from payung.office.exchange.queries import queue
    from payung.text import Text

    sent = Batch.objects.filter(pk=batch).first()
    if sent is None:
        raise InputError(Text(f"Kiriman {batch} tidak ada.", f"There is no batch {batch}."))
    who = allowed(by, EDIT, region_code=sent.region_code)
    taken = take_answer(by=who, batch=sent, name=file.name, content=content_of(file))
    sent.refresh_from_db()
    found = {
        "batch": batch,
        "state": str(sent.state),
        "again": taken.again,
        "counts": taken.counts,
        "queue": queue(sent).count(),
    }
    counted = "\t".join(f"{name} {many}" for name, many in taken.counts.items())
    show(as_json, found, [f"{batch}\t{sent.state}\t{counted}"])
